// Points to grab on a canvas, with mouse, pen, finger and keys. Like paint.js, on which
// it builds, the live canvas and the pages of the book take it as it is; it knows nothing
// of kernel or page. Its interface:
//
//   const grips = new NbGrips(screen, control, (rows) => ...);
//     `screen` is the NbScreen whose set-up has `grabs[control.name]`; `control` has a
//     name, a label and `grips`, as grips.py writes them. The callback gets the whole new
//     value of the setting, at most once a display frame: the newest wins.
//   stage.before(grips.row)     buttons and a hint, to stand above the picture
//   grips.set(rows, places)     what the painted frame shows: the value of the setting;
//                               places: where all points are, for the kind "Moves"
//   grips.enable(can)          whether anything answers: without, nothing can be grabbed
//   grips.forget()              the next `set` counts, whatever was asked before: to be
//                               called when a reset, a preset or an error comes between
//   grips.close()

const NB_REACH = { mouse: 14, pen: 18, touch: 22 }; // pixels from a point's middle
const NB_FEW = 12; // points that a finger may drag at once; of more it chooses one first
const NB_TAP = 8; // pixels that a finger may slip while it taps

class NbGrips {
  constructor(screen, control, change) {
    Object.assign(this, { screen, change, label: control.label, name: control.name });
    Object.assign(this, control.grips, { axes: screen.grabs[control.name] });
    Object.assign(this, { rows: [], places: [], chosen: 0, colour: 0, held: null });
    this.isDrop = this.kind === "Drops";
    this.build();
    const on = (node, kind, act, options) => {
      node.addEventListener(kind, act, options);
      return () => node.removeEventListener(kind, act, options);
    };
    const { canvas } = screen;
    this.offs = [
      on(canvas, "pointerdown", (event) => this.down(event)),
      on(canvas, "pointermove", (event) => this.move(event)),
      on(canvas, "pointerup", (event) => this.up(event)),
      on(canvas, "pointercancel", () => this.let()),
      on(canvas, "lostpointercapture", () => this.let()),
      // Only a finger on a point keeps the page from scrolling.
      on(canvas, "touchstart", (event) => { if (this.held) event.preventDefault(); },
        { passive: false }),
      on(this.ring, "keydown", (event) => this.key(event)),
    ];
    screen.painters.push(this.draw = this.draw.bind(this));
  }

  build() {
    const make = (tag, className, props = {}) =>
      Object.assign(document.createElement(tag), { className, ...props });
    this.ring = make("button", "nb-grip", { type: "button" });
    this.ring.dataset.lmSuppressShortcuts = "true"; // JupyterLab: these keys are ours
    const frame = make("span", "nb-grip-frame");
    frame.setAttribute("role", "application"); // so that the arrows reach the button
    frame.setAttribute("aria-label", this.label);
    frame.append(this.ring);
    this.screen.canvas.after(frame);
    this.row = make("div", "nb-grips");
    this.row.setAttribute("role", "group");
    this.row.setAttribute("aria-label", this.label);
    const hint = make("span", "nb-hint", { textContent: this.isDrop
      ? "Click on the plane to drop a point, and drag it where you like. Keys: arrows move "
        + "it, Page Up and Page Down choose another, Delete removes it."
      : "Drag any point. Keys: arrows move it, Page Up and Page Down choose another, "
        + "Delete puts it back." });
    this.said = make("span", "nb-unseen");
    this.said.setAttribute("role", "status");
    this.kinds = (this.classes ?? []).map((text, colour) =>
      nbButton(text, "nb-class", () => { this.colour = colour; this.mark(); }));
    this.remove = nbButton(this.isDrop ? "Remove the point" : "Put the point back", "nb-remove",
      () => this.delete());
    this.add = nbButton("Add a point", "nb-add", () => this.drop(this.middle(), true));
    this.row.append(...this.kinds, ...(this.isDrop ? [this.add] : []), this.remove, hint,
      this.said);
    this.mark();
  }

  mark() {
    this.kinds.forEach((button, k) => button.setAttribute("aria-pressed", k === this.colour));
    this.remove.disabled = !this.rows.length;
    this.add.disabled = this.rows.length >= this.most;
  }

  close() {
    this.offs.forEach((off) => off());
  }

  set(rows, places = []) {
    // A frame that lags behind the pointer must not take a point out of its hand.
    this.places = places;
    if (this.asked === undefined || JSON.stringify(rows) === this.asked) {
      this.asked = undefined;
      if (!this.held) this.rows = rows;
    }
    this.draw();
  }

  enable(can) {
    this.isOff = !can;
    this.draw();
  }

  forget() {
    this.asked = undefined;
  }

