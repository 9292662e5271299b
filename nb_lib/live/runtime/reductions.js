// Sums, extremes and the like, over all elements or along axes.

const pairwise = (D, start, n, step) => { // NumPy's order of adding, so that sums agree to the last bits
  if (n < 8) {
    let sum = n ? D[start] : 0;
    for (let i = 1; i < n; i++) sum += D[start + i * step];
    return sum;
  }
  if (n <= 128) {
    const r = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => D[start + i * step]);
    let i = 8;
    for (; i < n - (n % 8); i += 8) for (let k = 0; k < 8; k++) r[k] += D[start + (i + k) * step];
    let sum = r[0] + r[1] + (r[2] + r[3]) + (r[4] + r[5] + (r[6] + r[7]));
    for (; i < n; i++) sum += D[start + i * step];
    return sum;
  }
  const half = (n >> 1) - ((n >> 1) % 8);
  return pairwise(D, start, half, step) + pairwise(D, start + half * step, n - half, step);
};

const best = (isBetter) => (D, start, n, step) => { // the place of an extreme; nan comes first
  let place = 0, value = D[start];
  for (let i = 1; i < n && value === value; i++) {
    const next = D[start + i * step];
    if (isBetter(next, value) || next !== next) [place, value] = [i, next];
  }
  return place;
};
const placeOf = { max: best((a, b) => a > b), min: best((a, b) => a < b) };
const some = (wanted) => (D, start, n, step) => {
  for (let i = 0; i < n; i++) if ((D[start + i * step] !== 0) === wanted) return Number(wanted);
  return Number(!wanted);
};
const multiplied = (D, start, n, step) => {
  let result = 1;
  for (let i = 0; i < n; i++) result *= D[start + i * step];
  return result;
};

const LANES = { // of n elements: (data, start, n, step) to a number
  sum: pairwise,
  prod: multiplied,
  mean: (D, start, n, step) => pairwise(D, start, n, step) / n,
  max: (D, start, n, step) => D[start + step * placeOf.max(D, start, n, step)],
  min: (D, start, n, step) => D[start + step * placeOf.min(D, start, n, step)],
  any: some(true),
  all: some(false),
  argmax: placeOf.max,
  argmin: placeOf.min,
};
const OF_NOTHING = { sum: 0, prod: 1, mean: NaN, any: 0, all: 1 };

function reducedKind(name, kind) {
  if (name === "any" || name === "all") return "bool";
  if (name.startsWith("arg")) return "int64";
  if (name === "mean" && RANK[kind] < 2) return "float64";
  return (name === "sum" || name === "prod") && kind === "bool" ? "int64" : kind;
}

function reduce(name, value, axis = null, keepdims = false) {
  const a = asarray(value), kind = reducedKind(name, a.kind);
  if (name.startsWith("arg") && isList(axis)) raise("TypeError", `${name} takes one axis`);
  const axes = axis === null ? a.sizes.map((_, i) => i) : axesOf(axis, a.ndim);
  const kept = a.sizes.map((_, i) => i).filter((i) => !axes.includes(i));
  const n = product(axes.map((i) => a.sizes[i])), out = empty(kept.map((i) => a.sizes[i]), kind);
  if (!n && !(name in OF_NOTHING))
    raise("ValueError", `zero-size array to reduction operation ${name} which has no identity`);
  const lanes = n ? flatOf(a.transpose([...kept, ...axes])) : null;
  const isColumns = n && kept.length && a.sizes.length === 2 && axes[0] === 0 && isWhole(a);
  if ((name === "sum" || name === "mean") && isColumns) sumColumns(name, a, out);
  else for (let i = 0; i < out.size; i++) out.data[i] = n ? LANES[name](lanes, i * n, n, 1) : OF_NOTHING[name];
  if (kind === "int64") for (const each of out.data) whole(each);
  if (!keepdims) return bare(out);
  return new NDArray(out.data, a.sizes.map((size, i) => (axes.includes(i) ? 1 : size)), kind);
}

function sumColumns(name, a, out) { // row after row, as NumPy adds along the first axis
  const [rows, columns] = a.sizes, D = flatOf(a), sums = new Float64Array(columns);
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++) sums[j] += D[at++];
  for (let j = 0; j < columns; j++) out.data[j] = name === "mean" ? sums[j] / rows : sums[j];
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
