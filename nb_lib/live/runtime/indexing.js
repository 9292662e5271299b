// a[key] and a[key] = value: whole numbers, slices, None, ..., truth values, whole arrays.

class Slice {
  constructor(start = null, stop = null, step = null) {
    Object.assign(this, { start, stop, step });
  }
  over(n) { // [first, count, step], as Python counts
    const step = this.step ?? 1, clamp = (at, low, high) => Math.min(Math.max(at, low), high);
    if (step === 0) raise("ValueError", "slice step cannot be zero");
    const place = (at) => (at < 0 ? at + n : at);
    const [low, high] = step > 0 ? [0, n] : [-1, n - 1];
    const first = this.start === null ? (step > 0 ? 0 : n - 1) : clamp(place(this.start), low, high);
    const end = this.stop === null ? (step > 0 ? n : -1) : clamp(place(this.stop), low, high);
    return [first, Math.max(0, Math.ceil((end - first) / step)), step];
  }
}
const ELLIPSIS = Symbol("...");
const isArrayKey = (key) => key instanceof NDArray || (isList(key) && !(key instanceof Tuple));

function keysOf(key, a) { // one key for each axis, None apart
  const given = key instanceof Tuple ? [...key] : [key];
  const keys = given.map((each) => (isArrayKey(each) ? asarray(each) : each));
  const used = keys.reduce((n, each) => n + axesUsed(each), 0);
  if (used > a.ndim)
    raise("IndexError", `too many indices for array: array is ${a.ndim}-dimensional, but ${used} were indexed`);
  if (keys.filter((each) => each === ELLIPSIS).length > 1)
    raise("IndexError", "an index can only have a single ellipsis ('...')");
  const rest = Array.from({ length: a.ndim - used }, () => new Slice());
  const dots = keys.indexOf(ELLIPSIS);
  if (dots >= 0) keys.splice(dots, 1, ...rest);
  else keys.push(...rest);
  return keys;
}

function axesUsed(key) {
  if (key === null || key === ELLIPSIS) return 0;
  return key instanceof NDArray && key.kind === "bool" ? key.ndim : 1;
}

function placeIn(at, n, axis) {
  if (at < -n || at >= n)
    raise("IndexError", `index ${at} is out of bounds for axis ${axis} with size ${n}`);
  return at < 0 ? at + n : at;
}

function indexed(a, key) { // {view, arrays}: what slices give, and arrays left to apply
  const sizes = [], strides = [], arrays = [];
  const keys = keysOf(key, a), hasArrays = keys.some((each) => each instanceof NDArray);
  let { offset } = a, axis = 0;
  for (const given of keys) { // beside an array, a number counts as one
    const each = hasArrays && typeof given === "number" ? asarray(given) : given;
    if (each === null) {
      sizes.push(1);
      strides.push(0);
    } else if (typeof each === "number") {
      if (!Number.isInteger(each)) raise("IndexError", "only integers are valid indices");
      offset += placeIn(each, a.sizes[axis], axis) * a.strides[axis];
      axis++;
    } else if (each instanceof Slice) {
      const [first, count, step] = each.over(a.sizes[axis]);
      offset += count ? first * a.strides[axis] : 0;
      sizes.push(count);
      strides.push(step * a.strides[axis]);
      axis++;
    } else if (each instanceof NDArray) {
      const places = each.kind === "bool" ? placesOf(each, a.sizes.slice(axis)) : [each];
      for (const place of places) {
        arrays.push([sizes.length, place]);
        sizes.push(a.sizes[axis]);
        strides.push(a.strides[axis]);
        axis++;
      }
    } else raise("IndexError", `the page cannot index with ${String(each)}`);
  }
  return { view: viewed(a, sizes, strides, offset), arrays };
}

function placesOf(mask, sizes) { // where a mask is true, one array for each of its axes
  if (mask.sizes.some((n, i) => n !== sizes[i]))
    raise("IndexError", `boolean index did not match indexed array: (${mask.sizes}) and (${sizes})`);
  return nonzero(mask);
}

function nonzero(value) {
  const a = asarray(value), D = flatOf(a), steps = rowStrides(a.sizes), found = [];
  if (!a.ndim) raise("ValueError", "Calling nonzero on 0d arrays is not allowed.");
  for (let i = 0; i < a.size; i++) if (D[i] !== 0) found.push(i);
  return a.sizes.map((n, axis) => listOf(found.map((at) => Math.floor(at / steps[axis]) % n)));
}