  points() {
    // Where every point is: [x, y, class or undefined].
    if (this.isDrop) return this.rows;
    const points = this.places.map((place) => [...place]);
    for (const [i, x, y] of this.rows) points[i]?.splice(0, 2, x, y);
    return points;
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

  put(i, place) {
    // Move point i; what does not change is not asked for.
    const [x, y] = place.map((value, k) => this.snap(value, k));
    const rows = this.isDrop ? this.rows.with(i, [x, y, this.rows[i][2]])
      : [...this.rows.filter(([row]) => row !== i), [i, x, y]].sort((a, b) => a[0] - b[0]);
    if (JSON.stringify(rows) !== JSON.stringify(this.rows)) this.ask(rows);
  }

  snap(value, k) {
    const [low, high] = [this.x, this.y][k], { step } = this;
    const steps = Math.min(Math.max(Math.round(value / step), Math.ceil(low / step - 1e-9)),
      Math.floor(high / step + 1e-9));
    return Number((steps * step).toFixed(9));
  }

  drop(place, isByKey) {
    if (this.rows.length >= this.most) {
      this.said.textContent = `There is room for ${this.most} points only.`;
      return false;
    }
    this.chosen = this.rows.length;
    this.ask([...this.rows, [...place.map((v, k) => this.snap(v, k)), this.colour]]);
    if (isByKey) this.ring.focus({ preventScroll: true });
    this.say();
    return true;
  }

  delete() {
    const { chosen } = this;
    this.ask(this.rows.filter(([row], i) => (this.isDrop ? i : row) !== chosen));
    if (this.isDrop) this.chosen = Math.max(0, Math.min(chosen, this.rows.length - 1));
    this.draw();
    this.say(this.isDrop ? "removed; " : "put back; ");
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

  nearest(event) {
    // The point under a pointer, or -1.
    const canvas = this.screen.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - canvas.left, event.clientY - canvas.top];
    const far = this.points().map((point) => {
      const [px, py] = this.onPage(point);
      return Math.hypot(px - x, py - y);
    });
    const least = Math.min(...far);
    return least <= (NB_REACH[event.pointerType] ?? NB_REACH.mouse) ? far.indexOf(least) : -1;
  }

  // Pointers

  down(event) {
    if (event.button !== 0 || this.held || this.isOff || !event.isPrimary) return;
    const isTouch = event.pointerType === "touch", i = this.nearest(event);
    const place = this.numbers(event);
    this.tap = isTouch ? { x: event.clientX, y: event.clientY, i, place } : null;
    const mayHold = !isTouch || this.points().length <= NB_FEW
      || (i === this.chosen && this.isShown());
    if (i >= 0 && mayHold) this.hold(i, event, place);
    else if (i < 0 && this.isDrop && !isTouch && this.isOnPlane(place)) {
      if (this.drop(place)) this.hold(this.chosen, event, place);
    }
  }

  hold(i, event, from) {
    event.preventDefault();
    this.choose(i);
    const [x, y] = this.points()[i];
    this.held = { id: event.pointerId, i, by: [x - from[0], y - from[1]] };
    this.screen.canvas.setPointerCapture?.(event.pointerId);
    this.ring.focus({ preventScroll: true });
    this.tap = null;
    this.draw();
  }

  move(event) {
    if (!this.held) {
      this.screen.canvas.style.cursor = this.isOff || event.pointerType === "touch" ? ""
        : this.nearest(event) >= 0 ? "grab"
          : this.isDrop && this.isOnPlane(this.numbers(event)) ? "crosshair" : "";
      return;
    }
    if (event.pointerId !== this.held.id) return;
    const [x, y] = this.numbers(event), [dx, dy] = this.held.by;
    this.put(this.held.i, [x + dx, y + dy]);
  }

  up(event) {
    const { tap } = this;
    this.let();
    if (!tap || Math.hypot(event.clientX - tap.x, event.clientY - tap.y) > NB_TAP) return;
    if (tap.i >= 0) { this.choose(tap.i); this.ring.focus({ preventScroll: true }); }
    else if (this.isDrop && this.isOnPlane(tap.place)) this.drop(tap.place, true);
  }

  let() {
    this.tap = null;
    if (!this.held) return;
    this.held = null;
    this.draw();
    this.say();
  }

  // Keys

  key(event) {
    const n = this.points().length, { chosen, step } = this;
    if (!n || event.ctrlKey || event.metaKey || event.altKey) return;
    const far = event.shiftKey ? 5 * step : step;
    const by = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, far],
      ArrowDown: [0, -far] }[event.key];
    const next = { PageDown: (chosen + 1) % n, PageUp: (chosen + n - 1) % n, Home: 0,
      End: n - 1 }[event.key];
    const isDelete = event.key === "Delete" || event.key === "Backspace";
    if (!by && next === undefined && !isDelete) return;
    event.preventDefault();
    event.stopPropagation();
    if (by) {
      const [x, y] = this.points()[chosen];
      this.put(chosen, [x + by[0], y + by[1]]);
    }
    if (next !== undefined) this.choose(next);
    if (isDelete) this.delete();
    else this.say();
  }

  choose(i) {
    this.chosen = i;
    this.draw();
  }

  // What is seen and said

  isShown() {
    return this.ring.matches(":focus");
  }

  words() {
    const point = this.points()[this.chosen];
    if (!point) return this.isDrop ? "no point yet" : "nothing to drag here";
    const name = this.names?.[this.chosen] ?? `point ${this.chosen + 1}`;
    const kind = this.isDrop ? `, ${this.classes[point[2]]}` : "";
    const digits = String(this.step).split(".")[1]?.length ?? 0;
    const [x, y] = point.map((v) => v.toFixed(digits).replace("-", "−"));
    return `${name}${kind}, at ${x}, ${y}`;
  }

  say(before = "") {
    this.said.textContent = before + this.words();
  }

  draw() {
    const point = this.points()[this.chosen];
    this.ring.hidden = this.isOff || !point;
    this.row.hidden = this.isOff || (!point && !this.isDrop);
    this.ring.setAttribute("aria-label", this.words());
    this.mark();
    if (!point || !this.screen.zoom) return;
    const { canvas } = this.screen, [x, y] = this.onPage(point);
    this.ring.style.left = `${canvas.offsetLeft + x}px`;
    this.ring.style.top = `${canvas.offsetTop + y}px`;
    this.ring.classList.toggle("nb-held", Boolean(this.held));
  }
}
