// The desk's list: choose all on a page, and hear how many are chosen.
function start() {
  for (const form of document.querySelectorAll("[data-desk-list]")) {
    const boxes = [...form.querySelectorAll("input[name=letter]")];
    const said = form.querySelector("[data-desk-chosen] > span");
    const tell = () => {
      const count = boxes.filter((box) => box.checked).length;
      said.querySelector("[data-desk-count]").textContent = count;
      said.hidden = !count;
    };
    const all = form.querySelector("[data-desk-all]");
    all.hidden = false;
    all.addEventListener("click", () => {
      const areChosen = boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = !areChosen;
      tell();
    });
    form.addEventListener("change", tell);
    tell(); // the browser may remember what was chosen
  }
}

if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", start);
} else {
  start();
}
