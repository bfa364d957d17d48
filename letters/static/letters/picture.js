/* Preview, turning and blacking out of the chosen picture, on the writer's own device.
   portal.js fetches this when a picture is chosen. Nothing is kept or sent by it: what it makes
   takes the place of the chosen file in the form. */

const LARGEST = 4000; // pixels along the longer side of what is sent
const PREVIEW = 1200;
const SMALLEST = 0.004; // of a side: anything smaller is a tap
const STEP = 0.02; // of a side, for an arrow key
const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

const clamp = (number) => Math.min(1, Math.max(0, number));

/* Points are fractions of the sides. Boxes belong to the picture as it was taken, so they turn
   with it. */
const shown = ([x, y], turns) => [[x, y], [1 - y, x], [1 - x, 1 - y], [y, 1 - x]][turns];
const taken = (point, turns) => shown(point, (4 - turns) % 4);

/* Browsers that hide what a canvas holds give back noise. That would be sent as her picture. */
const canvasIsTrue = () => {
  const context = Object.assign(document.createElement("canvas"), { width: 8, height: 8 }).getContext("2d");
  context.fillStyle = "rgb(30, 140, 220)";
  context.fillRect(0, 0, 8, 8);
  const { data } = context.getImageData(0, 0, 8, 8);
  return data.every((value, place) => Math.abs(value - [30, 140, 220, 255][place % 4]) < 4);
};

const canReplace = () => {
  try {
    return Boolean(new DataTransfer().items) && canvasIsTrue();
  } catch {
    return false;
  }
};

const put = (field, ...files) => {
  const list = new DataTransfer();
  files.forEach((file) => list.items.add(file));
  field.files = list.files;
};

const paint = (canvas, { bitmap, turns, boxes }, side) => {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.width = turns % 2 ? height : width;
  canvas.height = turns % 2 ? width : height;
  const context = canvas.getContext("2d");
  context.fillStyle = "white"; // what is see-through would come out black
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((turns * Math.PI) / 2);
  context.drawImage(bitmap, -width / 2, -height / 2, width, height);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = "black";
  boxes.forEach(([first, second]) => {
    const [a, b] = [shown(first, turns), shown(second, turns)];
    const [left, right] = [Math.min(a[0], b[0]) * canvas.width, Math.max(a[0], b[0]) * canvas.width].map(Math.round);
    const [top, bottom] = [Math.min(a[1], b[1]) * canvas.height, Math.max(a[1], b[1]) * canvas.height].map(Math.round);
    context.fillRect(left - 1, top - 1, right - left + 2, bottom - top + 2);
  });
  return context;
};

const mark = (context, points) => {
  const { width, height } = context.canvas;
  const size = Math.max(width, height);
  [["white", size / 150], ["black", size / 400]].forEach(([colour, line]) => {
    context.strokeStyle = colour;
    context.lineWidth = line;
    context.beginPath();
    points.forEach(([x, y]) => {
      const arm = size / 40;
      context.moveTo(x * width - arm, y * height);
      context.lineTo(x * width + arm, y * height);
      context.moveTo(x * width, y * height - arm);
      context.lineTo(x * width, y * height + arm);
    });
    if (points.length === 2) {
      const [a, b] = points;
      context.rect(a[0] * width, a[1] * height, (b[0] - a[0]) * width, (b[1] - a[1]) * height);
    }
    context.stroke();
  });
};

