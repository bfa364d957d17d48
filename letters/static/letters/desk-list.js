// The desk's list: choose all on a page, and hear how many are chosen on all pages together.
function start() {
  for (const form of document.querySelectorAll("[data-desk-list]")) {
    const boxes = [...form.querySelectorAll("input[name=letter]")];
    const said = form.querySelector("[data-desk-chosen]");
    const others = form.querySelector("[data-desk-elsewhere]");
    const most = Number(form.dataset.deskMost);
    const tell = () => {
      const here = boxes.filter((box) => box.checked).map((box) => box.value);
      const count = here.length + (others ? Number(others.dataset.deskElsewhere) : 0);
      said.querySelector("[data-desk-count]").textContent = count;
      said.querySelector("span").hidden = !count;
      said.querySelector("[data-desk-too-many]").hidden = count <= most;
      // Whoever asks for other letters meanwhile keeps what she has ticked.
      for (const field of document.querySelectorAll("[data-desk-ticked]")) {
        field.value = [...(others ? [others.value] : []), ...here].join("-");
        field.disabled = !count;
      }
    };
    const all = form.querySelector("[data-desk-all]");
    all.hidden = false;
    all.addEventListener("click", () => {
      const areChosen = boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = !areChosen;
      tell();
    });
    form.addEventListener("change", tell);
    window.addEventListener("pageshow", tell); // the browser may remember what was chosen
    tell();
  }
}

if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", start);
} else {
  start();
}
