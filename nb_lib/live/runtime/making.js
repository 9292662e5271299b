// NumPy's functions that make, join, order and search arrays.

const like = (a, dtype) => [[...asarray(a).sizes], dtype === null ? asarray(a).kind : dtypeOf(dtype)];
const newOnes = (shape, dtype, value) => filled(shapeOf(shape), dtype === null ? "float64" : dtypeOf(dtype), value);

function full(shape, value, dtype = null) {
  const out = empty(shapeOf(shape), dtype === null ? asarray(value).kind : dtypeOf(dtype));
  put(out, asarray(value));
  return out;
}

function arange(start, stop = null, step = 1, dtype = null) {
  const [low, high] = stop === null ? [0, start] : [start, stop];
  const n = Math.max(0, Math.ceil((high - low) / step)), areWhole = [low, high, step].every(Number.isInteger);
  const delta = areWhole ? step : low + step - low; // as NumPy fills: from the first two
  const out = listOf(Array.from({ length: n }, (_, i) => (i ? low + i * delta : low)), areWhole ? "int64" : "float64");
  return dtype === null ? out : out.astype(dtype);
}

function linspace(start, stop, num = 50) {
  if (!isNumber(start) || !isNumber(stop)) raise("TypeError", "linspace takes plain numbers in the page");
  const step = (stop - start) / (num - 1);
  const at = (i) => (i === num - 1 && i ? stop : i * step + start);
  return listOf(Array.from({ length: num }, (_, i) => (num > 1 ? at(i) : +start)), "float64");
}

function eye(n, dtype = null) {
  const out = newOnes([n, n], dtype, 0);
  for (let i = 0; i < n; i++) out.data[i * n + i] = 1;
  return out;
}

function diag(value) {
  const a = asarray(value);
  if (a.ndim === 2) return viewed(a, [Math.min(...a.sizes)], [a.strides[0] + a.strides[1]]);
  if (a.ndim !== 1) raise("ValueError", "Input must be 1- or 2-d.");
  const out = empty([a.size, a.size], a.kind);
  put(viewed(out, [a.size], [a.size + 1]), a);
  return out;
}

function where(condition, x, y) {
  if (x === undefined) return tuple(nonzero(condition));
  const kind = isNumber(x) && isNumber(y) ? joined(kindOf(x), kindOf(y))
    : isNumber(x) ? joinedWeakly(asarray(y).kind, x)
    : isNumber(y) ? joinedWeakly(asarray(x).kind, y) : joined(asarray(x).kind, asarray(y).kind);
  const c = asarray(condition), p = asarray(x), q = asarray(y), shape = broadcastShape(broadcastShape(c.sizes, p.sizes), q.sizes);
  const out = roomFor(shape, kind, p, q), [C, P, Q] = [c.data, p.data, q.data], choose = CHOSEN.where[copyFor(p, q)];
  let at = 0;
  eachRun(shape, c, p, q, (n, i, s, j, t, k, u) => {
    choose(C, i, s, P, j, t, Q, k, u, out.data, at, n);
    at += n;
  });
  for (const each of [c, p, q]) passed(each, out);
  latest = out;
  return bare(out);
}

function clip(a, low = null, high = null) {
  const raised = low === null ? a : binary("maximum", a, low);
  return high === null ? raised : binary("minimum", raised, high);
}

function concatenate(arrays, axis = 0) {
  const parts = [...arrays].map((each) => asarray(each));
  if (!parts.length) raise("ValueError", "need at least one array to concatenate");
  if (axis === null) return concatenate(parts.map((each) => each.ravel()));
  const [first] = parts, along = axisOf(axis, first.ndim);
  if (parts.some((each) => each.ndim !== first.ndim || each.sizes.some((n, i) => i !== along && n !== first.sizes[i])))
    raise("ValueError", "all the input array dimensions except for the concatenation axis must match exactly");
  const shape = [...first.sizes];
  shape[along] = parts.reduce((n, each) => n + each.sizes[along], 0);
  const out = empty(shape, parts.map((each) => each.kind).reduce(joined));
  let at = 0;
  for (const each of parts) {
    put(viewed(out, each.sizes, out.strides, at * out.strides[along]), each);
    at += each.sizes[along];
  }
  return out;
}