class Tools {
  constructor(root, field) {
    const one = (selector) => root.querySelector(selector);
    Object.assign(this, { root, field, words: root.dataset, canvas: one("canvas"), bar: one(".picture-tools") });
    Object.assign(this, { blank: one("[data-blank]"), undo: one("[data-undo]"), status: one("[role=status]"), hint: one("[data-hint]") });
    this.able = canReplace();
    this.round = 0; // counts files and changes, so that what is late is dropped
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: root.dataset.style }));
    if (this.able) this.listen(one);
  }

  async open() {
    const mine = ++this.round;
    const file = this.field.files[0];
    this.state?.bitmap.close();
    this.pending = this.state = null;
    this.canvas.hidden = this.bar.hidden = true;
    this.blanking(false);
    if (!file) return;
    try {
      const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
      if (mine !== this.round) return;
      this.state = { file, bitmap, turns: 0, boxes: [] };
    } catch {
      return; // a file that the browser can't show is judged by the server
    }
    this.say("");
    this.show();
    this.canvas.hidden = false;
    this.bar.hidden = !this.able;
  }

  say(words) { this.status.textContent = words; }

  show() {
    const context = paint(this.canvas, this.state, PREVIEW);
    const cross = this.keyboard && this.cursor;
    mark(context, [this.corner, this.drag || cross].filter(Boolean));
    this.undo.disabled = !this.state.boxes.length;
  }

  blanking(on) {
    this.corner = this.drag = this.start = null;
    this.cursor = [0.5, 0.5];
    this.keyboard = false;
    this.blank.setAttribute("aria-pressed", on);
    this.hint.hidden = !on;
    this.canvas.toggleAttribute("data-blanking", on);
    this.canvas.setAttribute("role", on ? "application" : "img");
    if (on) this.canvas.tabIndex = 0;
    else this.canvas.removeAttribute("tabindex");
  }

  /* The file that the form holds is taken out first: what is being blacked out is never sent. */
  change(words) {
    const mine = ++this.round;
    const { file, turns, boxes } = this.state;
    this.show();
    this.say(words);
    if (!turns && !boxes.length) {
      this.pending = null;
      put(this.field, file);
      return;
    }
    put(this.field);
    const sheet = document.createElement("canvas");
    this.pending = new Promise((done) => {
      paint(sheet, this.state, LARGEST);
      sheet.toBlob(done, "image/jpeg", 0.9);
    }).catch(() => null).then((blob) => {
      if (mine !== this.round) return;
      this.pending = null;
      if (blob) put(this.field, new File([blob], "picture.jpg", { type: blob.type }));
      else {
        this.state = null;
        this.canvas.hidden = true;
        this.say(this.words.failed);
      }
    });
  }

  box(first, second) {
    const { turns, boxes } = this.state;
    if (first.some((value, place) => Math.abs(value - second[place]) < SMALLEST)) return;
    this.corner = this.drag = null;
    boxes.push([taken(first, turns), taken(second, turns)]);
    this.change(this.words.blanked);
  }

  point(place) {
    if (this.corner) { this.box(this.corner, place); return; }
    this.corner = place;
    this.say(this.words.corner);
    this.show();
  }

  listen(one) {
    const { root, canvas, field } = this;
    root.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button || !this.state) return;
      if (button.dataset.turn) {
        this.corner = this.drag = null;
        this.state.turns = (this.state.turns + Number(button.dataset.turn)) % 4;
        this.change(this.words.turned);
      } else if (button === this.undo) {
        this.state.boxes.pop();
        this.change(this.words.undone);
        if (this.undo.disabled) this.blank.focus();
      } else if (button === this.blank) {
        this.blanking(button.getAttribute("aria-pressed") !== "true");
        this.show();
        if (this.canvas.tabIndex === 0) { canvas.focus({ preventScroll: true }); canvas.scrollIntoView({ block: "nearest" }); }
      }
    });

    const place = (event) => [clamp(event.offsetX / canvas.clientWidth), clamp(event.offsetY / canvas.clientHeight)];
    const active = () => this.state && canvas.hasAttribute("data-blanking");
    canvas.addEventListener("pointerdown", (event) => {
      if (!active() || !event.isPrimary || event.button) return;
      canvas.setPointerCapture(event.pointerId);
      this.keyboard = false;
      this.start = { at: place(event), x: event.clientX, y: event.clientY, far: false };
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!active()) return;
      if (this.start && Math.hypot(event.clientX - this.start.x, event.clientY - this.start.y) > 8) {
        this.start.far = true;
        this.corner = this.start.at;
      }
      if (!this.corner) return;
      this.drag = place(event);
      this.show();
    });
    canvas.addEventListener("pointerup", (event) => {
      if (!active() || !this.start) return;
      const { at, far } = this.start;
      this.start = this.drag = null;
      if (far) { this.corner = null; this.box(at, place(event)); this.show(); } else this.point(place(event));
    });
    canvas.addEventListener("pointercancel", () => {
      this.start = this.drag = this.corner = null;
      if (this.state) this.show();
    });

    canvas.addEventListener("keydown", (event) => {
      if (!active()) return;
      if (ARROWS[event.key]) {
        this.cursor = this.cursor.map((value, axis) => clamp(value + ARROWS[event.key][axis]));
      } else if (event.key === "Escape") this.corner = null;
      else if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.keyboard = true;
      this.drag = null;
      if (event.key === "Enter" || event.key === " ") this.point([...this.cursor]);
      else this.show();
    });
    canvas.addEventListener("focus", () => {
      if (!active() || !canvas.matches(":focus-visible")) return;
      this.keyboard = true;
      this.show();
    });
    canvas.addEventListener("blur", () => {
      this.keyboard = false;
      if (active()) this.show();
    });

    field.form.addEventListener("submit", (event) => {
      if (!this.pending) return;
      event.preventDefault();
      const button = event.submitter || field.form.querySelector("button:not([type=button])");
      this.pending.then(() => button.click());
    });
  }
}

const known = new WeakMap();

export const open = (root, field) => {
  if (!known.has(root)) known.set(root, new Tools(root, field));
  known.get(root).open();
};
