// Kinds of numbers, and how they join. Whole numbers live in doubles, exact to 2 ** 53;
// a Python number joins weakly: beside an array of floats it takes the array's kind.

const STORE = { bool: Uint8Array, int64: Float64Array, float32: Float32Array, float64: Float64Array };
const RANK = { bool: 0, int64: 1, float32: 2, float64: 3 };
const DTYPES = { bool: "bool", int: "int64", int64: "int64", intp: "int64", float: "float64",
  float32: "float32", float64: "float64" };
const WIDEST = Number.MAX_SAFE_INTEGER;

function raise(kind, text) {
  throw Object.assign(new Error(text), { name: kind });
}

class Tuple extends Array {} // a list that does not change, as Python tells them apart
const isList = Array.isArray;
function tuple(items) {
  if (!isList(items)) return Tuple.from(items);
  const n = items.length, out = new Tuple(n);
  for (let i = 0; i < n; i++) out[i] = items[i];
  return out;
}
const isNumber = (value) => typeof value === "number" || typeof value === "boolean";

function dtypeOf(asked) { // a name, a type of Python or NumPy, or an array's dtype
  const name = typeof asked === "string" ? asked : asked?.typeName;
  return DTYPES[name] ?? raise("TypeError", `the page has no dtype ${name ?? asked}`);
}

class DType { // what array.dtype and np.dtype give
  constructor(kind) {
    Object.assign(this, { typeName: kind, name: kind, kind: kind === "bool" ? "b" : kind[0] });
    this.itemsize = { bool: 1, float32: 4 }[kind] ?? 8;
  }
  __eq__(other) { return dtypeOf(other) === this.name; }
  __str__() { return this.name; }
}

const kindOf = (value) =>
  typeof value === "boolean" ? "bool" : Number.isInteger(value) ? "int64" : "float64";

function joined(a, b) { // NumPy's promotion of two arrays
  const wider = RANK[a] >= RANK[b] ? a : b;
  return wider === "float32" && (a === "int64" || b === "int64") ? "float64" : wider;
}

function joinedWeakly(array, value) { // of an array and a Python number
  const kind = kindOf(value);
  return RANK[array] >= 2 || RANK[array] >= RANK[kind] ? array : kind;
}

function whole(value) { // a whole number that a double holds exactly
  if (Math.abs(value) > WIDEST) raise("OverflowError", `${value} is too large for the page`);
  return value === 0 ? 0 : value; // there is no -0 among them
}
