// Operations on every element: the kind of what comes out, then a loop of kernels.py.

const TRUTH = new Set(["greater", "greater_equal", "less", "less_equal", "equal", "not_equal",
  "logical_and", "logical_or", "logical_xor", "logical_not", "isnan", "isinf", "isfinite"]);
const WHOLE = new Set(["add", "subtract", "multiply", "floor_divide", "remainder", "power",
  "maximum", "minimum", "negative", "absolute", "sign", "square", "floor", "ceil", "trunc"]);
const OF_TRUTH = new Set(["add", "multiply", "maximum", "minimum", "absolute", "floor", "ceil", "trunc"]);

function remainder(p, q) { // with the sign of the divisor
  const rest = p % q;
  if (rest === 0) return q < 0 || Object.is(q, -0) ? -0 : 0;
  return rest < 0 !== q < 0 ? rest + q : rest;
}

function floorDivided(p, q) {
  if (q === 0) return p / q;
  const rest = p % q, isAcross = rest !== 0 && rest < 0 !== q < 0;
  const whole = (p - rest) / q - (isAcross ? 1 : 0);
  if (whole === 0) return p / q < 0 || Object.is(p / q, -0) ? -0 : 0;
  const floor = Math.floor(whole);
  return whole - floor > 0.5 ? floor + 1 : floor;
}

const power = (p, q) => (p === 1 || (p === -1 && Math.abs(q) === Infinity) ? 1 : p ** q);

function roundedToEven(p) {
  const floor = Math.floor(p), rest = p - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  const even = floor % 2 === 0 ? floor : floor + 1;
  return even === 0 && p < 0 ? -0 : even;
}

function logAddExp(p, q) {
  if (p === q) return p + Math.LN2;
  const top = Math.max(p, q), rest = Math.min(p, q) - top;
  return top + Math.log1p(Math.exp(rest));
}

const PAIR = new Float64Array(2);
function chosen(p, q, which) { // without a branch: what is guessed wrong half the time costs most
  PAIR[0] = p;
  PAIR[1] = q;
  return PAIR[which];
}

const DTYPE_NAMES = Object.keys(RANK);
const RESULTS = {}; // of each operation: the kind that comes out, for each kind of joined operands
for (const op of [...Object.keys(BINARY), ...Object.keys(UNARY)])
  RESULTS[op] = Object.fromEntries(DTYPE_NAMES.map((kind) => [kind, TRUTH.has(op) ? "bool" : RANK[kind] >= 2 ? kind
    : kind === "bool" && op !== "divide" ? (OF_TRUTH.has(op) ? "bool" : null) : WHOLE.has(op) ? "int64" : "float64"]));

const resultKind = (op, kind) => RESULTS[op][kind] // where NumPy computes in 8 or 16 bits, the page does not
  ?? raise("TypeError", `the page takes no ${op} of truth values`);

const COPY = { float64: 0, int64: 0, float32: 1, bool: 2 }; // which copy of a loop: a copy for each kind of store
const copyFor = (a, b) => (COPY[a.kind] === COPY[b.kind] ? COPY[a.kind] : 2);

function checked(op, out) { // whole numbers stay whole and exact
  if (out.kind !== "int64") return out;
  const { data } = out;
  for (let i = 0; i < data.length; i++) {
    if (!(Math.abs(data[i]) < Infinity)) data[i] = 0; // as NumPy divides by 0
    data[i] = whole(data[i]);
  }
  return out;
}

// A plain number beside an array becomes an array without axes, of the array's kind; two of
// each kind are kept for that, one for each side.

const LONE = [0, 1].map(() => Object.fromEntries(DTYPE_NAMES.map((kind) => [kind, empty([], kind)])));
function alone(side, kind, value) {
  const one = LONE[side][kind];
  one.data[0] = value;
  return one;
}

function binary(op, a, b) {
  const isA = a instanceof NDArray, isB = b instanceof NDArray;
  if (isA && isB) return bare(binaryArrays(op, a, b, a.kind === b.kind ? a.kind : joined(a.kind, b.kind)));
  if (isA && isNumber(b)) {
    const kind = joinedWeakly(a.kind, b);
    return bare(binaryArrays(op, a, alone(1, kind, b), kind));
  }
  if (isB && isNumber(a)) {
    const kind = joinedWeakly(b.kind, a);
    return bare(binaryArrays(op, alone(0, kind, a), b, kind));
  }
  if (!isNumber(a) || !isNumber(b)) return binary(op, isNumber(a) ? a : asarray(a), isNumber(b) ? b : asarray(b));
  return bare(binaryArrays(op, asarray(a), asarray(b), joined(kindOf(a), kindOf(b))));
}

