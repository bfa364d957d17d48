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
    const followed = (how, address) => { history.replaceState(how, "", address); };
    /* With that the browser forgets what a page was posted with: "back" asks for its address. So
       that is the form's, where it puts back what was typed there; on pages that follow the form,
       her words are a step further back. */
    document.addEventListener("submit", ({ submitter }) => {
      const form = one("[name=token]")?.value && /.*\/write\/[^/]+\//.exec(location.pathname)?.[0];
      followed(form && submitter?.value !== "send" ? "posted" : "followed", form || undefined);
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link || link.target || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
      followed(link.origin === location.origin ? "followed" : null);
    });
    const left = () => history.state && window.navigation && !navigation.canGoForward;
    const returned = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    const again = returned && left();
    if (again) leave();
    addEventListener("pageshow", (event) => {
      /* By now the browser may have put back what was typed. */
      if (again || (event.persisted && left())) leave();
      else if (event.persisted) document.documentElement.classList.remove("gone");
      else if (returned && history.state === "posted" && one("textarea[name=words]")?.value === "") history.back();
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

  /* The camera fills the same field. What works on a picture is fetched when there is one. */
  all("[data-tools]").forEach((tools) => {
    const field = document.getElementById(tools.dataset.field);
    const camera = tools.querySelector("[capture]");
    const offer = tools.querySelector("[data-camera]");
    const open = () => { import(tools.dataset.tools).then((script) => script.open(tools, field), () => {}); };
    field.addEventListener("change", open);
    offer.hidden = !matchMedia("(any-pointer: coarse)").matches;
    offer.firstElementChild.addEventListener("click", () => camera.click());
    camera.addEventListener("change", () => { if (camera.files[0]) { field.files = camera.files; open(); } });
  });

  /* A sum against machines, done beside the page while she reads it. */
  const work = one("[data-work]");
  if (work && window.Worker) {
    const worker = new Worker(work.dataset.work);
    worker.onmessage = ({ data }) => { work.value = data; };
    worker.postMessage([work.form.elements.token.value, Number(work.dataset.bits)]);
  }

  all("[data-copy]").forEach((button) => {
    const source = document.getElementById(button.dataset.copy);
    if (!source || !navigator.clipboard) return;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(source.value ?? source.textContent.trim())
        .then(() => { button.textContent = button.dataset.copied; }, () => { button.hidden = true; });
    });
  });

  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
})();
