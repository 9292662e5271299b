// Python's built-in functions and types, and what the book takes from its modules.

const named = (name, least, takes, f) => Object.assign(f, { pyName: name, least, takes });
const typed = (name, f) => Object.assign(f, { typeName: name, pyName: name, isType: true, __name__: name });
const listed = (items) => [...op.iter(items)];

const NO_KIND = "the page cannot tell 2 from 2.0: ask for numbers.Real or numbers.Integral";

const py = {
  int: typed("int", (value = 0, base = 10) => (typeof value === "string" ? intOf(value.trim(), base) : wholePart(Number(plain(value))))),
  float: typed("float", (value = 0) => (typeof value === "string" ? floatOf(value.trim()) : Number(plain(value)))),
  bool: typed("bool", (value = false) => truth(value)),
  str: typed("str", (value = "") => str(value)),
  list: typed("list", (items = []) => listed(items)),
  tuple: typed("tuple", (items = []) => tuple(listed(items))),
  set: typed("set", (items = []) => op.set(items)),
  dict: typed("dict", (items = [], ...more) => {
    const [given, more_named] = parted([items, ...more]);
    const pairs = given[0] instanceof Map ? [...given[0]] : given.length ? listed(given[0]) : [];
    return op.dict([...pairs, ...Object.entries(more_named)]);
  }),
  complex: typed("complex", () => raise("TypeError", "the page knows no complex numbers")),
  slice: typed("slice", (...ends) => (ends.length === 1 ? new Slice(null, ends[0]) : new Slice(...ends))),
  object: typed("object", () => ({})),
  type: typed("type", (value) => {
    if (typeof value === "number" && Number.isInteger(value)) raise("TypeError", NO_KIND);
    return value?.__class__ ?? (isArray(value) ? np.ndarray : py[typeName(value)] ?? { __name__: typeName(value), isType: true });
  }),
  range: typed("range", (start, stop, step = 1) => new Range(start, stop, step)),
  len: (box) => {
    if (box instanceof NDArray) return box.ndim ? box.sizes[0] : raise("TypeError", "len() of unsized object");
    if (box instanceof Map || box instanceof Set) return box.size;
    if (typeof box === "string") return [...box].length;
    return box?.length ?? box?.__len__?.() ?? raise("TypeError", `object of type '${typeName(box)}' has no len()`);
  },
  abs: (value) => (isNumber(value) ? Math.abs(value) : value.__abs__ ? value.__abs__() : unary("absolute", value)),
  round: (value, places = null) => {
    const number = plain(value), size = Math.abs(number);
    if (places === null) return wholePart(roundedToEven(number));
    if (!Number.isFinite(size)) return number;
    return Math.sign(number) * Number(places < 0 ? rounded(size, places) * 10n ** BigInt(-places) : fixed(size, places));
  },
  sum: named("sum", 1, ["iterable", "start"], (items, start = 0) => {
    let total = start;
    for (const each of op.iter(items)) total = op.add(total, each);
    return total;
  }),
  any: (items) => { for (const each of op.iter(items)) if (truth(each)) return true; return false; },
  all: (items) => { for (const each of op.iter(items)) if (!truth(each)) return false; return true; },
  sorted: named("sorted", 1, ["iterable", "key", "reverse"], (items, key = null, reverse = false) => {
    const keyed = listed(items).map((each) => [key ? key(each) : each, each]);
    const turn = truth(reverse) ? -1 : 1;
    return keyed.sort(([a], [b]) => turn * ordered(a, b)).map(([, each]) => each);
  }),
  reversed: (items) => listed(items).reverse(),
  enumerate: named("enumerate", 1, ["iterable", "start"], function* enumerate(items, start = 0) {
    let i = start;
    for (const each of op.iter(items)) yield tuple([i++, each]);
  }),
  zip: Object.assign((...given) => {
    const [columns, { strict = false }] = parted(given);
    return zipped(columns, truth(strict));
  }, { withNamed: true }),
  *map(f, ...columns) { for (const each of zipped(columns, false)) yield f(...each); },
  *filter(f, items) { for (const each of op.iter(items)) if (truth(f ? f(each) : each)) yield each; },
  iter: (items) => op.iter(items)[Symbol.iterator](),
  next: (items, standard) => {
    const { done, value } = (items.__next__ ? stepped(items) : items).next();
    return !done ? value : standard === undefined ? raise("StopIteration", "") : standard;
  },
  min: Object.assign((...given) => extreme(given, -1), { withNamed: true }),
  max: Object.assign((...given) => extreme(given, 1), { withNamed: true }),
  isinstance: (value, cls) => {
    const kinds = [cls].flat(), one = kinds.filter((each) => each === py.int || each === py.float);
    const isWhole = typeof value === "number" && Number.isInteger(value);
    if (!isWhole || one.length !== 1) return kinds.some((each) => isOf(value, each));
    return kinds.some((each) => each !== one[0] && isOf(value, each))
      || raise("TypeError", NO_KIND);
  },
  callable: (value) => typeof value === "function",
  hasattr: (owner, name) => { // what JavaScript's own objects have is no attribute
    const methods = METHODS_OF(owner), own = owner?.[name];
    if (methods) return Object.hasOwn(methods, name);
    const isForeign = own === Object.prototype[name] || own === Function.prototype[name] || name === "constructor";
    return own !== undefined && !isForeign && !(typeof owner === "function" && !owner.__call__ && name in Function.prototype);
  },
  getattr: (owner, name, standard) => (py.hasattr(owner, name) || standard === undefined ? op.attr(owner, name) : standard),
  setattr: (owner, name, value) => { owner[name] = value; return null; },
  id: (value) => value,
  repr,
  format: (value, spec = "") => format(value, spec),
  divmod: (a, b) => tuple([op.floor_divide(a, b), op.remainder(a, b)]),
  pow: (a, b) => op.power(a, b),
  print: () => null,
  exception: (kind) => Object.assign((text = "") => Object.assign(new Error(text), { name: kind }), { pyName: kind, isType: true }),
};
py.dict.withNamed = true;
py.dict.fromkeys = (keys, value = null) => op.dict(listed(keys).map((key) => [key, value]));

