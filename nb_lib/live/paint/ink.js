// A pen on a canvas: strokes with mouse, pen, finger or keys. held.js, before it, has the
// interface. A row is (x, y, stroke); rows of one stroke are joined.

const NB_STRIDE = 8; // steps of the pen at one arrow key
const NB_APART = 4; // steps from one place of a stroke to the next, at least

class NbInk extends NbHeld {
  constructor(screen, control, change) {
    super(screen, control, change);
    this.pen = this.middle();
    this.clear = nbButton("Clear", "nb-clear", () => this.ask([]));
    this.undo = nbButton("Undo the stroke", "nb-undo", () => this.unstroke());
    const hint = "Draw on the paper. Keys: arrows move the pen, the space bar puts it down or "
      + "lifts it, Delete takes the last stroke away.";
    this.begin({ hint, finger: "Draw on the paper." }, [this.clear, this.undo]);
    this.mark();
  }

  mark() {
    this.clear.disabled = this.undo.disabled = !this.rows.length;
  }

  get stroke() {
    return this.rows.at(-1)?.[2] ?? -1;
  }

  dot(place, isNew) {
    // Take the pen there; what it does not move on the paper is not asked for.
    this.pen = place.map((value, k) => this.snap(value, k));
    const [x, y, stroke] = this.rows.at(-1) ?? [];
    const isFar = isNew || Math.hypot(this.pen[0] - x, this.pen[1] - y) >= NB_APART * this.step;
    if (isFar && this.rows.length < this.most) {
      this.ask([...this.rows, [...this.pen, isNew ? this.stroke + 1 : stroke]]);
    }
    if (this.rows.length >= this.most) this.said.textContent = "There is no more ink.";
    this.draw();
  }

  unstroke() {
    this.isDown = false;
    this.ask(this.rows.filter(([, , stroke]) => stroke !== this.stroke));
    this.say("stroke taken away; ");
  }

  down(event) {
    const place = this.numbers(event);
    if (!this.isOnPlane(place)) return;
    this.held = { id: event.pointerId };
    this.isDown = false;
    this.take(event);
    this.dot(place, true);
  }

  move(event) {
    if (!this.held) {
      const isOver = !this.isOff && this.isOnPlane(this.numbers(event));
      this.screen.canvas.style.cursor = isOver ? "crosshair" : "";
      return;
    }
    if (event.pointerId !== this.held.id) return;
    const steps = event.getCoalescedEvents?.() ?? [];
    for (const step of steps.length ? steps : [event]) this.dot(this.numbers(step));
  }

  up() {
    this.let();
  }

  let() {
    if (!this.held) return;
    this.held = null;
    this.draw();
  }

  key(event) {
    const far = (event.shiftKey ? 2.5 : 1) * NB_STRIDE * this.step;
    const by = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, far],
      ArrowDown: [0, -far] }[event.key];
    if (by) {
      const place = [this.pen[0] + by[0], this.pen[1] + by[1]];
      if (this.isDown) this.dot(place);
      else this.pen = place.map((value, k) => this.snap(value, k));
    } else if (event.key === " " || event.key === "Enter") {
      this.isDown = !this.isDown;
      if (this.isDown) this.dot(this.pen, true);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.unstroke();
      return true;
    } else return false;
    this.draw();
    this.say();
    return true;
  }

  ringAt() {
    return this.pen;
  }

  words() {
    const [x, y] = this.pen.map((value) => this.number(value));
    return `pen ${this.isDown ? "down" : "up"}, at ${x}, ${y}`;
  }
}

function nbGrips(screen, control, change) {
  const Kind = control.grips.kind === "Ink" ? NbInk : NbGrips;
  return new Kind(screen, control, change);
}
