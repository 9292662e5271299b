// Arrays with strides, as NumPy has them: views share the data of what they look at.

function product(sizes) {
  let n = 1;
  for (let i = 0; i < sizes.length; i++) n *= sizes[i];
  return n;
}

function rowStrides(shape) {
  const strides = new Array(shape.length);
  for (let i = shape.length - 1, n = 1; i >= 0; n *= shape[i--]) strides[i] = n;
  return strides;
}

class NDArray {
  constructor(data, shape, dtype, strides, offset = 0) {
    this.data = data;
    this.sizes = shape; // shared by arrays of one shape: never changed
    this.kind = dtype;
    this.strides = strides ?? rowStrides(shape);
    this.offset = offset;
    this.size = product(shape);
    this.isPassing = false; // nobody will ask for it again: see passing.js
    this.isWhole = strides === undefined || liesInOrder(shape, strides); // its elements lie one after the other
  }
  get shape() { return tuple(this.sizes); }
  get ndim() { return this.sizes.length; }
  get dtype() { return new DType(this.kind); }
  get T() {
    if (this.sizes.length !== 2) return this.transpose();
    const [n, m] = this.sizes, [s, t] = this.strides;
    return viewed(this, [m, n], [t, s]);
  }
  get flat() { return this.ravel(); }
  *[Symbol.iterator]() {
    if (!this.ndim) raise("TypeError", "iteration over a 0-d array");
    for (let i = 0; i < this.sizes[0]; i++) yield getItem(this, i);
  }
  copy() {
    const flat = flatOf(this);
    return new NDArray(flat.buffer === this.data.buffer ? flat.slice() : flat, this.sizes, this.kind);
  }
  ravel() { return new NDArray(flatOf(this), [this.size], this.kind); }
  flatten() { return this.copy().ravel(); }
  item() {
    if (this.size !== 1) raise("ValueError", "can only convert an array of size 1 to a Python scalar");
    return scalarOf(this.kind, flatOf(this)[0]);
  }
  tolist() {
    if (!this.ndim) return this.item();
    if (this.ndim > 1) return [...this].map((row) => row.tolist());
    return Array.from(flatOf(this), (value) => scalarOf(this.kind, value));
  }
  astype(dtype) {
    const kind = dtypeOf(dtype), out = roomFor(this.sizes, kind, NOBODY);
    if (this.isWhole && (kind === this.kind || RANK[kind] >= 2)) out.data.set(flatOf(this));
    else put(out, this);
    passed(this);
    latest = out;
    return out;
  }
  reshape(...shape) {
    return new NDArray(flatOf(this), fitted(this.size, shapeOf(shape.length === 1 ? shape[0] : shape)), this.kind);
  }
  transpose(...axes) {
    const order = !axes.length ? this.sizes.map((_, i) => this.ndim - 1 - i)
      : (isList(axes[0]) ? [...axes[0]] : axes).map((axis) => axisOf(axis, this.ndim));
    if (new Set(order).size !== this.ndim) raise("ValueError", "axes don't match array");
    return viewed(this, order.map((i) => this.sizes[i]), order.map((i) => this.strides[i]));
  }
  swapaxes(a, b) {
    const order = this.sizes.map((_, i) => i), [p, q] = [axisOf(a, this.ndim), axisOf(b, this.ndim)];
    [order[p], order[q]] = [q, p];
    return this.transpose(order);
  }
  squeeze(axis = null) {
    const axes = axis === null ? null : axesOf(axis, this.ndim);
    const kept = this.sizes.map((_, i) => i).filter((i) => (axes ? !axes.includes(i) : this.sizes[i] !== 1));
    if (axes?.some((i) => this.sizes[i] !== 1))
      raise("ValueError", "cannot select an axis to squeeze out which has size not equal to one");
    return viewed(this, kept.map((i) => this.sizes[i]), kept.map((i) => this.strides[i]));
  }
}

const empty = (shape, kind) => new NDArray(new STORE[kind](product(shape)), shape, kind);
const viewed = (a, shape, strides, offset = a.offset) => new NDArray(a.data, shape, a.kind, strides, offset);
const scalarOf = (kind, value) => (kind === "bool" ? Boolean(value) : value);
const bare = (a) => (a.ndim ? a : a.item()); // NumPy gives numbers, not arrays without axes