const listOf = (numbers, kind = "int64") => new NDArray(STORE[kind].from(numbers), [numbers.length], kind);

function gathered({ view, arrays }) { // the offsets of what arrays of places choose, and its shape
  const shape = arrays.map(([, each]) => each.sizes).reduce(broadcastShape);
  const axes = arrays.map(([axis]) => axis), rest = view.sizes.map((_, i) => i).filter((i) => !axes.includes(i));
  const areNeighbours = axes.every((axis, i) => axis === axes[0] + i);
  const before = areNeighbours ? rest.filter((i) => i < axes[0]) : [], after = rest.filter((i) => !before.includes(i));
  const offsets = new Float64Array(product(shape));
  for (const [axis, each] of arrays) {
    if (each.kind !== "int64" && !(each.size === 0) && flatOf(each).some((at) => !Number.isInteger(at)))
      raise("IndexError", "arrays used as indices must be of integer (or boolean) type");
    const places = flatOf(broadcastTo(each, shape));
    for (let i = 0; i < offsets.length; i++)
      offsets[i] += placeIn(places[i], view.sizes[axis], axis) * view.strides[axis];
  }
  const part = (axes_) => [axes_.map((i) => view.sizes[i]), axes_.map((i) => view.strides[i])];
  const [[n0, s0], [n1, s1]] = [part(before), part(after)];
  return { shape: [...n0, ...shape, ...n1], outer: places(n0, s0), offsets, inner: places(n1, s1) };
}

function places(sizes, strides) { // the offset of every element of a view
  let found = [0];
  sizes.forEach((n, axis) => {
    found = found.flatMap((at) => Array.from({ length: n }, (_, i) => at + i * strides[axis]));
  });
  return found;
}

function getItem(a, key) {
  if (typeof key === "number" && a.ndim === 1) return scalarOf(a.kind, a.data[elementOf(a, key)]);
  if (key instanceof NDArray && key.kind === "int64" && a.ndim && a.isWhole && a.size) return rowsOf(a, key);
  const found = indexed(a, key);
  if (!found.arrays.length) return bareOf(found.view, key);
  const { shape, outer, offsets, inner } = gathered(found), out = empty(shape, a.kind);
  let at = 0;
  for (const x of outer) for (const y of offsets) for (const z of inner)
    out.data[at++] = a.data[found.view.offset + x + y + z];
  return bare(out);
}

function rowsOf(a, key) { // a batch: one row for each place
  const n = a.sizes[0], length = a.size / n, places = flatOf(key), D = a.data;
  const out = empty([...key.sizes, ...a.sizes.slice(1)], a.kind);
  for (let i = 0, at = 0; i < places.length; i++) {
    const from = a.offset + placeIn(places[i], n, 0) * length;
    for (let m = 0; m < length; m++) out.data[at++] = D[from + m];
  }
  return bare(out);
}

function elementOf(a, key) {
  if (!Number.isInteger(key)) raise("IndexError", "only integers are valid indices");
  return a.offset + placeIn(key, a.sizes[0], 0) * a.strides[0];
}

const bareOf = (view, key) => { // a[..., 0] stays an array without axes; a[1, 2] is a number
  const hasDots = key === ELLIPSIS || (key instanceof Tuple && key.includes(ELLIPSIS));
  return view.ndim || hasDots ? view : view.item();
};

function setItem(a, key, value) {
  const found = indexed(a, key), source = asarray(value);
  if (!bareOf(found.view, key)?.sizes && source.ndim)
    raise("ValueError", "setting an array element with a sequence.");
  if (!found.arrays.length) return put(found.view, loose(source, found.view.sizes));
  const { shape, outer, offsets, inner } = gathered(found);
  const values = flatOf(broadcastTo(loose(source, shape), shape).astype(a.kind));
  let at = 0;
  for (const x of outer) for (const y of offsets) for (const z of inner)
    a.data[found.view.offset + x + y + z] = values[at++];
}

function loose(source, shape) { // NumPy lets leading axes of one element go
  let sizes = source.sizes;
  while (sizes.length > shape.length && sizes[0] === 1) sizes = sizes.slice(1);
  return sizes === source.sizes ? source : source.reshape(...(sizes.length ? [sizes] : [[]]));
}
