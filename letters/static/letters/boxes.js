// The picture of a letter: shown in its place when it is asked for, blurred again when nobody
// looks, and black boxes drawn on it. The boxes are the rows of numbers below the picture, which
// work without this.
(() => {
  "use strict";

  const SIDES = ["left", "top", "width", "height"];
  const STEP = 1; // percent, for an arrow key
  const LEAST = 0.5; // percent: a smaller one is a tap
  const MOVES = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

  const within = (value, least, most) => Math.min(Math.max(value, least), most);
  const rounded = (value) => Math.round(value * 10) / 10;

  class Picture {
    constructor(root) {
      const one = (selector) => root.querySelector(selector);
      Object.assign(this, { root, words: root.dataset, stage: one("[data-stage]"), boxes: one("[data-boxes]") });
      root.addEventListener("click", (event) => {
        const link = event.target.closest("a[data-show]");
        if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.show(link.dataset.show);
        root.querySelector("a[data-show]:not([hidden])").focus({ preventScroll: true });
      });
      if (this.boxes) this.offerBoxes();
    }

    get state() { return this.root.dataset.state; }

    // "": nothing of it, "veiled": grey and blurred, "clear". Nothing is asked for before.
    show(state) {
      this.root.dataset.state = state;
      this.stage.querySelector("img")?.remove();
      if (state) {
        const image = document.createElement("img");
        image.alt = this.words[`${state}Alt`];
        image.draggable = false;
        image.src = this.words[state];
        this.stage.prepend(image);
      }
      for (const link of this.root.querySelectorAll("a[data-show]")) {
        const next = { "": ["veiled"], veiled: ["clear", ""], clear: [""] }[state];
        link.hidden = !next.includes(link.dataset.show);
      }
      for (const part of this.root.querySelectorAll("[data-adds]")) part.hidden = state !== "clear";
      if (this.boxes) this.draw();
    }

    veil() {
      if (this.state !== "clear") return;
      this.show("veiled");
      this.say(this.words.again);
    }

    say(words) { this.root.querySelector("[data-said]").textContent = words; }

    // -------------------------------------------------------------------------- boxes

    offerBoxes() {
      const { boxes } = this;
      this.blank = this.rows().at(-1).cloneNode(true);
      for (const field of this.blank.querySelectorAll("input")) field.value = "";
      for (const row of this.rows()) {
        if (!this.numbers(row)) row.remove();
        else row.querySelector("[data-remove]").hidden = false;
      }
      for (const part of boxes.querySelectorAll("[data-script]")) part.hidden = false;
      this.handles = new Map();
      boxes.addEventListener("input", () => this.draw());
      boxes.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (!button) return;
        if (button.matches("[data-add]")) this.add([35, 40, 30, 20]).focus();
        else if (button.matches("[data-remove]")) this.remove(button.closest("[data-row]"));
        else this.drawing(button.getAttribute("aria-pressed") !== "true");
      });
      this.stage.addEventListener("pointerdown", (event) => this.press(event));
      this.stage.addEventListener("pointermove", (event) => this.drag(event));
      this.stage.addEventListener("pointerup", () => this.drop());
      this.stage.addEventListener("pointercancel", () => this.drop());
      this.draw();
    }

    drawing(on) {
      this.boxes.querySelector("[data-draw]").setAttribute("aria-pressed", on);
      this.stage.toggleAttribute("data-drawing", on);
      // What she draws on is in sight, below the menu of the admin.
      if (on) this.stage.scrollIntoView({ block: "start" });
    }

    rows() { return [...this.boxes.querySelectorAll("[data-row]")]; }

    field(row, side) { return row.querySelector(`[name=box_${side}]`); }

    // What the server reads of a row: rather too large a box. null: there is nothing in it.
    numbers(row) {
      const typed = SIDES.map((side) => this.field(row, side).value.trim());
      if (!typed.join("")) return null;
      const [left, top, width, height] = typed.map((text, side) => {
        const number = text === "" ? NaN : Number(text);
        return within(Number.isFinite(number) ? number : [0, 0, 100, 100][side], 0, 100);
      });
      return [left, top, Math.min(width, 100 - left), Math.min(height, 100 - top)];
    }

    add(numbers) {
      const row = this.blank.cloneNode(true);
      row.querySelector("[data-remove]").hidden = false;
      this.boxes.append(row);
      this.write(row, numbers);
      this.say(this.boxes.dataset.added);
      return this.handles.get(row);
    }

    remove(row) {
      row.remove();
      this.draw();
      this.say(this.boxes.dataset.gone);
      this.boxes.querySelector("[data-add]").focus();
    }

    write(row, [left, top, width, height]) {
      const wide = within(width, LEAST, 100);
      const high = within(height, LEAST, 100);
      const numbers = [within(left, 0, 100 - wide), within(top, 0, 100 - high), wide, high];
      SIDES.forEach((side, place) => { this.field(row, side).value = rounded(numbers[place]); });
      this.draw();
    }

    draw() {
      const rows = this.rows();
      for (const [row, handle] of this.handles) {
        if (rows.includes(row)) continue;
        handle.remove();
        this.handles.delete(row);
      }
      rows.forEach((row, place) => {
        const numbers = this.numbers(row);
        const handle = this.handles.get(row) || this.handle(row);
        handle.hidden = !numbers || this.state !== "clear";
        const words = { number: place + 1 };
        SIDES.forEach((side, index) => {
          handle.style[side] = `${numbers ? numbers[index] : 0}%`;
          words[side] = numbers ? Math.round(numbers[index]) : 0;
        });
        const label = this.boxes.dataset.box.replace(/\{(\w+)\}/g, (_whole, name) => words[name]);
        handle.setAttribute("aria-label", label);
        row.setAttribute("aria-label", label);
      });
    }

    handle(row) {
      const handle = document.createElement("button");
      Object.assign(handle, { type: "button", className: "desk-box" });
      handle.setAttribute("aria-describedby", "desk-box-keys");
      handle.append(Object.assign(document.createElement("span"), { className: "desk-corner" }));
      handle.addEventListener("keydown", (event) => {
        const move = MOVES[event.key];
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === "Delete" || event.key === "Backspace") this.remove(row);
        else if (move) {
          const [left, top, width, height] = this.numbers(row);
          const [x, y] = move;
          this.write(row, event.shiftKey ? [left, top, width + x, height + y] : [left + x, top + y, width, height]);
        } else return;
        event.preventDefault();
        event.stopPropagation();
      });
      this.handles.set(row, handle);
      this.stage.append(handle);
      return handle;
    }

    // ------------------------------------------------------------------------ pointer

    place(event) {
      const frame = this.stage.getBoundingClientRect();
      return [
        within(((event.clientX - frame.left) / frame.width) * 100, 0, 100),
        within(((event.clientY - frame.top) / frame.height) * 100, 0, 100),
      ];
    }

    press(event) {
      if (this.state !== "clear" || !event.isPrimary || event.button) return;
      const handle = event.target.closest(".desk-box");
      if (!handle && event.pointerType === "touch" && !this.stage.hasAttribute("data-drawing")) return;
      event.preventDefault();
      this.stage.setPointerCapture(event.pointerId);
      const row = [...this.handles].find(([, one]) => one === handle)?.[0];
      handle?.focus({ preventScroll: true });
      const sizes = Boolean(event.target.closest(".desk-corner"));
      this.held = { from: this.place(event), row, sizes, numbers: row && this.numbers(row) };
    }

    drag(event) {
      if (!this.held) return;
      const { from, row, sizes, numbers } = this.held;
      const [x, y] = this.place(event);
      const [across, down] = [x - from[0], y - from[1]];
      if (row && sizes) this.write(row, [numbers[0], numbers[1], numbers[2] + across, numbers[3] + down]);
      else if (row) this.write(row, [numbers[0] + across, numbers[1] + down, numbers[2], numbers[3]]);
      else {
        const box = [Math.min(x, from[0]), Math.min(y, from[1]), Math.abs(across), Math.abs(down)];
        if (this.held.fresh) this.write(this.held.fresh, box);
        else if (box[2] > LEAST && box[3] > LEAST) {
          const handle = this.add(box);
          this.held.fresh = [...this.handles].find(([, one]) => one === handle)[0];
        }
      }
    }

    drop() { this.held = null; }
  }

  let current = null;

  const start = (root) => {
    const look = root.querySelector("[data-look]");
    current = look ? new Picture(look) : null;
  };

  // Whoever comes to her screen when she has turned to something else sees nothing of it.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) current?.veil();
  });
  window.addEventListener("pagehide", () => current?.veil());

  document.addEventListener("desk:letter", (event) => start(event.detail));
  start(document);
})();