function shapeOf(shape) {
  const sizes = isNumber(shape) ? [shape] : shape instanceof NDArray ? shape.tolist() : [...shape];
  if (sizes.some((n) => !Number.isInteger(n))) raise("TypeError", `a shape has whole numbers, got ${sizes}`);
  return sizes;
}

function fitted(size, shape) { // a shape with -1 filled in
  const open = shape.indexOf(-1), known = product(shape.filter((n) => n !== -1));
  const full = shape.map((n, i) => (i === open ? size / known : n));
  if (product(full) !== size || full.some((n) => !Number.isInteger(n) || n < 0))
    raise("ValueError", `cannot reshape array of size ${size} into shape (${shape})`);
  return full;
}

function axisOf(axis, ndim) {
  if (!Number.isInteger(axis)) raise("TypeError", `an axis is a whole number, got ${axis}`);
  if (axis < -ndim || axis >= ndim)
    raise("AxisError", `axis ${axis} is out of bounds for array of dimension ${ndim}`);
  return axis < 0 ? axis + ndim : axis;
}

function axesOf(axis, ndim) {
  const axes = (isList(axis) ? [...axis] : [axis]).map((each) => axisOf(each, ndim));
  if (new Set(axes).size !== axes.length) raise("ValueError", "duplicate value in 'axis'");
  return axes;
}

function flatOf(a) { // the elements in order: the data itself where that is possible
  if (a.isWhole || !a.size)
    return a.offset || a.data.length !== a.size ? a.data.subarray(a.offset, a.offset + a.size) : a.data;
  const out = new STORE[a.kind](a.size), { data } = a;
  let at = 0;
  eachRun(a.sizes, a, a, a, (n, i, s) => {
    for (let m = 0; m < n; m++, i += s) out[at++] = data[i];
  });
  return out;
}

function put(target, source) { // write what may be broadcast, turned into the target's kind
  const { kind } = target, T = target.data, S = source.data, isWide = source.kind === kind || RANK[kind] >= 2;
  const turned = kind === "bool" ? (value) => Number(value !== 0) : wholePart;
  const whence = broadcastTo(source, target.sizes);
  eachRun(target.sizes, target, whence, whence, (n, t, dt, s, ds) => {
    if (!isWide) for (let m = 0; m < n; m++) T[t + m * dt] = turned(S[s + m * ds]);
    else if (dt === 1 && ds === 0) T.fill(S[s], t, t + n);
    else for (let m = 0; m < n; m++) T[t + m * dt] = S[s + m * ds];
  });
}

function wholePart(value) {
  if (!Number.isFinite(value)) raise("ValueError", `the page cannot turn ${value} into a whole number`);
  return whole(Math.trunc(value));
}

function asarray(value, dtype = null) {
  if (dtype === null && value instanceof NDArray) return value;
  const array = value instanceof NDArray ? value : isNumber(value) ? filled([], kindOf(value), value) : nested(value);
  return dtype === null || dtypeOf(dtype) === array.kind ? array : array.astype(dtype);
}

function filled(shape, kind, value) {
  const out = roomFor(shape, kind, NOBODY);
  out.data.fill(value);
  latest = out;
  return out;
}

function nested(value) { // lists of lists of numbers or arrays
  if (value?.length >= 0 && value[Symbol.iterator] && !isList(value) && typeof value !== "string") return nested([...value]);
  if (!isList(value)) raise("TypeError", `the page makes no array of ${typeof value}`);
  if (!value.length) return empty([0], "float64");
  const rows = value.map((each) => asarray(each)), [first] = rows;
  if (rows.some((row) => String(row.sizes) !== String(first.sizes)))
    raise("ValueError", "setting an array element with a sequence: the rows differ in shape");
  const kind = rows.map((row) => row.kind).reduce(joined);
  const out = empty([rows.length, ...first.sizes], kind);
  rows.forEach((row, i) => put(viewed(out, first.sizes, out.strides.slice(1), i * first.size), row));
  return out;
}