function stack(arrays, axis = 0) {
  const parts = [...arrays].map((each) => asarray(each));
  if (!parts.length) raise("ValueError", "need at least one array to stack");
  if (parts.some((each) => String(each.sizes) !== String(parts[0].sizes)))
    raise("ValueError", "all input arrays must have the same shape");
  const along = axisOf(axis, parts[0].ndim + 1);
  const widened = (sizes) => [...sizes.slice(0, along), 1, ...sizes.slice(along)];
  return concatenate(parts.map((each) => viewed(each, widened(each.sizes), widened(each.strides))), along);
}

function meshgrid(x, y, indexing = "xy") {
  const [a, b] = [asarray(x).ravel(), asarray(y).ravel()];
  const shape = indexing === "ij" ? [a.size, b.size] : [b.size, a.size];
  const across = (v) => v.reshape(1, -1), down = (v) => v.reshape(-1, 1);
  const pair = indexing === "ij" ? [down(a), across(b)] : [across(a), down(b)];
  return tuple(pair.map((each) => broadcastTo(each, shape).copy()));
}

const along = (axis, key) => (a) => tuple(a.sizes.map((_, i) => (i === axisOf(axis, a.ndim) ? key : new Slice())));

function diff(value, axis = -1, prepend) {
  const given = asarray(value), a = prepend === undefined ? given : prepended(prepend, given, axis);
  if (!a.ndim) raise("ValueError", "diff requires input that is at least one dimensional");
  const later = getItem(a, along(axis, new Slice(1))(a)), earlier = getItem(a, along(axis, new Slice(null, -1))(a));
  return binary(a.kind === "bool" ? "not_equal" : "subtract", later, earlier);
}

function prepended(start, a, axis) {
  const first = asarray(start), shape = a.sizes.map((n, i) => (i === axisOf(axis, a.ndim) ? 1 : n));
  return concatenate([first.ndim ? first : broadcastTo(first, shape), a], axis);
}

const ascending = (x, y) => (x !== x ? Number(y === y) : y !== y ? -1 : x - y); // nan at the end

function argsort(value, axis = -1) { // stable
  const order = (lane) => Array.from(lane, (_, i) => i).sort((i, j) => ascending(lane[i], lane[j]) || i - j);
  return perLane(asarray(value), axis, "int64", order);
}

const sort = (value, axis = -1) => perLane(asarray(value), axis, asarray(value).kind, (lane) => lane.slice().sort(ascending));

function cumulated(value, axis, step) {
  const a = axis === null ? asarray(value).ravel() : asarray(value), kind = reducedKind("sum", a.kind);
  return perLane(a, axis ?? 0, kind, (lane) => {
    const out = STORE[kind].from(lane);
    for (let i = 1; i < out.length; i++) out[i] = step(out[i - 1], out[i]);
    if (kind === "int64") out.forEach(whole);
    return out;
  });
}
const cumsum = (a, axis = null) => cumulated(a, axis, (p, q) => p + q);
const cumprod = (a, axis = null) => cumulated(a, axis, (p, q) => p * q);

function unique(value) {
  const a = asarray(value), found = [...new Set(flatOf(a))].sort(ascending);
  return listOf(found, a.kind);
}

function searchsorted(a, v, side = "left") {
  const sorted = flatOf(asarray(a)), isPast = side === "right"
    ? (x, y) => ascending(x, y) <= 0 : (x, y) => ascending(x, y) < 0;
  const place = (value) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isPast(sorted[middle], value)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const values = asarray(v);
  return bare(new NDArray(Float64Array.from(flatOf(values), place), [...values.sizes], "int64"));
}