const plain = (value) => (value instanceof NDArray ? value.item() : value?.__float__ ? value.__float__() : value);
const ENDLESS = { inf: Infinity, infinity: Infinity, nan: NaN };
function floatOf(word) {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word)) return Number(word);
  const value = ENDLESS[word.replace(/^[+-]/, "").toLowerCase()] ?? raise("ValueError", `could not convert string to float: '${word}'`);
  return word[0] === "-" ? -value : value;
}
function intOf(word, base) {
  const digits = [...word.replace(/^[+-]/, "")];
  if (digits.length && digits.every((each) => parseInt(each, base) >= 0)) return parseInt(word, base);
  return raise("ValueError", `invalid literal for int() with base ${base}: '${word}'`);
}

class Range {
  constructor(start, stop, step) {
    const [low, high] = stop === undefined ? [0, start] : [start, stop];
    Object.assign(this, { start: low, stop: high, step });
    this.length = Math.max(0, Math.ceil((high - low) / step));
  }
  *[Symbol.iterator]() { for (let i = 0; i < this.length; i++) yield this.start + i * this.step; }
  __getitem__(key) { return itemOf([...this], key); }
  __contains__(item) { return [...this].includes(item); }
}

function* zipped(columns, isStrict) {
  const parts = columns.map((each) => op.iter(each)[Symbol.iterator]()), n = parts.length;
  while (n) {
    const row = new Tuple(n);
    for (let i = 0; i < n; i++) {
      const next = parts[i].next();
      if (next.done) {
        const areEven = !i && parts.slice(1).every((each) => each.next().done);
        return isStrict && !areEven ? raise("ValueError", "zip() arguments differ in length") : undefined;
      }
      row[i] = next.value;
    }
    yield row;
  }
}

function extreme(given, sign) {
  const [values, { key = null, ...rest }] = parted(given);
  const items = values.length === 1 ? listed(values[0]) : values;
  if (!items.length) return "default" in rest ? rest.default : raise("ValueError", "iterable argument is empty");
  const keyOf = key ?? ((each) => each);
  return items.reduce((best, each) => (sign * ordered(keyOf(each), keyOf(best)) > 0 ? each : best));
}

function isOf(value, cls) {
  switch (cls) {
    case py.int: case numbers.Integral: return typeof value === "boolean" || Number.isInteger(value);
    case py.float: return typeof value === "number";
    case numbers.Real: case numbers.Number: return isNumber(value);
    case py.bool: return typeof value === "boolean";
    case py.str: return typeof value === "string";
    case py.tuple: return value instanceof Tuple;
    case py.list: return isList(value) && !(value instanceof Tuple);
    case py.dict: return value instanceof Map;
    case py.set: return value instanceof Set;
    case np.ndarray: return value instanceof NDArray;
    case np.random.Generator: return value instanceof Generator;
    case np.generic: case py.complex: return false;
    case abc[cls.typeName]: return ABSTRACT[cls.typeName](value);
    default: return Boolean(cls.type) && value instanceof cls.type;
  }
}

