// The desk by keyboard, and the next letter without a page load. Everything here is on the page
// as links, buttons and forms, and works without.
(() => {
  "use strict";

  const page = () => document.querySelector("[data-desk]");
  const live = document.querySelector("[data-desk-live]");
  let busy = false;

  // ------------------------------------------------------------------ another letter

  const show = (html, address) => {
    const { letter: before, title } = page().dataset;
    const looked = page().querySelector("[data-look]")?.dataset.state;
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-desk]");
    if (!fresh) return false;
    const root = document.importNode(fresh, true);
    page().replaceWith(root);
    if (address) history.replaceState(null, "", address);
    if (title && root.dataset.title) document.title = document.title.replace(title, root.dataset.title);
    document.documentElement.scrollTop = 0;
    const said = [...root.querySelectorAll("[data-desk-said]")].map((line) => line.textContent);
    if (live) live.textContent = said.join(" ").replace(/\s+/g, " ").trim();
    // A fault first, else where the letter begins.
    (root.querySelector("[aria-invalid=true]") || root.querySelector("[data-desk-begin]"))?.focus();
    document.dispatchEvent(new CustomEvent("desk:letter", { detail: root }));
    // What she had chosen to see of the same letter stays to be seen.
    if (looked && before === root.dataset.letter) {
      root.querySelector(`[data-show="${looked}"]`)?.click();
    }
    return true;
  };

  const ask = async (address, options = {}) => {
    busy = true;
    page().setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, {
        ...options,
        headers: { "X-Desk": "letter" },
        credentials: "same-origin",
      });
      const elsewhere = answer.headers.get("X-Desk-Go");
      if (elsewhere) {
        location.assign(elsewhere);
        return true;
      }
      const here = answer.headers.get("X-Desk-Address") || (answer.redirected ? answer.url : "");
      return show(await answer.text(), here);
    } finally {
      busy = false;
      page()?.removeAttribute("aria-busy");
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-desk] form[data-desk-post]")) return;
    event.preventDefault();
    if (busy) return;
    const body = new FormData(form);
    const pressed = event.submitter;
    if (pressed && pressed.name) body.append(pressed.name, pressed.value);
    ask(form.action, { method: "POST", body })
      .catch(() => false)
      .then((shown) => {
        if (shown) return;
        // As without a script: the browser says what is wrong, and her form is not lost.
        if (pressed && pressed.name) {
          const hidden = document.createElement("input");
          Object.assign(hidden, { type: "hidden", name: pressed.name, value: pressed.value });
          form.append(hidden);
        }
        form.submit();
      });
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-desk] a[data-desk-swap]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (busy) return;
    ask(link.href)
      .catch(() => false)
      .then((shown) => shown || location.assign(link.href));
  });

  // ---------------------------------------------------------------------------- keys

  const config = document.getElementById("wagtail-config");
  let keysAreOn = true;
  try {
    keysAreOn = JSON.parse(config.textContent).KEYBOARD_SHORTCUTS_ENABLED !== false;
  } catch {
    // Another version of the admin: the keys stay on.
  }

  const offerKeys = (root) => {
    for (const help of root.querySelectorAll("[data-desk-keys]")) help.hidden = !keysAreOn;
  };

  // The letter where an English keyboard has it, whatever script hers writes.
  const keyOf = (event) => {
    if (/^[ -~]$/.test(event.key)) return event.key.toLowerCase();
    if (event.key === "؟") return "?";
    const [, place] = /^(?:Key|Digit|Numpad)(.)$/.exec(event.code) || [];
    return place ? place.toLowerCase() : event.key;
  };

  const isTyping = (element) =>
    element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]");

  document.addEventListener("keydown", (event) => {
    if (!keysAreOn || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.repeat || isTyping(event.target) || document.querySelector("[role=dialog]:not([aria-hidden=true], [hidden])")) return;
    const root = page();
    if (!root) return;
    const key = keyOf(event);
    const wanted = root.querySelectorAll(`[data-desk-key="${CSS.escape(key)}"]`);
    const target = [...wanted].find((one) => one.offsetParent !== null && !one.disabled);
    if (!target) return;
    // While a menu is open, keys are for what is in it.
    const open = root.querySelector("details[data-desk-menu][open]");
    if (open && !open.contains(target)) return;
    event.preventDefault();
    if (busy) return;
    target.click();
    const menu = target.matches("summary") && target.closest("details[data-desk-menu]");
    if (!menu) return;
    const field = menu.querySelector(":scope > form > :not(details) textarea");
    (menu.open && field ? field : target).focus();
    if (menu.open) menu.scrollIntoView({ block: "nearest" });
  });

  // Also from a field in it: what she wrote there stays, and is there when it opens again.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    for (const menu of page()?.querySelectorAll("details[data-desk-menu][open]") || []) {
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  });

  // One menu at a time.
  document.addEventListener(
    "toggle",
    (event) => {
      const menu = event.target;
      if (!menu.matches?.("[data-desk] details[data-desk-menu]") || !menu.open) return;
      for (const other of page().querySelectorAll("details[data-desk-menu][open]")) {
        if (other !== menu) other.open = false;
      }
    },
    true,
  );

  if (page()) offerKeys(page());
  document.addEventListener("desk:letter", (event) => offerKeys(event.detail));
})();
