// Leaving words out of a letter: by selecting them, by pressing a mark, or word by word with the
// keyboard. What is chosen stands in hidden fields of the form that publishes. Places are counted
// in characters, as Python counts them, not in the halves that a script's strings are made of.
(() => {
  "use strict";

  const FORM = "desk-publish";
  const PLACE = /^([a-z]+):(\d+)-(\d+):([a-z-]+)$/;

  const length = (text) => [...text].length;
  const cut = (text, from, to) => [...text].slice(from, to).join("");

  const parsed = (value) => {
    const match = PLACE.exec(value);
    return match && { field: match[1], start: Number(match[2]), end: Number(match[3]), reason: match[4] };
  };
  const posted = ({ field, start, end, reason }) => `${field}:${start}-${end}:${reason}`;
  const covers = (one, other) => one.field === other.field && one.start <= other.start && other.end <= one.end;
  const touches = (one, other) => one.field === other.field && one.start < other.end && other.start < one.end;

  const at = (piece) => {
    const [field, place] = (piece.dataset.at || piece.dataset.place).split(":");
    const start = Number(place);
    return { field, start, end: start + (piece.dataset.at ? length(piece.textContent) : 1) };
  };

  class Marking {
    constructor(letter, tools) {
      const one = (selector) => tools.querySelector(selector);
      Object.assign(this, { letter, tools, words: tools.dataset, cursor: null, chosen: [] });
      Object.assign(this, { bar: one("[data-bar]"), button: one("[data-cursor]"), hint: one("[data-hint]") });
      this.reasons = [...tools.querySelectorAll("[data-reason]")];
      this.labels = new Map(this.reasons.map((button) => [button.dataset.reason, button.querySelector("span").textContent]));
      this.gaps = [];
      this.takeOver();
      this.draw();
      this.listen();
    }

    // The page without a script has boxes to tick; from here on they are hidden fields.
    takeOver() {
      const ticked = [...this.tools.querySelectorAll("[data-choices] input:checked")].map((box) => box.value);
      const marked = [...this.letter.querySelectorAll("[data-gap]")].map((gap) => gap.dataset.gap);
      for (const value of new Set([...marked, ...ticked])) {
        const gap = parsed(value);
        if (gap && !this.gaps.some((other) => touches(gap, other))) this.gaps.push(gap);
      }
      this.tools.querySelector("[data-choices]")?.remove();
      this.fields = this.tools.appendChild(document.createElement("div"));
      for (const part of this.tools.querySelectorAll("[data-script]")) part.hidden = false;
      for (const why of this.letter.querySelectorAll(".desk-why")) {
        const button = document.createElement("button");
        const what = why.textContent.replace(/^\(|\)$/g, "");
        Object.assign(button, { type: "button", className: "desk-why", textContent: what, lang: why.lang, dir: why.dir });
        button.setAttribute("aria-label", this.words.leave.replace("{what}", what));
        why.replaceWith(button);
      }
      this.letter.tabIndex = -1;
    }

    // ------------------------------------------------------------------------ drawing

    draw() {
      for (const gap of this.letter.querySelectorAll("[data-gap]")) gap.remove();
      for (const piece of this.letter.querySelectorAll("[data-at], [data-place]")) piece.hidden = false;
      this.join();
      for (const gap of this.gaps) this.drawGap(gap);
      for (const flag of this.letter.querySelectorAll(".desk-flag")) {
        const why = flag.querySelector(".desk-why");
        if (why) why.hidden = ![...flag.querySelectorAll("[data-at]")].some((piece) => !piece.hidden);
      }
      this.fields.replaceChildren(...this.gaps.map((gap) => {
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name: "redaction", value: posted(gap) });
        field.setAttribute("form", FORM);
        return field;
      }));
    }

    join() {
      for (const piece of this.letter.querySelectorAll("[data-at]")) {
        if (!piece.parentNode) continue;
        let following = piece.nextSibling;
        while (following?.dataset?.at) {
          const here = at(piece);
          const next = at(following);
          if (next.field !== here.field || next.start !== here.end) break;
          piece.textContent += following.textContent;
          following.remove();
          following = piece.nextSibling;
        }
      }
    }

    drawGap(gap) {
      let first = true;
      for (const piece of [...this.letter.querySelectorAll("[data-at], [data-place]")]) {
        const place = at(piece);
        if (!touches(place, gap)) continue;
        const hidden = piece.dataset.at ? this.split(piece, place, gap) : piece;
        hidden.hidden = true;
        if (first) hidden.before(this.gapButton(gap));
        first = false;
      }
    }

    // Leaves three pieces of one, where there are so many, and returns the middle one.
    split(piece, place, gap) {
      const text = piece.textContent;
      const from = Math.max(gap.start - place.start, 0);
      const to = Math.min(gap.end, place.end) - place.start;
      const make = (start, end) => {
        const part = piece.cloneNode();
        part.dataset.at = `${place.field}:${place.start + start}`;
        part.textContent = cut(text, start, end);
        return part;
      };
      const middle = make(from, to);
      const parts = [middle];
      if (from > 0) parts.unshift(make(0, from));
      if (place.start + to < place.end) parts.push(make(to, length(text)));
      piece.replaceWith(...parts);
      return middle;
    }

    gapButton(gap) {
      const label = this.labels.get(gap.reason) || this.labels.get("other");
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "desk-gap", textContent: label });
      Object.assign(button, { lang: document.documentElement.lang, dir: document.documentElement.dir || "ltr" });
      button.dataset.gap = posted(gap);
      button.setAttribute("aria-label", this.words.again.replace("{what}", label));
      return button;
    }

    say(words, what) {
      this.tools.querySelector("[data-said]").textContent = words.replace("{what}", what ?? "");
    }

    // ----------------------------------------------------------------------- changing

    leaveOut(spans, reason) {
      for (const span of spans) {
        this.gaps = this.gaps.filter((gap) => !touches(span, gap));
        this.gaps.push({ ...span, reason });
      }
      this.draw();
      this.say(this.words.left, this.labels.get(reason));
    }

    putBack(value) {
      this.gaps = this.gaps.filter((gap) => posted(gap) !== value);
      this.draw();
      this.say(this.words.back);
    }

    toggle(flag) {
      const gap = parsed(flag.dataset.flag);
      this.leaveOut([gap], gap.reason);
      const values = this.gaps.filter((other) => touches(other, gap)).map(posted);
      return [...this.letter.querySelectorAll("[data-gap]")].find((button) => values.includes(button.dataset.gap));
    }

    // Where a flag is chosen, its own reason comes first.
    reasonFor(spans) {
      const flags = [...this.letter.querySelectorAll("[data-flag]")].map((mark) => parsed(mark.dataset.flag));
      const flag = flags.find((place) => place && spans.some((span) => touches(place, span)));
      return flag ? flag.reason : this.last || "name";
    }

    // ---------------------------------------------------------------------- selecting

    // The selected stretches of the texts, none of them longer than its paragraph.
    selected() {
      const selection = document.getSelection();
      if (!selection.rangeCount || selection.isCollapsed) return [];
      const range = selection.getRangeAt(0);
      if (!range.intersectsNode(this.letter)) return [];
      const spans = [];
      this.text = [];
      for (const block of this.letter.querySelectorAll("[data-block]")) {
        const span = range.intersectsNode(block) && this.selectedIn(block, range);
        if (span) spans.push(span);
      }
      this.text = this.text.join(" ");
      return spans;
    }

    selectedIn(block, range) {
      let span = null;
      for (const piece of block.querySelectorAll("[data-at]:not([hidden])")) {
        const text = piece.firstChild;
        if (!text || !range.intersectsNode(text)) continue;
        const whole = text.data;
        let from = text === range.startContainer ? range.startOffset : 0;
        let to = text === range.endContainer ? range.endOffset : whole.length;
        while (from < to && /\s/.test(whole[from])) from += 1;
        while (from < to && /\s/.test(whole[to - 1])) to -= 1;
        if (from >= to) continue;
        const { field, start } = at(piece);
        const first = start + length(whole.slice(0, from));
        const last = start + length(whole.slice(0, to));
        this.text.push(whole.slice(from, to));
        if (span) span.end = last;
        else span = { field, start: first, end: last };
      }
      return span;
    }

    offer() {
      this.chosen = this.selected();
      this.bar.hidden = !this.chosen.length;
      if (this.bar.hidden) return;
      // As wide as the page is, and not below the menu of the admin.
      const frame = (this.letter.closest("[data-desk]") || this.letter).getBoundingClientRect();
      const room = document.documentElement.clientWidth;
      Object.assign(this.bar.style, {
        left: `${Math.max(frame.left - 20, 0)}px`,
        right: `${Math.max(room - frame.right - 20, 0)}px`,
      });
      const characters = [...this.text];
      const text = characters.length > 80 ? `${characters.slice(0, 79).join("")}…` : this.text;
      this.bar.querySelector("[data-chosen]").textContent = text;
      const reason = this.reasonFor(this.chosen);
      for (const button of this.reasons) button.classList.toggle("button-secondary", button.dataset.reason !== reason);
    }

    take(reason) {
      const spans = this.chosen.length ? this.chosen : this.selected();
      if (!spans.length) return;
      this.last = reason || this.reasonFor(spans);
      document.getSelection().removeAllRanges();
      this.leaveOut(spans, this.last);
      this.chosen = [];
      this.bar.hidden = true;
      if (this.cursor) this.goTo(this.after(spans.at(-1)));
    }

    cancel() {
      document.getSelection().removeAllRanges();
      this.chosen = [];
      this.bar.hidden = true;
    }

    // ------------------------------------------------------------------- word by word

    allWords() {
      const words = [];
      for (const block of this.letter.querySelectorAll("[data-block]")) {
        const language = block.closest("[lang]").lang;
        for (const piece of block.querySelectorAll("[data-at]:not([hidden])")) {
          const text = piece.firstChild;
          if (!text) continue;
          for (const [start, end] of wordsOf(text.data, language)) words.push({ text, start, end, block });
        }
      }
      return words;
    }

    begin() {
      this.list = this.allWords();
      if (!this.list.length) return;
      this.cursor = { from: 0, to: 0 };
      this.button.setAttribute("aria-pressed", "true");
      this.hint.hidden = false;
      for (const number of this.bar.querySelectorAll("kbd")) number.hidden = false;
      this.letter.setAttribute("role", "application");
      this.letter.setAttribute("aria-describedby", this.hint.id);
      this.letter.focus({ preventScroll: true });
      this.say(this.words.begun);
      this.goTo(this.firstInSight());
    }

    finish(focus = true) {
      if (!this.cursor) return;
      this.cursor = null;
      this.button.setAttribute("aria-pressed", "false");
      this.hint.hidden = true;
      for (const number of this.bar.querySelectorAll("kbd")) number.hidden = true;
      this.letter.removeAttribute("role");
      this.letter.removeAttribute("aria-describedby");
      this.cancel();
      this.say(this.words.ended);
      if (focus) this.button.focus({ preventScroll: true });
    }

    range(word) {
      const range = document.createRange();
      range.setStart(word.text, word.start);
      range.setEnd(word.text, word.end);
      return range;
    }

    firstInSight() {
      const found = this.list.findIndex((word) => this.range(word).getBoundingClientRect().top > 60);
      return Math.max(found, 0);
    }

    after(span) {
      this.list = this.allWords();
      const found = this.list.findIndex(({ text, start }) => {
        const place = at(text.parentNode);
        return place.field === span.field && place.start + length(text.data.slice(0, start)) >= span.end;
      });
      return found < 0 ? this.list.length - 1 : found;
    }

    goTo(index, widen = false) {
      if (!this.list.length) {
        this.finish();
        return;
      }
      const to = Math.min(Math.max(index, 0), this.list.length - 1);
      this.cursor = { from: widen ? this.cursor.from : to, to };
      const first = this.list[Math.min(this.cursor.from, to)];
      const last = this.list[Math.max(this.cursor.from, to)];
      document.getSelection().setBaseAndExtent(first.text, first.start, last.text, last.end);
      this.tools.querySelector("[data-word]").textContent = "";
      this.offer();
      this.tools.querySelector("[data-word]").textContent = this.text;
      this.reveal(this.range(this.list[to]).getBoundingClientRect());
    }

    reveal(box) {
      const floor = this.bar.hidden ? innerHeight : this.bar.getBoundingClientRect().top;
      if (box.top < 80) scrollBy(0, box.top - 120);
      else if (box.bottom > floor - 20) scrollBy(0, box.bottom - floor + 80);
    }

    // The word above or below, in the line before or after.
    beside(step) {
      const box = (index) => this.range(this.list[index]).getBoundingClientRect();
      const here = box(this.cursor.to);
      const middle = here.left + here.width / 2;
      let best = null;
      for (let index = this.cursor.to + step; index >= 0 && index < this.list.length; index += step) {
        const there = box(index);
        if (Math.abs(there.top - here.top) < here.height / 2) continue;
        if (best && Math.abs(there.top - best.top) > here.height / 2) break;
        const far = Math.abs(there.left + there.width / 2 - middle);
        if (!best || far < best.far) best = { index, far, top: there.top };
      }
      return best ? best.index : step < 0 ? 0 : this.list.length - 1;
    }

    // What a key means while words are chosen; false if it is none of ours.
    press(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return false;
      const { shiftKey } = event;
      const key = keyOf(event);
      const { to } = this.cursor;
      const forward = getComputedStyle(this.list[to].block).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
      if (key === "ArrowLeft" || key === "ArrowRight") this.goTo(to + (key === forward ? 1 : -1), shiftKey);
      else if (key === "ArrowUp" || key === "ArrowDown") this.goTo(this.beside(key === "ArrowUp" ? -1 : 1), shiftKey);
      else if (key === "Enter") this.take();
      else if (key === "Escape" || key === "b" || key === "B") this.finish();
      else if (/^[1-9]$/.test(key) && this.reasons[key - 1]) this.take(this.reasons[key - 1].dataset.reason);
      else return false;
      return true;
    }

    // ---------------------------------------------------------------------- listening

    listen() {
      this.letter.addEventListener("click", (event) => {
        const gap = event.target.closest("[data-gap]");
        const flag = event.target.closest(".desk-flag");
        if (gap) {
          this.putBack(gap.dataset.gap);
          (flag?.querySelector(".desk-why:not([hidden])") || this.letter).focus({ preventScroll: true });
        } else if (flag && document.getSelection().isCollapsed) {
          this.toggle(flag)?.focus({ preventScroll: true });
        }
        if (this.cursor) this.finish(false);
      });
      this.button.addEventListener("click", () => (this.cursor ? this.finish() : this.begin()));
      // A press on the bar may take the selection away before it is read.
      for (const kind of ["mousedown", "pointerdown"]) {
        this.bar.addEventListener(kind, (event) => {
          event.preventDefault();
          this.isPressed = true;
        });
      }
      this.bar.addEventListener("click", (event) => {
        this.isPressed = false;
        const button = event.target.closest("button");
        if (button?.dataset.reason) this.take(button.dataset.reason);
        else if (button && this.cursor) this.finish();
        else if (button) this.cancel();
        if (button && this.cursor) this.letter.focus({ preventScroll: true });
      });
    }
  }

  // A digit or a letter where an English keyboard has it, whatever script hers writes.
  const keyOf = (event) => {
    const [, place] = /^(?:Key|Digit|Numpad)(.)$/.exec(event.code) || [];
    return place && !/^[ -~]$/.test(event.key) ? place.toLowerCase() : event.key;
  };

  const wordsOf = (text, language) => {
    let segmenter = null;
    try {
      segmenter = new Intl.Segmenter(language, { granularity: "word" });
    } catch {
      return [...text.matchAll(/\S+/g)].map((match) => [match.index, match.index + match[0].length]);
    }
    return [...segmenter.segment(text)]
      .filter((part) => part.isWordLike)
      .map((part) => [part.index, part.index + part.segment.length]);
  };

  let current = null;
  let isDragging = false;

  const start = (root) => {
    const letter = root.querySelector("[data-marking]");
    const tools = root.querySelector("[data-blank]");
    current = letter && tools && document.getElementById(FORM) ? new Marking(letter, tools) : null;
  };

  document.addEventListener("selectionchange", () => {
    if (!current || current.cursor || current.isPressed || isDragging) return;
    if (!current.bar.contains(document.activeElement)) current.offer();
  });

  // While the mouse is down nothing may come up below it.
  document.addEventListener("pointerdown", (event) => {
    if (!current || current.bar.contains(event.target)) return;
    current.isPressed = false;
    isDragging = event.pointerType === "mouse";
  });
  document.addEventListener("pointerup", () => {
    if (!isDragging) return;
    isDragging = false;
    if (current && !current.cursor) current.offer();
  });

  document.addEventListener(
    "keydown",
    (event) => {
      if (!current) return;
      const elsewhere = event.target.closest("a, button, input, select, textarea, summary");
      if (current.cursor && (!elsewhere || event.key === "Escape")) {
        if (!current.press(event)) return;
      } else if (event.key === "Escape" && current.chosen.length) current.cancel();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );

  document.addEventListener("desk:letter", (event) => start(event.detail));
  start(document);
})();
