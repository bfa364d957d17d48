/* Every page works without this file. Each part looks for its own data- attributes. */
(() => {
  "use strict";
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => document.querySelectorAll(selector);
  all("[data-scripted]").forEach((element) => { element.hidden = false; });

  /* Leave: hide at once, empty the fields, and replace this entry of the history. */
  const exit = one("[data-exit]");
  if (exit) {
    const status = one("[data-exit-status]");
    let presses = 0;
    let combined = false;
    let timer;
    const say = (words) => { status.textContent = words || ""; };
    const leave = () => {
      document.documentElement.classList.add("gone");
      document.title = "";
      say(exit.dataset.leaving);
      all("form").forEach((form) => form.reset());
      all("textarea, input").forEach((field) => { field.value = ""; });
      location.replace(exit.href);
    };
    exit.addEventListener("click", (event) => { event.preventDefault(); leave(); });
    document.addEventListener("keyup", (event) => {
      if (event.key !== "Shift") return;
      clearTimeout(timer);
      presses = combined ? 0 : presses + 1;
      if (!presses) return;
      if (presses === 3) { leave(); return; }
      say(presses === 1 ? exit.dataset.two : exit.dataset.one);
      timer = setTimeout(() => { presses = 0; say(exit.dataset.off); }, 5000);
    });
    /* A letter in capitals is Shift together with another key: that is not a press. */
    document.addEventListener("keydown", (event) => { combined = event.key !== "Shift"; if (combined) presses = 0; });
    /* "Back" must not end on the pages before the one that was left. An entry of the history
       remembers that a page of ours followed it; if none follows any more, it was left. */
    const followed = (ours) => { history.replaceState(ours ? "followed" : null, ""); };
    document.addEventListener("submit", () => followed(true));
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link || link.target || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
      followed(link.origin === location.origin);
    });
    const left = () => history.state === "followed" && window.navigation && !navigation.canGoForward;
    const again = performance.getEntriesByType("navigation")[0]?.type === "back_forward" && left();
    if (again) leave();
    addEventListener("pageshow", (event) => {
      /* By now the browser may have put back what was typed. */
      if (again || (event.persisted && left())) leave();
      else if (event.persisted) document.documentElement.classList.remove("gone");
    });
  }

  /* After an error, begin where the errors are listed. */
  one("[data-focus]")?.focus();

  /* Count characters, and say so only when three quarters of the room are used. */
  all("[data-count]").forEach((counter) => {
    const field = document.getElementById(counter.dataset.count);
    if (!field) return;
    const limit = Number(counter.dataset.limit);
    const numbers = new Intl.NumberFormat(document.documentElement.lang);
    const count = () => {
      const length = [...field.value].length;
      counter.hidden = length < limit * 0.75;
      counter.textContent = counter.dataset.words.replace("{n}", numbers.format(length)).replace("{limit}", numbers.format(limit));
    };
    field.addEventListener("input", count);
    count();
  });

  /* Show the chosen picture: drawn on a canvas, so that nothing is loaded or kept. */
  all("canvas[data-preview]").forEach((canvas) => {
    const field = document.getElementById(canvas.dataset.preview);
    field?.addEventListener("change", async () => {
      canvas.hidden = true;
      if (!field.files[0]) return;
      try {
        const picture = await createImageBitmap(field.files[0]);
        const scale = Math.min(1, 640 / picture.width);
        canvas.width = picture.width * scale;
        canvas.height = picture.height * scale;
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        canvas.hidden = false;
      } catch { /* a file that the browser can't show is judged by the server */ }
    });
  });

  all("[data-copy]").forEach((button) => {
    const source = document.getElementById(button.dataset.copy);
    if (!source || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
      button.textContent = button.dataset.copied;
    });
  });

  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
})();
