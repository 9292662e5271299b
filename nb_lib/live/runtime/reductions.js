// Sums, extremes and the like, over all elements or along axes.

const some = (wanted) => (D, start, n, step) => {
  for (let i = 0; i < n; i++) if ((D[start + i * step] !== 0) === wanted) return Number(wanted);
  return Number(!wanted);
};
const multiplied = (D, start, n, step) => {
  let result = 1;
  for (let i = 0; i < n; i++) result *= D[start + i * step];
  return result;
};

const LANES = { // of n elements: (data, start, n, step, copy) to a number; copy says which copy of a loop
  sum: (D, start, n, step, copy) => SUMS[copy](D, start, n, step),
  prod: multiplied,
  mean: (D, start, n, step, copy) => SUMS[copy](D, start, n, step) / n,
  max: (D, start, n, step, copy) => D[start + step * PLACES_OF.max[copy](D, start, n, step)],
  min: (D, start, n, step, copy) => D[start + step * PLACES_OF.min[copy](D, start, n, step)],
  any: some(true),
  all: some(false),
  argmax: (D, start, n, step, copy) => PLACES_OF.max[copy](D, start, n, step),
  argmin: (D, start, n, step, copy) => PLACES_OF.min[copy](D, start, n, step),
};
const OF_NOTHING = { sum: 0, prod: 1, mean: NaN, any: 0, all: 1 };

function reducedKind(name, kind) {
  if (name === "any" || name === "all") return "bool";
  if (name.startsWith("arg")) return "int64";
  if (name === "mean" && RANK[kind] < 2) return "float64";
  return (name === "sum" || name === "prod") && kind === "bool" ? "int64" : kind;
}

function reduce(name, value, axis = null, keepdims = false) {
  const a = asarray(value), kind = reducedKind(name, a.kind), ndim = a.sizes.length;
  if (isList(axis)) return reduceSeveral(name, a, axis, keepdims);
  if (axis === null) {
    const out = empty(keepdims ? a.sizes.map(() => 1) : [], kind);
    reduceLanes(name, a.isWhole ? a : a.copy(), 1, a.size, 1, out);
    return bare(out);
  }
  const along = axisOf(axis, ndim), n = a.sizes[along], shape = [];
  let outer = 1, inner = 1; // how many lanes lie before and within the axis
  for (let i = 0; i < ndim; i++) {
    if (i < along) outer *= a.sizes[i];
    else if (i > along) inner *= a.sizes[i];
    if (i !== along) shape.push(a.sizes[i]);
    else if (keepdims) shape.push(1);
  }
  const out = empty(shape, kind);
  reduceLanes(name, a.isWhole ? a : a.copy(), outer, n, inner, out);
  passed(a);
  return bare(out);
}

function reduceSeveral(name, a, axis, keepdims) { // the axes to go are moved to the end
  if (name.startsWith("arg")) raise("TypeError", `${name} takes one axis`);
  const axes = axesOf(axis, a.ndim), all = a.sizes.map((_, i) => i), kept = all.filter((i) => !axes.includes(i));
  const moved = a.transpose([...kept, ...axes]), lead = kept.map((i) => a.sizes[i]), n = product(axes.map((i) => a.sizes[i]));
  const sizes = keepdims ? a.sizes.map((size, i) => (axes.includes(i) ? 1 : size)) : lead;
  const out = empty(sizes, reducedKind(name, a.kind));
  reduceLanes(name, moved.isWhole ? moved : moved.copy(), product(lead), n, 1, out);
  return bare(out);
}

function reduceLanes(name, a, outer, n, inner, out) { // of whole a; out, too, lies in order
  if (!n && !(name in OF_NOTHING))
    raise("ValueError", `zero-size array to reduction operation ${name} which has no identity`);
  const D = a.data, R = out.data, copy = COPY[a.kind], lane = LANES[name], isSum = name === "sum" || name === "mean";
  if (!n) R.fill(OF_NOTHING[name]);
  else if (isSum && inner > 1) { // row after row, as NumPy adds along the first axes
    for (let o = 0; o < outer; o++) COLUMNS[copy](D, a.offset + o * n * inner, n, inner, R, o * inner);
    if (name === "mean") for (let i = 0; i < R.length; i++) R[i] /= n;
  } else
    for (let o = 0, at = 0; o < outer; o++)
      for (let i = 0; i < inner; i++) R[at++] = lane(D, a.offset + o * n * inner + i, n, inner, copy);
  if (out.kind === "int64") for (let i = 0; i < R.length; i++) whole(R[i]);
}

function variance(value, axis = null, ddof = 0, keepdims = false) {
  const a = asarray(value), centre = reduce("mean", a, axis, true);
  const squares = asarray(unary("square", binary("subtract", a, centre)));
  const axes = axis === null ? a.sizes.map((_, i) => i) : axesOf(axis, a.ndim);
  const n = product(axes.map((i) => a.sizes[i]));
  return binary("divide", reduce("sum", squares, axis, keepdims), Math.max(n - ddof, 0));
}

function quantile(value, q, axis = null) {
  const a = asarray(value), one = (lane, share) => {
    if (!(share >= 0 && share <= 1)) raise("ValueError", "Quantiles must be in the range [0, 1]");
    const n = lane.length;
    if (!n || lane[n - 1] !== lane[n - 1]) return NaN;
    const place = share * (n - 1), low = Math.floor(place), rest = place - low;
    const [p, r] = [lane[low], lane[Math.min(low + 1, n - 1)]];
    return rest >= 0.5 ? r - (r - p) * (1 - rest) : p + (r - p) * rest;
  };
  if (axis !== null) {
    if (!isNumber(q)) raise("TypeError", "quantile along an axis takes one share in the page");
    return bare(perLane(a, axis, a.kind === "float32" ? "float32" : "float64", (lane) => [one(Float64Array.from(lane).sort(), q)], 1));
  }
  const lane = Float64Array.from(flatOf(a)).sort();
  return isNumber(q) ? one(lane, q) : asarray([...asarray(q)].map((share) => one(lane, share)), "float64");
}

function median(value, axis = null) { // of singles a single
  const middle = (lane) => {
    const d = Float64Array.from(lane).sort(), n = d.length;
    if (!n || d[n - 1] !== d[n - 1]) return NaN;
    return n % 2 ? d[(n - 1) / 2] : (d[n / 2 - 1] + d[n / 2]) / 2;
  };
  const a = asarray(value);
  const kind = a.kind === "float32" ? "float32" : "float64";
  return axis === null ? middle(flatOf(a)) : bare(perLane(a, axis, kind, (lane) => [middle(lane)], 1));
}

function perLane(a, axis, kind, make, length = null) { // make(lane) for every line along an axis
  const along = axisOf(axis, a.ndim), last = a.ndim - 1, moved = a.swapaxes(along, last);
  const n = a.sizes[along], D = flatOf(moved), many = length ?? n;
  const out = empty([...moved.sizes.slice(0, last), many], kind);
  for (let i = 0; i < product(moved.sizes.slice(0, last)); i++) out.data.set(make(D.subarray(i * n, i * n + n)), i * many);
  const back = out.swapaxes(along, last);
  return length === 1 ? back.squeeze(along) : back;
}