function binaryArrays(op, a, b, kind) {
  const result = resultKind(op, kind);
  if (op === "power" && result === "int64" && a.size && flatOf(b).some((q) => q < 0))
    raise("ValueError", "Integers to negative integer powers are not allowed.");
  const out = roomFor(broadcastShape(a.sizes, b.sizes), result, a, b);
  writeBinary(op, a, b, out);
  passed(a, out);
  passed(b, out);
  latest = out;
  if (result === "bool" && !TRUTH.has(op)) for (let i = 0; i < out.size; i++) out.data[i] = Number(out.data[i] !== 0);
  return checked(op, out);
}

const SHORTCUTS = new Map([[2, "square"], [0.5, "sqrt"], [-1, "reciprocal"]]);
function shortcut(b, out) { // for one exponent alone NumPy takes these: -inf ** 0.5 is nan there
  if (b.size !== 1 || RANK[out.kind] < 2) return undefined;
  const last = out.sizes.findLastIndex((n) => n !== 1), lead = out.ndim - b.ndim;
  const isOne = last < 0 ? !b.ndim : last < lead || b.sizes[last - lead] === 1;
  return isOne ? SHORTCUTS.get(b.data[b.offset]) : undefined;
}

function writeBinary(op, a, b, out) { // out lies one after the other
  const short = op === "power" ? shortcut(b, out) : undefined, { size } = out;
  if (short) return writeUnary(short, broadcastTo(a, out.sizes), out);
  const loop = BINARY[op][copyFor(a, b)], P = a.data, Q = b.data, R = out.data;
  if (a.isWhole && b.isWhole && (a.size === size || a.size === 1) && (b.size === size || b.size === 1))
    loop(P, a.offset, a.size === 1 ? 0 : 1, Q, b.offset, b.size === 1 ? 0 : 1, R, out.offset, size);
  else eachRun(out.sizes, a, b, out, (n, i, s, j, t, k) => loop(P, i, s, Q, j, t, R, k, n));
  return undefined;
}

function unary(op, value) {
  const a = asarray(value), out = roomFor(a.sizes, resultKind(op, a.kind), a);
  if (op === "reciprocal" && RANK[a.kind] < 2) raise("TypeError", "reciprocal of whole numbers is not for the page");
  writeUnary(op, a, out);
  passed(a, out);
  latest = out;
  return bare(checked(op, out));
}

function writeUnary(op, a, out) {
  if (a.isWhole) UNARY[op][COPY[a.kind]](a.data, a.offset, out.data, out.offset, out.size);
  else UNARY[op][COPY[a.kind]](flatOf(a), 0, out.data, out.offset, out.size);
}

function inPlace(op, target, value) { // target op= value
  if (!(target instanceof NDArray)) return binary(op, target, value);
  if (isWrittenOver(op, target, value)) return target;
  const out = asarray(binary(op, target, value));
  if (RANK[out.kind] > RANK[target.kind] && RANK[target.kind] < 2)
    raise("UFuncTypeError", `Cannot cast ufunc '${op}' output from ${out.kind} to ${target.kind}`);
  if (!sameShape(broadcastShape(out.sizes, target.sizes), target.sizes))
    raise("ValueError", `non-broadcastable output operand with shape (${target.sizes})`);
  put(target, out);
  return target;
}

function isWrittenOver(op, target, value) { // floats that keep shape and kind need no new array
  const isPlain = typeof value === "number";
  if (!target.isWhole || RANK[target.kind] < 2 || !(isPlain || value instanceof NDArray)) return false;
  if (!isPlain && (value.data === target.data || joined(target.kind, value.kind) !== target.kind)) return false;
  if (!isPlain && !sameShape(broadcastShape(target.sizes, value.sizes), target.sizes)) return false;
  writeBinary(op, target, isPlain ? alone(1, target.kind, value) : value, target);
  if (!isPlain) passed(value);
  return true;
}
