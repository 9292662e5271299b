// The pad: takes strokes, sends ink, shows ten probabilities. The kernel scales and
// centres the ink and says what it reads; handwriting.py shows how.

const NB_PEN = 0.085; // width of a stroke, as a share of the paper
const NB_PAUSE = 90; // milliseconds between two pictures sent while drawing

function nbElement(parent, name, kind, text = "") {
  const made = parent.appendChild(document.createElement(name));
  if (kind) made.className = kind;
  made.textContent = text;
  return made;
}

class NbPaper {
  // The canvas one draws on: `changed()` at every stroke, `ended()` when the pen lifts.
  // One pointer draws at a time; a second finger is ignored until the stroke has ended.
  constructor(parent, changed, ended) {
    this.canvas = nbElement(parent, "canvas", "nb-pad-paper");
    this.canvas.width = this.canvas.height = 504;
    this.canvas.setAttribute("role", "img");
    this.ctx = this.canvas.getContext("2d", { willReadFrequently: true });
    this.changed = changed;
    this.ended = ended;
    this.last = null;
    this.isExample = false; // what the paper shows was drawn by somebody else
    const on = (kind, act) => this.canvas.addEventListener(kind, act);
    on("pointerdown", (event) => this.start(event));
    on("pointermove", (event) => this.move(event));
    for (const kind of ["pointerup", "pointercancel", "lostpointercapture"]) {
      on(kind, (event) => this.end(event));
    }
  }

  start(event) {
    if (event.button !== 0 || this.last) return;
    event.preventDefault();
    this.canvas.setPointerCapture?.(event.pointerId);
    if (this.isExample) this.clear();
    this.pointer = event.pointerId;
    this.last = this.place(event);
    this.line(this.last, this.last);
  }

  move(event) {
    if (!this.last || event.pointerId !== this.pointer) return;
    const steps = event.getCoalescedEvents?.() ?? [];
    for (const step of steps.length ? steps : [event]) {
      const next = this.place(step);
      this.line(this.last, next);
      this.last = next;
    }
  }

  end(event) {
    if (!this.last || event.pointerId !== this.pointer) return;
    this.last = null;
    this.ended();
  }

  place(event) {
    const box = this.canvas.getBoundingClientRect();
    const scale = this.canvas.width / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  }

  line([x0, y0], [x1, y1]) {
    const { ctx } = this;
    ctx.strokeStyle = "#1f2328";
    ctx.lineWidth = NB_PEN * this.canvas.width;
    ctx.lineCap = ctx.lineJoin = "round";
    ctx.beginPath();
    ctx.moveTo(x0, y0);
    ctx.lineTo(x1, y1);
    ctx.stroke();
    this.changed();
  }

  clear() {
    this.last = null;
    this.isExample = false;
    this.ctx.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  take(image) {
    // Show an image of the kernel's, enlarged; the first stroke clears it.
    this.clear();
    this.isExample = true;
    this.ctx.imageSmoothingQuality = "high";
    this.ctx.drawImage(image, 0, 0, this.canvas.width, this.canvas.height);
  }

  pixels(side) {
    const small = new OffscreenCanvas(side, side).getContext("2d");
    small.imageSmoothingQuality = "high";
    small.drawImage(this.canvas, 0, 0, side, side);
    const { data } = small.getImageData(0, 0, side, side);
    return Uint8Array.from({ length: side * side }, (_, i) => data[4 * i + 3]);
  }
}

function nbBars(parent) {
  // Ten rows, digit, bar and per cent; return what updates them.
  const list = nbElement(parent, "div");
  list.setAttribute("role", "group");
  list.setAttribute("aria-label", "probability of each digit");
  const rows = Array.from({ length: 10 }, (_, digit) => {
    const row = nbElement(list, "div", "nb-pad-row");
    nbElement(row, "span", "", String(digit));
    const bar = nbElement(nbElement(row, "span", "nb-pad-track"), "span", "nb-pad-bar");
    return { row, bar, text: nbElement(row, "b") };
  });
  return (probs) => {
    const most = Math.max(...probs);
    rows.forEach(({ row, bar, text }, digit) => {
      const p = probs[digit] ?? 0;
      bar.style.width = `${100 * p}%`;
      text.textContent = probs.length ? `${(100 * p).toFixed(1)}%` : "–";
      row.classList.toggle("nb-pad-first", probs.length > 0 && p === most);
    });
  };
}

function nbInk(bytes, canvas) {
  // Paint 28 x 28 bytes of ink: dark, with the ink as opacity.
  const ctx = canvas.getContext("2d");
  const image = ctx.createImageData(canvas.width, canvas.height);
  for (let i = 0; i < canvas.width * canvas.height; i++) {
    image.data.set([31, 35, 40, bytes[i] ?? 0], 4 * i);
  }
  ctx.putImageData(image, 0, 0);
}

function nbBytes(view) {
  return view ? new Uint8Array(view.buffer ?? view, view.byteOffset, view.byteLength) : [];
}

function render({ model, el }) {
  el.classList.add("nb-pad");
  const left = nbElement(el, "div");
  nbElement(left, "p", "", "Draw a digit here");
  const paper = new NbPaper(left, () => later(), () => say());
  const buttons = nbElement(left, "div", "nb-pad-buttons");
  const middle = nbElement(el, "div");
  nbElement(middle, "p", "", "What the network sees");
  const seen = nbElement(middle, "canvas", "nb-pad-seen");
  seen.width = seen.height = 28;
  seen.setAttribute("role", "img");
  seen.setAttribute("aria-label", "the drawing, scaled and centred in 28 by 28 pixels");
  const right = nbElement(el, "div", "nb-pad-answer");
  nbElement(right, "p", "", "What it answers");
  const bars = nbBars(right);
  const line = nbElement(right, "p", "nb-pad-sentence");
  line.setAttribute("aria-live", "polite");

  // One picture at a time is under way; while a busy kernel is silent, none follows.
  let timer = 0, waiting = false, changed = false;
  const send = () => {
    timer = 0;
    changed = waiting;
    if (waiting) return;
    waiting = true;
    model.send({ want: "read" }, undefined, [paper.pixels(model.get("ink_side")).buffer]);
  };
  const later = () => { timer ||= setTimeout(send, NB_PAUSE); };
  const ask = (want) => {
    clearTimeout(timer);
    timer = 0;
    changed = false;
    paper.clear();
    model.send({ want });
  };
  const button = (text, want) => {
    const made = nbElement(buttons, "button", "", text);
    made.type = "button";
    made.addEventListener("click", () => ask(want));
  };
  button("Clear", "clear");
  button("Show a test digit", "example");

  const say = () => { // while the pen moves, a screen reader is left in peace
    if (!paper.last) line.textContent = model.get("answer").sentence;
  };
  const update = () => {
    waiting = false;
    if (changed) later();
    const { probs, sentence, label } = model.get("answer");
    nbInk(nbBytes(model.get("seen")), seen);
    if (label !== null && label !== undefined) paper.take(seen);
    bars(probs);
    say();
    paper.canvas.setAttribute("aria-label", `Paper to draw on. ${sentence}`);
    el.dataset.answer = sentence;
  };
  model.on("change:answer", update);
  update();
  return () => { model.off("change:answer", update); clearTimeout(timer); };
}

export default { render };
