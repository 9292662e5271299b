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

function resultKind(op, kind) { // of operands that were joined already
  if (TRUTH.has(op)) return "bool";
  if (RANK[kind] >= 2) return kind;
  if (kind === "bool" && op !== "divide") // where NumPy computes, it does so in 8 or 16 bits
    return OF_TRUTH.has(op) ? "bool" : raise("TypeError", `the page takes no ${op} of truth values`);
  return WHOLE.has(op) ? "int64" : "float64";
}

const copyFor = (a, b, c) => (a.kind !== b.kind || b.kind !== c.kind ? 2 // which copy of a loop
  : a.kind === "float64" ? 0 : a.kind === "float32" ? 1 : 2);

function checked(op, out) { // whole numbers stay whole and exact
  if (out.kind !== "int64") return out;
  const { data } = out;
  for (let i = 0; i < data.length; i++) {
    if (data[i] !== data[i] || Math.abs(data[i]) === Infinity) data[i] = 0; // as NumPy divides by 0
    data[i] = whole(data[i]);
  }
  return out;
}

function binary(op, a, b) {
  if (isNumber(a) && isNumber(b)) return bare(binaryArrays(op, asarray(a), asarray(b), joined(kindOf(a), kindOf(b))));
  const [A, B] = [asarray(a), asarray(b)];
  const kind = isNumber(a) ? joinedWeakly(B.kind, a) : isNumber(b) ? joinedWeakly(A.kind, b) : joined(A.kind, B.kind);
  return bare(binaryArrays(op, A, B, kind));
}

function binaryArrays(op, a, b, kind) {
  const result = resultKind(op, kind);
  if (op === "power" && result === "int64" && a.size && flatOf(b).some((q) => q < 0))
    raise("ValueError", "Integers to negative integer powers are not allowed.");
  const out = empty(broadcastShape(a.sizes, b.sizes), result), short = op === "power" ? shortcut(b, out) : undefined;
  if (short) writeUnary(short, broadcastTo(a, out.sizes), out);
  else writeBinary(op, a, b, out);
  if (result === "bool" && !TRUTH.has(op)) for (let i = 0; i < out.size; i++) out.data[i] = Number(out.data[i] !== 0);
  return checked(op, out);
}

const SHORTCUTS = new Map([[2, "square"], [0.5, "sqrt"], [-1, "reciprocal"]]);
function shortcut(b, out) { // for one exponent alone NumPy takes these: -inf ** 0.5 is nan there
  const last = out.sizes.findLastIndex((n) => n !== 1), lead = out.ndim - b.ndim;
  const isOne = last < 0 ? !b.ndim : b.size === 1 || last < lead || b.sizes[last - lead] === 1;
  return isOne && b.size === 1 && RANK[out.kind] >= 2 ? SHORTCUTS.get(b.data[b.offset]) : undefined;
}

function writeBinary(op, a, b, out) { // out lies one after the other
  const loop = BINARY[op][copyFor(a, b, out)];
  const isSimple = (x) => x.size === 1 || (sameShape(x.sizes, out.sizes) && isWhole(x));
  if (isSimple(a) && isSimple(b)) { // one loop does for all axes
    const [s, t] = [Number(a.size !== 1), Number(b.size !== 1)];
    loop(a.data, a.offset, s, b.data, b.offset, t, out.data, 0, out.size);
  } else {
    let at = 0;
    eachRow(out.sizes, [a, b], (n, [i, j], [s, t]) => {
      loop(a.data, i, s, b.data, j, t, out.data, at, n);
      at += n;
    });
  }
}

function unary(op, value) {
  const a = asarray(value), kind = resultKind(op, a.kind), out = empty([...a.sizes], kind);
  if (op === "reciprocal" && RANK[a.kind] < 2) raise("TypeError", "reciprocal of whole numbers is not for the page");
  writeUnary(op, a, out);
  return bare(checked(op, out));
}

function writeUnary(op, a, out) {
  UNARY[op][copyFor(a, a, out)](flatOf(a), out.data, a.size);
}

function inPlace(op, target, value) { // target op= value
  if (!(target instanceof NDArray)) return binary(op, target, value);
  const out = asarray(binary(op, target, value));
  if (RANK[out.kind] > RANK[target.kind] && RANK[target.kind] < 2)
    raise("UFuncTypeError", `Cannot cast ufunc '${op}' output from ${out.kind} to ${target.kind}`);
  if (String(broadcastShape(out.sizes, target.sizes)) !== String(target.sizes))
    raise("ValueError", `non-broadcastable output operand with shape (${target.sizes})`);
  put(target, out);
  return target;
}
