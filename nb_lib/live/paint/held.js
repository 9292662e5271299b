// What a reader holds on a canvas, points or a pen: where it is, and what is asked for it.
// Like paint.js, on which it builds, the live canvas and the pages of the book take it as
// it is; it knows nothing of kernel or page. The interface of grab.js and ink.js:
//
//   const grips = nbGrips(screen, control, (rows) => ...);
//     `screen` is the NbScreen whose set-up has `grabs[control.name]`; `control` has a
//     name, a label and `grips`, as grips.py writes them. The callback gets the whole new
//     value of the setting, at most once a display frame: the newest wins.
//   stage.before(grips.row)     buttons and a hint, to stand above the picture
//   grips.set(rows, places)     what the painted frame shows: the value of the setting;
//                               places: where all points are, for the kind "Moves"
//   grips.enable(can)           whether anything answers: without, nothing can be grabbed
//   grips.forget()              the next `set` counts, whatever was asked before: to be
//                               called when a reset, a preset or an error comes between
//   grips.close()

class NbHeld {
  // What both kinds share. A kind has `hint`, the `tools` of its row, what pointers and
  // keys do (down, move, up, let, key), and `ringAt()` and `words()` for its handle.
  constructor(screen, control, change) {
    Object.assign(this, { screen, change, label: control.label, name: control.name });
    Object.assign(this, control.grips, { axes: screen.grabs[control.name] });
    Object.assign(this, { rows: [], places: [], held: null });
  }

  begin({ hint, finger }, tools) {
    // A finger is told what it does, and of no keys.
    const told = matchMedia("(pointer: coarse)").matches ? finger : hint;
    const make = (tag, className, props = {}) =>
      Object.assign(document.createElement(tag), { className, ...props });
    this.ring = make("button", "nb-grip", { type: "button" });
    this.ring.dataset.lmSuppressShortcuts = "true"; // JupyterLab: these keys are ours
    const frame = make("span", "nb-grip-frame");
    frame.setAttribute("role", "application"); // so that the arrows reach the button
    frame.setAttribute("aria-label", this.label);
    frame.append(this.ring);
    this.screen.canvas.after(frame);
    this.said = make("span", "nb-unseen");
    this.said.setAttribute("role", "status");
    this.row = make("div", "nb-grips");
    this.row.setAttribute("role", "group");
    this.row.setAttribute("aria-label", this.label);
    this.tools = make("span", "nb-tools"); // on a phone one strip, the hint under it
    this.tools.append(...tools);
    this.row.append(this.tools, make("span", "nb-hint", { textContent: told }), this.said);
    this.listen();
    this.draw = this.draw.bind(this);
    this.screen.painters.push(this.draw);
  }

  listen() {
    const { canvas } = this.screen, gone = new AbortController(), { signal } = gone;
    const on = (node, kind, act) => node.addEventListener(kind, act, { signal, passive: false });
    on(canvas, "pointerdown", (event) => {
      if (event.button === 0 && !this.held && !this.isOff && event.isPrimary) this.down(event);
    });
    on(canvas, "pointermove", (event) => this.move(event));
    on(canvas, "pointerup", (event) => this.up(event));
    on(canvas, "pointercancel", () => this.let());
    on(canvas, "lostpointercapture", () => this.let());
    // Only a finger that holds something keeps the page from scrolling.
    on(canvas, "touchstart", (event) => { if (this.held) event.preventDefault(); });
    // The mouse events that follow a tap would take the focus from what it has chosen.
    on(canvas, "touchend", (event) => { if (this.isTapped) event.preventDefault(); });
    on(this.ring, "keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !this.key(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.close = () => gone.abort();
  }

  take(event) {
    // Let nothing but this pointer move what is held, until it is let go.
    event.preventDefault();
    this.screen.canvas.setPointerCapture?.(event.pointerId);
    this.ring.focus({ preventScroll: true });
  }

  // What is asked for

  set(rows, places) {
    // A frame that lags behind the pointer must not take a point out of its hand.
    this.isPlaced = places !== undefined;
    this.places = places ?? [];
    if (this.asked === undefined || JSON.stringify(rows) === this.asked) {
      this.asked = undefined;
      if (!this.held) this.rows = rows;
    }
    this.draw();
  }

  ask(rows) {
    this.rows = rows;
    this.asked = JSON.stringify(rows);
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = undefined;
      this.change(this.rows);
    });
    this.draw();
  }

  enable(can) {
    this.isOff = !can;
    this.draw();
  }

  forget() {
    this.asked = undefined;
  }

  snap(value, k) {
    const [low, high] = [this.x, this.y][k], { step } = this;
    const steps = Math.min(Math.max(Math.round(value / step), Math.ceil(low / step - 1e-9)),
      Math.floor(high / step + 1e-9));
    return Number((steps * step).toFixed(9));
  }

  middle() {
    return [this.x, this.y].map(([low, high]) => (low + high) / 2);
  }

  // From numbers to the page and back: a narrow page shows the panels in rows.

  onPage([x, y]) {
    const { box: [left, top, right, bottom], x: across, y: up } = this.axes;
    const at = left + (right - left) * (x - across[0]) / (across[1] - across[0]);
    const down = bottom - (bottom - top) * (y - up[0]) / (up[1] - up[0]);
    return this.screen.toPage(at, down, (left + right) / 2);
  }

  numbers(event) {
    const { box: [left, top, right, bottom], x: across, y: up } = this.axes;
    const canvas = this.screen.canvas.getBoundingClientRect();
    const [at, down] = this.screen.fromPage(event.clientX - canvas.left,
      event.clientY - canvas.top, (left + right) / 2);
    return [across[0] + (across[1] - across[0]) * (at - left) / (right - left),
      up[0] + (up[1] - up[0]) * (bottom - down) / (bottom - top)];
  }

  isOnPlane(place) {
    return place.every((v, k) => v >= [this.x, this.y][k][0] && v <= [this.x, this.y][k][1]);
  }

  // What is seen and said

  number(value) {
    const digits = String(this.step).split(".")[1]?.length ?? 0;
    return value.toFixed(digits).replace("-", "−");
  }

  say(before = "") {
    this.said.textContent = before + this.words();
  }

  draw() {
    const at = this.ringAt();
    this.ring.hidden = this.isOff || !at;
    this.row.hidden = this.isOff || (!at && this.kind === "Moves" && this.places.length === 0
      && this.isPlaced); // nothing to drag, as far as is known
    this.ring.setAttribute("aria-label", this.words());
    this.mark();
    if (!at || !this.screen.rows) return;
    const { canvas } = this.screen, [x, y] = this.onPage(at);
    this.ring.style.left = `${canvas.offsetLeft + x}px`;
    this.ring.style.top = `${canvas.offsetTop + y}px`;
    this.ring.classList.toggle("nb-held", Boolean(this.held));
  }
}