const numbers = { Integral: typed("Integral", () => 0), Real: typed("Real", () => 0), Number: typed("Number", () => 0) };
const math = {
  pi: Math.PI, e: Math.E, tau: 2 * Math.PI, inf: Infinity, nan: NaN,
  sqrt: (x) => (x < 0 ? raise("ValueError", "math domain error") : Math.sqrt(x)),
  log: (x, base) => (x <= 0 ? raise("ValueError", "math domain error") : base === undefined ? Math.log(x) : Math.log(x) / Math.log(base)),
  ...Object.fromEntries(["log10", "log2", "log1p", "exp", "expm1", "sin", "cos", "tan"].map((name) => [name, raising(Math[name])])),
  atan2: Math.atan2, tanh: Math.tanh, hypot: Math.hypot,
  floor: (x) => wholePart(Math.floor(x)), ceil: (x) => wholePart(Math.ceil(x)), fabs: Math.abs, radians: (x) => (x * Math.PI) / 180, degrees: (x) => (x * 180) / Math.PI,
  isfinite: Number.isFinite, isnan: Number.isNaN, isinf: (x) => Math.abs(x) === Infinity,
  prod: (items) => listed(items).reduce((p, q) => p * q, 1),
  comb: (n, k) => { let c = 1; for (let i = 1; i <= k; i++) c = (c * (n - k + i)) / i; return Math.round(c); },
  copysign: (x, y) => (Object.is(Math.sign(y), -0) || y < 0 ? -1 : 1) * Math.abs(x),
  fsum: (items) => exactSum(listed(items)),
};
function raising(f) { // where NumPy gives what is endless or no number, math raises
  return (x) => {
    const y = f(x);
    if (y !== y && x === x || y === -Infinity) raise("ValueError", "math domain error");
    return y === Infinity && x !== y ? raise("OverflowError", "math range error") : y;
  };
}
function exactSum(items) { // Shewchuk's: parts that do not overlap, the smallest first
  let parts = [];
  for (let x of items) {
    const rest = [];
    for (let y of parts) {
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const sum = x + y, lost = y - (sum - x);
      if (lost) rest.push(lost);
      x = sum;
    }
    parts = [...rest, x];
  }
  let sum = parts.pop() ?? 0, lost = 0;
  while (parts.length && !lost) {
    const before = sum, part = parts.pop();
    sum += part;
    lost = part - (sum - before);
  }
  const twice = 2 * lost; // half of the last digit is lost: the parts below say which way
  return lost * parts.at(-1) > 0 && sum + twice - sum === twice ? sum + twice : sum;
}

