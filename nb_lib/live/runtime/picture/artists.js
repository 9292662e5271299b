// Artists that a frame may change, as stand-ins of matplotlib's; each writes its own words.

class Artist {
  constructor(spec, axes) {
    Object.assign(this, spec, { axes, words: null });
    this.boxOfClip = spec.isClipped ? axes.clipBox : null;
  }
  set_visible(value) {
    this.isVisible = truth(value);
    if (this.isFrame) this.axes.stale = true;
  }
  get_visible() { return this.isVisible; }
  set_gid(value) { this.gid = value; }
  get_gid() { return this.gid ?? null; }
  changed(values) {
    Object.assign(this, values, { words: null });
    if (this.isFrame) this.axes.stale = true;
  }
  place(x, y) { return this.axes.place(this.frame, x, y); }
  drawn() { // its words, kept until something changes
    if (this.words === null) {
      const words = new Words();
      this.write(words);
      this.words = words.take();
    }
    return this.words;
  }
}
Artist.prototype.set = Object.assign(function set(...given) { // artist.set(name=value, …)
  for (const [name, value] of Object.entries(parted(given)[1])) {
    if (!this[`set_${name}`]) raise("AttributeError", `the page cannot set ${name}`);
    this[`set_${name}`](value);
  }
  return null;
}, { withNamed: true });

class Drawn extends Artist { // what no frame changes: its words as they were
  write(words) { words.putBytes(Int16Array.from(this.fixed)); }
}

const numbers1d = (values) => (isNumber(values) ? [Number(values)] : Array.from(values instanceof NDArray ? flatOf(values) : listed(values), Number));
const gaps = (values) => values.map((value) => value ?? NaN); // which JSON cannot write
const NOTHING = [0, 0, 0, 0];
const withoutEdge = (bytes) => bytes[3] === 0;

class Line extends Artist {
  constructor(spec, axes) {
    super({ ...spec, xs: gaps(spec.xs), ys: gaps(spec.ys) }, axes);
  }
  set_data(x, y) {
    const [xs, ys] = [numbers1d(x), numbers1d(y)];
    if (xs.length !== ys.length) raise("ValueError", `x has ${xs.length} values, y has ${ys.length}`);
    this.changed({ xs, ys });
  }
  set_xdata(x) { this.set_data(x, this.ys); }
  set_ydata(y) { this.set_data(this.xs, y); }
  set_color(colour) { this.changed({ colour: rgba(colour, this.alpha) }); }
  set_markerfacecolor(colour) { this.changed({ face: rgba(colour, this.alpha) }); }
  set_linewidth(points) { this.changed({ lineWidth: points }); }
  set_marker(marker) { this.changed({ marker: marker === "" ? "None" : marker }); }
  set_markersize(points) { this.changed({ markerSize: points }); }
  points() {
    const points = new Float64Array(2 * this.xs.length);
    this.xs.forEach((x, i) => { [points[2 * i], points[2 * i + 1]] = this.place(x, this.ys[i]); });
    return points;
  }
  write(words) {
    const points = this.points();
    if (this.isLined) this.writeLine(words, points);
    if (this.marker !== "None" && this.markerSize > 0) this.writeMarkers(words, points);
  }
  writeLine(words, points) {
    const { size, dpi } = this.axes.figure, width = (this.lineWidth * dpi) / 72;
    if (width === 0 || withoutEdge(this.colour)) return;
    const paths = pathWords(points, { width, size });
    if (paths[0] === 0) return;
    words.clip(this.boxOfClip);
    const dashes = this.dashes.map((each) => px(each * width));
    words.put(LINE, ...twoWords(this.colour), roundedToEven(width * PER_PIXEL), dashes.length, ...dashes);
    words.putAll(paths);
  }
  writeMarkers(words, points) {
    const name = `${this.marker} ${this.markerSize} ${this.edgeWidth}`, marker = this.axes.figure.markers[name];
    if (!marker) raise("ValueError", `the page has no marker ${name}`);
    const { paths, isSnapped, hasFace } = marker, shown = [];
    const count = this.isFirstOnly ? 2 : points.length, at = isSnapped ? (value) => px(Math.floor(value + 0.5)) : px;
    for (let i = 0; i < count; i += 2)
      if (Number.isFinite(points[i]) && Number.isFinite(points[i + 1])) shown.push(at(points[i]), at(points[i + 1]));
    if (!shown.length) return;
    const face = hasFace ? this.face ?? this.colour : NOTHING, edge = this.edge ?? this.colour;
    const width = withoutEdge(edge) ? 0 : (this.edgeWidth * this.axes.figure.dpi) / 72;
    words.clip(this.boxOfClip);
    words.put(MARKERS, ...twoWords(face[3] ? face : null), ...twoWords(width ? edge : null), roundedToEven(width * PER_PIXEL));
    words.put(...paths, shown.length / 2);
    words.putAll(shown);
  }
}

class Writing extends Artist { // matplotlib's Text
  set_text(text) {
    const wanted = str(text);
    if (wanted !== this.text) this.changed({ text: wanted });
  }
  get_text() { return this.text; }
  set_position(place) { const [x, y] = numbers1d(place); this.changed({ x, y }); }
  set_x(x) { this.changed({ x: Number(x) }); }
  set_y(y) { this.changed({ y: Number(y) }); }
  set_color(colour) { this.changed({ colour: rgba(colour, this.alpha) }); }
  set_ha(ha) { this.changed({ look: { ...this.look, ha } }); }
  box() { // in pixels: left, right, top, bottom
    const [x, y] = this.place(this.x, this.y);
    if (this.text === "") return [x, x, y, y];
    const [left, right, low, high] = layout(this.text, this.look).box;
    return [x + left, x + right, y - high, y - low];
  }
  write(words) {
    const clip = this.boxOfClip;
    writeText(words, this.text, { ...this.look, clip }, this.place(this.x, this.y), this.colour);
  }
}

