// Axes whose limits, ticks, names or titles a frame may change.

class Axis {
  constructor(spec, axes, which) {
    Object.assign(this, spec, { axes, which });
    for (const part of ["grid", "mark", "name", "label"]) this[part] = spec[part] ? axes.partOf(spec[part]) : null;
    this.measure();
  }
  measure() { // value -> share of a power of ten -> pixels, in the order in which matplotlib multiplies
    const { low, length } = this.axes.sides[this.which], [from, to] = this.view.map((value) => this.scaled(value));
    const share = 1 / (to - from);
    this.factor = length * share;
    this.shift = length * (-from * share) + low;
  }
  scaled(value) { return this.isLog ? (value <= 0 ? -1000 : Math.log10(value)) : value; }
  pixel(value) { return this.factor * this.scaled(value) + this.shift; }
  limit(low, high) {
    const [from, to] = high === undefined ? numbers1d(low) : [Number(low), Number(high)];
    if (!Number.isFinite(to - from) || from === to || (this.isLog && !(from > 0 && to > 0)))
      raise("ValueError", `the page cannot draw an axis from ${from} to ${to}`);
    if (from === this.view[0] && to === this.view[1]) return;
    if (this.axes.shown.some((each) => each instanceof Drawn)) raise("ValueError", "the page cannot move all that lies on these axes");
    this.view = [from, to];
    this.measure();
    this.axes.stale = true;
    for (const each of this.axes.shown) each.words = null;
  }
  setTicks(ticks) {
    this.locator = { kind: "fixed", ticks: numbers1d(ticks) };
    this.axes.stale = true;
  }
  ticks() {
    const { kind, ticks } = this.locator;
    const found = kind === "fixed" ? ticks : kind === "log" ? logTicks(this.view, this.locator) : maxNTicks(this.view, this.locator);
    const labels = this.locator.labels ?? (this.isPowers ? powersOfTen(found) : plainLabels(found, this.view));
    const [low, high] = this.view.map((value) => this.scaled(value)).sort((p, q) => p - q), slack = 1e-10 * (high - low);
    return found.map((tick, i) => [tick, labels[i] ?? ""])
      .filter(([tick]) => this.scaled(tick) >= low - slack && this.scaled(tick) <= high + slack);
  }
  write(words) {
    const isX = this.which === "x", ticks = this.isTicked ? this.ticks() : [];
    const edges = [ticks.length ? this.edge : this.bareEdge];
    for (const [tick, label] of ticks) {
      for (const part of [this.grid, this.mark]) if (part) this.writeAt(words, part, tick);
      if (!this.name) continue;
      this.name.changed({ [this.which]: tick, text: label });
      this.name.write(words);
      edges.push(this.name.box()[isX ? 3 : 0]);
    }
    if (!this.label?.isVisible) return;
    const end = isX ? this.axes.figure.size[1] - (Math.max(...edges) + this.pad) : Math.min(...edges) - this.pad;
    this.label.changed({ [isX ? "y" : "x"]: end });
    this.label.write(words);
  }
  writeAt(words, line, tick) {
    const [own, other] = this.which === "x" ? ["xs", "ys"] : ["ys", "xs"];
    line.changed({ [own]: line[other].map(() => tick) });
    line.write(words);
  }
}

class Axes extends Artist {
  constructor(spec, figure) {
    super(spec, null);
    Object.assign(this, { figure, axes: this, isFrame: true, stale: true });
    const [left, low, right, high] = spec.box, height = figure.size[1];
    this.sides = { x: { low: left, length: right - left }, y: { low, length: high - low } };
    this.clipBox = [left, height - high, right - left, high - low].map(px);
    this.x = new Axis(spec.x, this, "x");
    this.y = new Axis(spec.y, this, "y");
    this.shown = spec.artists.map((each) => this.make(each));
    if (spec.fixed) return;
    [this.titles, this.frame] = [spec.titles, spec.over].map((parts) => parts.map((each) => this.partOf(each)));
    this.legend = spec.legend ? this.partOf(spec.legend) : null;
  }
  make(spec) {
    return this.figure.known(spec, new KINDS[spec.kind](spec, this));
  }
  partOf(spec) { return Object.assign(this.make(spec), { isFrame: true }); }
  place([across, up, right, above], x, y) { // frames: d, of the data; a, of the axes; p, pixels
    const at = (frame, axis, value, { low, length }) => (frame === "d" ? axis.pixel(value) : frame === "a" ? low + length * value : value);
    return [at(across, this.x, x, this.sides.x) + right, this.figure.size[1] - (at(up, this.y, y, this.sides.y) + above)];
  }
  still() { // the words under the data and those over it
    if (this.stale || !this.kept) this.kept = this.fixed ? this.fixed.map((words) => Int16Array.from(words)) : [this.wordsUnder(), this.wordsOver()];
    this.stale = false;
    return this.kept;
  }
  wordsUnder() {
    const words = new Words();
    if (!this.isVisible) return words.take();
    if (this.isFramed) for (const axis of [this.x, this.y]) axis.write(words);
    for (const each of this.titles) if (each.isVisible) each.write(words);
    return words.take();
  }
  wordsOver() {
    const isShown = (each) => each.isVisible && (this.legend?.isVisible || !each.isLegend);
    return joinedWords(this.isVisible ? this.frame.filter(isShown).map((each) => each.drawn()) : []);
  }
  set_xlim(low, high) { this.x.limit(low, high); }
  set_ylim(low, high) { this.y.limit(low, high); }
  get_xlim() { return tuple(this.x.view); }
  get_ylim() { return tuple(this.y.view); }
  set_xlabel(text) { this.x.label.set_text(text); }
  set_ylabel(text) { this.y.label.set_text(text); }
  set_xticks(ticks) { this.x.setTicks(ticks); }
  set_yticks(ticks) { this.y.setTicks(ticks); }
  set_title(text) { this.titles.find((each) => each.isTitle).set_text(text); }
  get_legend() { return this.legend; }
  get lines() { return this.shown.filter((each) => each instanceof Line); }
  get texts() { return this.shown.filter((each) => each instanceof Writing); }
  get patches() { return this.shown.filter((each) => each instanceof Area); }
}