const functools = {
  lru_cache: (f) => {
    const kept = new Map();
    return defined(f.takes, f.least, (...given) => {
      const key = hashed(tuple(given));
      if (!kept.has(key)) kept.set(key, f(...given));
      return kept.get(key);
    });
  },
  partial: Object.assign((...given) => { const [plain_, more] = parted(given); return op.partial(plain_, more); }, { withNamed: true }),
  reduce: (f, items, start) => (start === undefined ? listed(items).reduce((p, q) => f(p, q)) : listed(items).reduce((p, q) => f(p, q), start)),
};
functools.cache = functools.lru_cache;
const itertools = {
  *count(start = 0, step = 1) { for (let i = start; ; i += step) yield i; },
  *repeat(value, times = Infinity) { for (let i = 0; i < times; i++) yield value; },
  *cycle(items) { const all = listed(items); for (;;) yield* all; },
  *pairwise(items) {
    let before, isFirst = true;
    for (const each of op.iter(items)) {
      if (!isFirst) yield tuple([before, each]);
      [before, isFirst] = [each, false];
    }
  },
  *islice(items, ...ends) {
    const [start, stop, step] = ends.length === 1 ? [0, ends[0], 1] : [ends[0] ?? 0, ends[1], ends[2] ?? 1];
    let i = 0;
    if (stop !== null && stop <= start) return;
    for (const each of op.iter(items)) {
      if (i >= start && (i - start) % step === 0) yield each;
      if (stop !== null && ++i >= stop) return;
      if (stop === null) i++;
    }
  },
  *chain(...columns) { for (const each of columns) yield* op.iter(each); },
  product: Object.assign((...given) => {
    const [columns, { repeat = 1 }] = parted(given);
    const all = Array.from({ length: repeat }, () => columns.map(listed)).flat();
    return all.reduce((rows, column) => rows.flatMap((row) => column.map((each) => [...row, each])), [[]]).map((row) => tuple(row));
  }, { withNamed: true }),
  *combinations(items, n) {
    const all = listed(items);
    if (n === 0) yield tuple([]);
    else for (let i = 0; i + n <= all.length; i++)
      for (const rest of itertools.combinations(all.slice(i + 1), n - 1)) yield tuple([all[i], ...rest]);
  },
  *accumulate(items, f = null) {
    let total, isFirst = true;
    for (const each of op.iter(items)) {
      total = isFirst ? each : f ? f(total, each) : op.add(total, each);
      isFirst = false;
      yield total;
    }
  },
  *takewhile(f, items) { for (const each of op.iter(items)) { if (!truth(f(each))) return; yield each; } },
};
itertools.chain.from_iterable = function* fromIterable(columns) { for (const each of op.iter(columns)) yield* op.iter(each); };
const operator = {
  itemgetter: (...keys) => (box) => (keys.length === 1 ? op.get(box, keys[0]) : tuple(keys.map((key) => op.get(box, key)))),
  attrgetter: (name) => (owner) => op.attr(owner, name),
  add: (a, b) => op.add(a, b), mul: (a, b) => op.multiply(a, b), sub: (a, b) => op.subtract(a, b),
};
const collections = {
  deque: named("deque", 0, ["iterable", "maxlen"], (items = [], maxlen = null) => queue(listed(items), maxlen ?? undefined)),
  defaultdict: Object.assign((make, ...given) => Object.assign(py.dict(...given), { missing: make }), { withNamed: true }),
};
const special = { ndtr: numpyFunction("ndtr", "x", (x) => bare(mapped(asarray(x), normalShare))) };
np.ndarray = typed("ndarray", () => raise("TypeError", "the page makes arrays with np.array"));
np.random.Generator = typed("Generator", () => raise("TypeError", "the page makes generators with default_rng"));
for (const [name, kind] of [["float32", "float32"], ["float64", "float64"], ["int64", "int64"], ["bool_", "bool"], ["bool", "bool"], ["intp", "int64"]]) {
  np[name] = typed(kind, (value = 0) => (isNumber(value) ? filled([], kind, value).item() : asarray(value, kind)));
}
np.generic = typed("generic", () => raise("TypeError", "the page has plain numbers"));
np.nextafter = (from, to) => {
  if (from === to || from !== from || to !== to) return from === to ? to : NaN;
  if (from === 0) return to > 0 ? Number.MIN_VALUE : -Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, from);
  view.setBigInt64(0, view.getBigInt64(0) + (to > from === from > 0 ? 1n : -1n));
  return view.getFloat64(0);
};
const abc = {};
for (const name of ["Iterable", "Sequence", "Mapping", "Callable", "Iterator"])
  abc[name] = typed(name, () => raise("TypeError", "an abstract class"));
const ABSTRACT = {
  Iterable: (value) => Boolean(value?.[Symbol.iterator] || value?.__iter__),
  Iterator: (value) => typeof value?.next === "function",
  Sequence: (value) => isList(value) || typeof value === "string" || value instanceof Range,
  Mapping: (value) => value instanceof Map,
  Callable: (value) => typeof value === "function",
};
np.finfo = (dtype) => (dtypeOf(dtype) === "float32"
  ? { tiny: 1.1754943508222875e-38, eps: 1.1920928955078125e-7, max: 3.4028234663852886e38 }
  : { tiny: 2.2250738585072014e-308, eps: 2.220446049250313e-16, max: Number.MAX_VALUE });

function mapped(a, f) {
  const out = empty([...a.sizes], RANK[a.kind] < 2 ? "float64" : a.kind), D = flatOf(a);
  for (let i = 0; i < D.length; i++) out.data[i] = f(D[i]);
  return out;
}

function normalShare(x) { // the share of a standard normal below x
  const z = Math.abs(x) / Math.SQRT2;
  if (z < 3) {
    let sum = z, term = z;
    for (let n = 1; n < 80; n++) {
      term *= (-z * z) / n;
      sum += term / (2 * n + 1);
    }
    return x > 0 ? 0.5 + sum / Math.sqrt(Math.PI) : 0.5 - sum / Math.sqrt(Math.PI);
  }
  let rest = 0;
  for (let k = 60; k > 0; k--) rest = k / 2 / (z + rest);
  const beyond = Math.exp(-z * z) / Math.sqrt(Math.PI) / (z + rest) / 2;
  return x > 0 ? 1 - beyond : beyond;
}