class Area extends Artist { // a closed outline, filled or not: matplotlib's Polygon
  constructor(spec, axes) { super({ isClosed: true, ...spec, corners: spec.corners?.map(gaps) }, axes); }
  set_xy(corners) {
    const all = listed(corners).map((each) => numbers1d(each)), last = all.at(-1);
    const isShut = all.length > 0 && all[0].every((value, k) => value === last[k]);
    this.changed({ corners: isShut ? all.slice(0, -1) : all });
  }
  get_xy() { return np.array([...this.corners, this.corners[0]]); }
  set_facecolor(colour) { this.changed({ face: this.isFilled ? rgba(colour, this.alpha) : NOTHING }); }
  set_edgecolor(colour) { this.changed({ edge: rgba(colour, this.alpha) }); }
  set_ec(colour) { this.set_edgecolor(colour); }
  set_linewidth(points) { this.changed({ lineWidth: points }); }
  outline() { return [this.corners]; }
  write(words) {
    const { size, dpi } = this.axes.figure, { face, edge } = this, hasFace = face[3] > 0;
    const width = withoutEdge(edge) ? 0 : (this.lineWidth * dpi) / 72;
    if (!hasFace && !width) return;
    const points = this.outline().flatMap((part) => [...part.flatMap(([x, y]) => this.place(x, y)), NaN, NaN]);
    const paths = pathWords(points, { width, size, isFilled: hasFace, isClosed: this.isClosed });
    if (paths[0] === 0) return;
    words.clip(this.boxOfClip);
    const dashes = this.dashes.map((each) => px(each * width)), thick = roundedToEven(width * PER_PIXEL);
    const solid = width && !dashes.length ? edge : null;
    if (hasFace) { words.put(FILL, ...twoWords(face), ...twoWords(solid), thick); words.putAll(paths); }
    if (width && (!hasFace || dashes.length)) {
      words.put(LINE, ...twoWords(edge), thick, dashes.length, ...dashes);
      words.putAll(paths);
    }
  }
}

class Bar extends Area { // matplotlib's Rectangle
  set_x(x) { this.changed({ x: Number(x) }); }
  set_y(y) { this.changed({ y: Number(y) }); }
  set_xy(place) { const [x, y] = numbers1d(place); this.changed({ x, y }); }
  set_width(width) { this.changed({ width: Number(width) }); }
  set_height(height) { this.changed({ height: Number(height) }); }
  outline() {
    const { x, y, width, height } = this;
    return [[[x, y], [x + width, y], [x + width, y + height], [x, y + height]]];
  }
}

class Stairs extends Area { // matplotlib's StepPatch over one base
  constructor(spec, axes) { super({ isClosed: false, ...spec, values: gaps(spec.values) }, axes); }
  set_data(values, edges) {
    this.changed({ values: numbers1d(values), edges: edges == null ? this.edges : numbers1d(edges) });
  }
  outline() {
    const parts = [];
    let part = null;
    this.values.forEach((value, i) => {
      if (value !== value) { part = null; return; }
      if (!part) parts.push((part = [[this.edges[i], this.base]]));
      part.push([this.edges[i], value], [this.edges[i + 1], value]);
    });
    for (const each of parts) each.push([each.at(-1)[0], this.base]);
    return parts;
  }
}

const LEVELS = 64; // colours of an image of numbers
class Picture extends Artist { // matplotlib's AxesImage of numbers
  set_data(array) { this.changed({ array: asarray(array) }); }
  set_clim(low, high) { this.changed({ low: Number(low), high: Number(high) }); }
  write(words) {
    if (!this.array && this.value === null) raise("ValueError", "the page knows no image before a frame");
    const array = this.array ?? np.full(tuple(this.shape), this.value), [rows, columns] = array.sizes;
    if (array.sizes.length !== 2) raise("ValueError", "the page draws images of numbers only");
    const [x0, x1, first, last] = this.corners;
    words.clip(this.boxOfClip);
    words.put(IMAGE, ...[...this.place(x0, first), ...this.place(x1, last)].map(px));
    words.put(columns, rows, Number(this.isSmooth), LEVELS + 1);
    words.putAll(this.axes.figure.tables[this.table]);
    words.putBytes(this.levels(flatOf(array), array.kind === "float32"));
  }
  levels(values, isSingle) { // two bytes to a word
    const { low, high } = this, bytes = new Uint8Array(values.length + (values.length % 2));
    const store = isSingle ? Math.fround : (value) => value, span = store(high) - store(low);
    for (let i = 0; i < values.length; i++) {
      const share = span === 0 ? 0 : store(store(values[i] - store(low)) / span), level = roundedToEven(store(share * (LEVELS - 1)));
      bytes[i] = level !== level ? LEVELS : Math.max(0, Math.min(LEVELS - 1, level));
    }
    return new Int16Array(bytes.buffer);
  }
}

const KINDS = { Artist, Drawn, Line, Writing, Area, Bar, Stairs, Picture };