function histogram(a, bins) {
  if (isNumber(bins)) raise("TypeError", "histogram takes the edges of its bins in the page");
  const edges = flatOf(asarray(bins)), n = edges.length - 1, out = empty([n], "int64");
  for (const value of flatOf(asarray(a))) {
    if (!(value >= edges[0] && value <= edges[n])) continue;
    out.data[Math.min(searchsorted(edges_(edges), value, "right") - 1, n - 1)]++;
  }
  return tuple([out, asarray(bins)]);
}
const edges_ = (data) => new NDArray(data, [data.length], "float64");

function repeat(value, repeats, axis = null) {
  if (!Number.isInteger(repeats)) raise("TypeError", "repeat takes one whole number in the page");
  if (repeats < 0) raise("ValueError", "the page repeats nothing a negative number of times");
  const a = axis === null ? asarray(value).ravel() : asarray(value), at = axisOf(axis ?? 0, a.ndim);
  const key = Array.from({ length: a.sizes[at] * repeats }, (_, i) => Math.floor(i / repeats));
  return getItem(a, along(at, listOf(key))(a));
}

function split(value, sections, axis = 0) {
  const a = asarray(value), n = a.sizes[axisOf(axis, a.ndim)];
  if (isNumber(sections) && n % sections) raise("ValueError", "array split does not result in an equal division");
  const ends = isNumber(sections) ? Array.from({ length: sections - 1 }, (_, i) => ((i + 1) * n) / sections)
    : asarray(sections).tolist();
  return [0, ...ends].map((start, i) => getItem(a, along(axis, new Slice(start, ends[i] ?? null))(a)));
}

function roll(value, shift, axis = null) {
  const a = asarray(value);
  if (axis === null) return roll(a.ravel(), shift, 0).reshape([...a.sizes]);
  const n = a.sizes[axisOf(axis, a.ndim)], key = Array.from({ length: n }, (_, i) => remainder(i - shift, n));
  return getItem(a, along(axis, listOf(key))(a));
}

function tile(value, reps) {
  const counts = shapeOf(reps), a = asarray(value), lead = Math.max(0, counts.length - a.ndim);
  let out = a.reshape([...new Array(lead).fill(1), ...a.sizes]);
  const all = [...new Array(out.ndim - counts.length).fill(1), ...counts];
  all.forEach((n, axis) => { out = repeatedWhole(out, n, axis); });
  return out;
}

const repeatedWhole = (a, n, axis) => {
  const places = Array.from({ length: n * a.sizes[axis] }, (_, i) => i % a.sizes[axis]);
  return getItem(a, along(axis, listOf(places))(a));
};

function nan_to_num(x, copy = true, nan = 0, posinf = null, neginf = null) {
  if (!copy) raise("ValueError", "nan_to_num changes nothing in place in the page");
  const out = asarray(x).copy(), top = out.kind === "float32" ? 3.4028234663852886e38 : Number.MAX_VALUE;
  const { data } = out;
  for (let i = 0; i < data.length; i++)
    if (data[i] !== data[i]) data[i] = nan;
    else if (data[i] === Infinity) data[i] = posinf ?? top;
    else if (data[i] === -Infinity) data[i] = neginf ?? -top;
  return bare(out);
}

function vdot(a, b) {
  const [x, y] = [asarray(a), asarray(b)];
  if (x.size !== y.size) raise("ValueError", `vdot of ${x.size} and ${y.size} elements`);
  return matmul(x.ravel(), y.ravel());
}

function dot(a, b) {
  if (isNumber(a) || isNumber(b)) return binary("multiply", asarray(a), asarray(b));
  if (asarray(a).ndim > 2 || asarray(b).ndim > 2) raise("ValueError", "dot of stacks: use @ in the page");
  return matmul(a, b);
}

const outer = (a, b) => binary("multiply", asarray(a).reshape(-1, 1), asarray(b).reshape(1, -1));
const flatnonzero = (a) => nonzero(asarray(a).ravel())[0];
const append = (a, values) => concatenate([asarray(a).ravel(), asarray(values).ravel()]);
const array_equal = (a, b) => String(asarray(a).sizes) === String(asarray(b).sizes) && reduce("all", binary("equal", a, b));
