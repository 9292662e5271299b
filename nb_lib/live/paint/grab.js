// Points to grab on a canvas, with mouse, pen, finger and keys: points of the picture's
// own, which are moved, or the reader's, which are dropped and deleted as well. held.js,
// before it, has the interface.

const NB_REACH = { mouse: 14, pen: 18, touch: 22 }; // pixels from a point's middle
const NB_FEW = 12; // points that a finger may drag at once; of more it chooses one first
const NB_TAP = 8; // pixels that a finger may slip while it taps

class NbGrips extends NbHeld {
  constructor(screen, control, change) {
    super(screen, control, change);
    Object.assign(this, { chosen: 0, colour: 0, isDrop: this.kind === "Drops" });
    this.kinds = (this.classes ?? []).map((text, colour) =>
      nbButton(text, "nb-class", () => { this.colour = colour; this.mark(); }));
    this.remove = nbButton(this.isDrop ? "Remove the point" : "Put the point back", "nb-remove",
      () => this.delete());
    this.add = nbButton("Add a point", "nb-add", () => this.drop(this.middle(), true));
    const hint = this.isDrop
      ? "Click on the plane to drop a point, and drag it where you like. Keys: arrows move "
        + "it, Page Up and Page Down choose another, Delete removes it."
      : "Drag any point. Keys: arrows move it, Page Up and Page Down choose another, "
        + "Delete puts it back.";
    const finger = this.isDrop ? "Tap the plane to drop a point, a point to drag it."
      : "Tap a point, then drag it.";
    this.begin({ hint, finger },
      [...this.kinds, ...(this.isDrop ? [this.add] : []), this.remove]);
    this.mark();
  }

  mark() {
    this.kinds.forEach((button, k) => button.setAttribute("aria-pressed", k === this.colour));
    this.remove.disabled = !this.rows.length;
    this.add.disabled = this.rows.length >= this.most;
  }

  points() {
    // Where every point is: [x, y, class or undefined].
    if (this.isDrop) return this.rows;
    const points = this.places.map((place) => [...place]);
    for (const [i, x, y] of this.rows) points[i]?.splice(0, 2, x, y);
    return points;
  }

  put(i, place) {
    // Move point i; what does not change is not asked for.
    const [x, y] = place.map((value, k) => this.snap(value, k));
    const rows = this.isDrop ? this.rows.with(i, [x, y, this.rows[i][2]])
      : [...this.rows.filter(([row]) => row !== i), [i, x, y]].sort((a, b) => a[0] - b[0]);
    if (JSON.stringify(rows) !== JSON.stringify(this.rows)) this.ask(rows);
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

  down(event) {
    const isTouch = event.pointerType === "touch", i = this.nearest(event);
    const place = this.numbers(event);
    this.isTapped = false;
    this.tap = isTouch ? { x: event.clientX, y: event.clientY, i, place } : null;
    const mayHold = !isTouch || this.points().length <= NB_FEW
      || (i === this.chosen && this.isShown());
    if (i >= 0 && mayHold) this.hold(i, event, place);
    else if (i < 0 && this.isDrop && !isTouch && this.isOnPlane(place)) {
      if (this.drop(place)) this.hold(this.chosen, event, place);
    }
  }

  hold(i, event, from) {
    this.choose(i);
    const [x, y] = this.points()[i];
    this.held = { id: event.pointerId, i, by: [x - from[0], y - from[1]] };
    this.take(event);
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
    this.isTapped = tap.i >= 0 || (this.isDrop && this.isOnPlane(tap.place));
    if (tap.i >= 0) { this.choose(tap.i); this.ring.focus({ preventScroll: true }); }
    else if (this.isTapped) this.drop(tap.place, true);
  }

  let() {
    this.tap = null;
    if (!this.held) return;
    this.held = null;
    this.draw();
    this.say();
  }

  key(event) {
    const n = this.points().length, { chosen, step } = this;
    if (!n) return false;
    const far = event.shiftKey ? 5 * step : step;
    const by = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, far],
      ArrowDown: [0, -far] }[event.key];
    const next = { PageDown: (chosen + 1) % n, PageUp: (chosen + n - 1) % n, Home: 0,
      End: n - 1 }[event.key];
    if (event.key === "Delete" || event.key === "Backspace") this.delete();
    else if (by) {
      const [x, y] = this.points()[chosen];
      this.put(chosen, [x + by[0], y + by[1]]);
      this.say();
    } else if (next !== undefined) {
      this.choose(next);
      this.say();
    } else return false;
    return true;
  }

  choose(i) {
    this.chosen = i;
    this.draw();
  }

  isShown() {
    return this.ring.matches(":focus");
  }

  ringAt() {
    return this.points()[this.chosen];
  }

  words() {
    const point = this.ringAt();
    if (!point) return this.isDrop ? "no point yet" : "nothing to drag here";
    const name = this.names?.[this.chosen] ?? `point ${this.chosen + 1}`;
    const kind = this.isDrop ? `, ${this.classes[point[2]]}` : "";
    return `${name}${kind}, at ${this.number(point[0])}, ${this.number(point[1])}`;
  }
}
