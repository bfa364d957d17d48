// Letters decided together: the numbers of what would happen follow what is ticked.
function start() {
  for (const form of document.querySelectorAll("[data-desk-together]")) {
    const boxes = [...form.querySelectorAll("input[name=letter]")];
    const tell = () => {
      const ticked = boxes.filter((box) => box.checked);
      for (const sum of form.querySelectorAll("[data-desk-sum]")) {
        const name = sum.dataset.deskSum;
        sum.textContent = ticked.filter((box) =>
          name === "marked" ? "deskMarked" in box.dataset : box.dataset.deskSums === name,
        ).length;
      }
    };
    form.addEventListener("change", tell);
    window.addEventListener("pageshow", tell); // the browser may remember what was ticked
  }
}

if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", start);
} else {
  start();
}
