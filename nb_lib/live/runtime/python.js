// What translated Python needs of Python: operators, calls, containers, classes.

const op = { dots: ELLIPSIS, tuple, truth, def: defined, passing, returned };

function defined(takes, least, f, returnsNew = false) { // a function with the names of what it takes
  return Object.assign(f, { takes, least, returnsNew });
}

function truth(value) {
  if (typeof value === "boolean") return value;
  if (isNumber(value)) return value !== 0;
  if (value === null || value === undefined || value === "") return false;
  if (value instanceof NDArray) {
    if (value.size !== 1)
      raise("ValueError", "The truth value of an array with more than one element is ambiguous.");
    return flatOf(value)[0] !== 0;
  }
  if (isList(value)) return value.length > 0;
  if (value instanceof Map || value instanceof Set) return value.size > 0;
  if (value.__bool__) return value.__bool__();
  return value.__len__ ? value.__len__() > 0 : true;
}

// operators: plain numbers at once, then objects of ours, lists and words, then arrays

const PLAIN = {
  add: (p, q) => p + q,
  subtract: (p, q) => p - q,
  multiply: (p, q) => p * q,
  divide: (p, q) => (q === 0 ? raise("ZeroDivisionError", "division by zero") : p / q),
  floor_divide: (p, q) => (q === 0 ? raise("ZeroDivisionError", "division by zero") : floorDivided(p, q)),
  remainder: (p, q) => (q === 0 ? raise("ZeroDivisionError", "division by zero") : remainder(p, q)),
  power: (p, q) => power(p, q),
  less: (p, q) => p < q,
  less_equal: (p, q) => p <= q,
  greater: (p, q) => p > q,
  greater_equal: (p, q) => p >= q,
};
const SPECIAL = { // the methods by which a class of ours takes part
  add: ["__add__", "__radd__"], subtract: ["__sub__", "__rsub__"], multiply: ["__mul__", "__rmul__"],
  divide: ["__truediv__", "__rtruediv__"], floor_divide: ["__floordiv__", "__rfloordiv__"],
  remainder: ["__mod__", "__rmod__"], power: ["__pow__", "__rpow__"], matmul: ["__matmul__", "__rmatmul__"],
  less: ["__lt__", "__gt__"], less_equal: ["__le__", "__ge__"], greater: ["__gt__", "__lt__"],
  greater_equal: ["__ge__", "__le__"], equal: ["__eq__", "__eq__"], not_equal: ["__ne__", "__ne__"],
  logical_and: ["__and__", "__rand__"], logical_or: ["__or__", "__ror__"], logical_xor: ["__xor__", "__rxor__"],
};

for (const name of Object.keys(PLAIN)) {
  const ofPlain = PLAIN[name];
  op[name] = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return ofPlain(a, b);
    return areArrays(a, b) ? binary(name, a, b) : general(name, a, b);
  };
}
function areArrays(a, b) { // or one of them, and a number
  return a instanceof NDArray ? b instanceof NDArray || typeof b === "number" : typeof a === "number" && b instanceof NDArray;
}
op.matmul = (a, b) => (areArrays(a, b) ? matmul(a, b) : bySpecial("matmul", a, b) ?? matmul(a, b));
op.equal = (a, b) => (a instanceof NDArray || b instanceof NDArray ? binary("equal", a, b) : same(a, b));
op.not_equal = (a, b) => (a instanceof NDArray || b instanceof NDArray ? binary("not_equal", a, b) : !same(a, b));
for (const name of ["logical_and", "logical_or", "logical_xor"]) {
  op[name] = (a, b) => bySpecial(name, a, b) ?? ofContainers(name, a, b) ?? truths(name, a, b);
}
op.positive = (a) => a;
op.negative = (a) => (isNumber(a) ? -a : a instanceof NDArray ? unary("negative", a) : a.__neg__ ? a.__neg__() : unary("negative", a));
op.logical_not = (a) => {
  if (a instanceof NDArray && a.kind === "bool") return unary("logical_not", a);
  return raise("TypeError", "the page knows ~ of arrays of truth values only");
};

function general(name, a, b) {
  const own = bySpecial(name, a, b) ?? ofContainers(name, a, b);
  if (own !== undefined) return own;
  if (isNumber(a) && isNumber(b)) return PLAIN[name](+a, +b);
  const both = [a, b], isOdd = (each) => typeof each === "string" || each === null;
  if (both.some(isOdd) || !both.some((each) => isNumber(each) || isArray(each))) raise("TypeError", `unsupported operand types for ${name}`);
  return binary(name, a, b);
}

function kept(value) { // an object of ours may hold on to it
  latest = null;
  if (value instanceof NDArray) value.isPassing = false;
  return value;
}

function bySpecial(name, a, b) {
  const [left, right] = SPECIAL[name];
  if (a?.[left] && !(a instanceof NDArray)) return kept(a[left](kept(b)));
  return b?.[right] && !(b instanceof NDArray) ? kept(b[right](kept(a))) : undefined;
}

const isArray = (value) => value instanceof NDArray;
function ofContainers(name, a, b) {
  if (typeof a === "string" && typeof b === "string") return ofWords(name, a, b);
  if (name === "multiply" && typeof a === "string") return a.repeat(Math.max(b, 0));
  if (isList(a) && isList(b) && name === "add")
    return a instanceof Tuple ? tuple([...a, ...b]) : [...a, ...b];
  if (isList(a) && isNumber(b) && name === "multiply") return repeatedList(a, b);
  if (isList(b) && isNumber(a) && name === "multiply") return repeatedList(b, a);
  if (isList(a) && isList(b) && isComparison(name)) return PLAIN[name](ordered(a, b), 0);
  if (a instanceof Map && name === "logical_or") return new Map([...a, ...b]);
  if (a instanceof Set && b instanceof Set) return ofSets(name, a, b);
  return undefined;
}

const isComparison = (name) => /^(less|greater)/.test(name);
const ofWords = (name, a, b) => (name === "add" || isComparison(name)
  ? PLAIN[name](a, b) : raise("TypeError", `unsupported operand types for ${name}`));
const repeatedList = (list, n) => {
  if (!Number.isInteger(+n)) raise("TypeError", "can't multiply sequence by non-int of type 'float'");
  const items = Array.from({ length: Math.max(n, 0) }, () => [...list]).flat();
  return list instanceof Tuple ? tuple(items) : items;
};

function ofSets(name, a, b) {
  if (name === "logical_or") return new Set([...a, ...b]);
  if (name === "logical_and") return new Set([...a].filter((each) => b.has(each)));
  if (name === "subtract") return new Set([...a].filter((each) => !b.has(each)));
  return raise("TypeError", `the page knows no ${name} of sets`);
}

function ofBits(name, a, b) { // JavaScript's own are of 32 bits
  if (!Number.isInteger(+a) || !Number.isInteger(+b)) raise("TypeError", `unsupported operand types for ${name}`);
  const [p, q] = [BigInt(a), BigInt(b)];
  return Number(name === "logical_and" ? p & q : name === "logical_or" ? p | q : p ^ q);
}

function truths(name, a, b) { // & and | of truth values; of whole numbers they are bits
  if (typeof a === "boolean" && typeof b === "boolean")
    return { logical_and: a && b, logical_or: a || b, logical_xor: a !== b }[name];
  if (isNumber(a) && isNumber(b))
    return ofBits(name, a, b);
  const areTruths = [a, b].every((each) => typeof each === "boolean" || asarray(each).kind === "bool");
  return areTruths ? binary(name, a, b) : raise("TypeError", "the page knows & and | of truth values only");
}

op.and = (a, next) => (truth(a) ? next() : a);
op.or = (a, next) => (truth(a) ? a : next());
op.is = (a, b) => (a ?? null) === (b ?? null);
op.changed = (name, target, value) => { // target op= value
  const canGrow = isList(target) && !(target instanceof Tuple);
  if (canGrow && name === "add") LIST.extend(target, value);
  else if (canGrow && name === "multiply") target.splice(0, target.length, ...repeatedList(target, value));
  else if (target instanceof Map && name === "logical_or") DICT.update(target, value);
  else if (target instanceof Set) {
    const items = op[name](target, value);
    target.clear();
    SET.update(target, items);
  } else return target instanceof NDArray && name !== "matmul" ? inPlace(name, target, value) : op[name](target, value);
  return target;
};

function same(a, b) {
  if (isNumber(a) && isNumber(b)) return +a === +b;
  if (isList(a) && isList(b))
    return a instanceof Tuple === b instanceof Tuple && a.length === b.length && a.every((each, i) => same(each, b[i]));
  if (a?.__eq__) return a.__eq__(b);
  if (a instanceof Map && b instanceof Map)
    return a.size === b.size && [...a].every(([key, value]) => b.has(key) && same(value, b.get(key)));
  if (a instanceof Set && b instanceof Set) return a.size === b.size && [...a].every((each) => b.has(each));
  if (a?.isDataclass && a.constructor === b?.constructor)
    return a.constructor.fieldNames.every((name) => same(a[name], b[name]));
  return (a ?? null) === (b ?? null);
}

function ordered(a, b) { // below, at or above 0
  if (isList(a) && isList(b)) {
    const first = a.findIndex((each, i) => i >= b.length || !same(each, b[i]));
    if (first < 0) return a.length - b.length;
    return first >= b.length ? 1 : ordered(a[first], b[first]);
  }
  if (a?.__lt__) return a.__lt__(b) ? -1 : 1;
  if (!(isNumber(a) && isNumber(b)) && !(typeof a === "string" && typeof b === "string"))
    raise("TypeError", "'<' is not supported between these");
  return Number(a > b) - Number(a < b);
}

// keys of dictionaries: equal tuples and records are one key, and so are 1 and True

const firsts = new Map(), numbered = new WeakMap(); // the first of equal keys; the number of an object
let nNumbered = 0;

function hashed(key) {
  if (typeof key === "boolean") return Number(key);
  if (!(key instanceof Tuple || key?.isDataclass || key instanceof FractionValue)) {
    if (isList(key) || key instanceof NDArray || key instanceof Map || key instanceof Set) raise("TypeError", "unhashable type");
    return key?.__eq__ ? raise("TypeError", `the page has no key for ${typeName(key)}`) : key;
  }
  const word = keyWord(key);
  if (!firsts.has(word)) firsts.set(word, key);
  return firsts.get(word);
}

function keyWord(key) { // equal keys, and no others, have one word
  if (key instanceof Tuple) return `(${key.map(keyWord)})`;
  if (key?.isDataclass) return `${numberOf(key.constructor)}(${key.constructor.fieldNames.map((name) => keyWord(key[name]))})`;
  if (key instanceof FractionValue) return key.__str__();
  const one = hashed(key);
  if (typeof one === "string") return JSON.stringify(one);
  return one === Object(one) ? numberOf(one) : String(Object.is(one, -0) ? 0 : one);
}
function numberOf(owner) {
  if (!numbered.has(owner)) numbered.set(owner, `@${nNumbered++}`);
  return numbered.get(owner);
}

op.dict = (pairs) => new Map(Array.from(pairs, ([key, value]) => [hashed(key), value]));
op.set = (items) => new Set(Array.from(op.iter(items), hashed));
op.items = (map) => [...map];
op.named = (map) => Object.fromEntries(map);
op.slice = (start, stop, step) => new Slice(start, stop, step);
op.once = (make) => {
  let value;
  return () => (value === undefined ? (value = make()) : value);
};

// items and attributes

op.get = (owner, key) => {
  if (owner instanceof NDArray) return getItem(owner, key);
  if (isList(owner) || typeof owner === "string") return itemOf(owner, key);
  if (owner instanceof Map) {
    const place = hashed(key);
    return owner.has(place) ? owner.get(place) : owner.missing ? op.missing(owner, place) : raise("KeyError", format(key, "", true));
  }
  if (owner?.__getitem__) return owner.__getitem__(key);
  return owner?.isType ? owner : raise("TypeError", "the page cannot look into this with [...]");
};
op.missing = (map, key) => {
  map.set(key, map.missing());
  return map.get(key);
};

function itemOf(list, key) {
  if (key instanceof Slice) {
    const [first, count, step] = key.over(list.length);
    const items = Array.from({ length: count }, (_, i) => list[first + i * step]);
    return typeof list === "string" ? items.join("") : list instanceof Tuple ? tuple(items) : items;
  }
  const place = placeInList(list, key);
  return list[place];
}

function placeInList(list, key) {
  const at = typeof key === "boolean" ? Number(key) : key instanceof NDArray ? key.item() : key;
  if (!Number.isInteger(at)) raise("TypeError", "list indices must be integers or slices");
  if (at < -list.length || at >= list.length) raise("IndexError", "list index out of range");
  return at < 0 ? at + list.length : at;
}

op.set_item = (owner, key, value) => {
  if (owner instanceof NDArray) setItem(owner, key, value);
  else if (owner instanceof Map) owner.set(hashed(key), value);
  else if (owner instanceof Tuple) raise("TypeError", "'tuple' object does not support item assignment");
  else if (key instanceof Slice) {
    const [first, count, step] = key.over(owner.length);
    if (step !== 1) raise("TypeError", "the page sets slices of step 1 only");
    owner.splice(first, count, ...op.iter(value));
  } else if (isList(owner)) owner[placeInList(owner, key)] = value;
  else owner.__setitem__(key, value);
};

op.delete = (owner, key) => {
  if (owner instanceof Map) METHODS_OF(owner).pop(owner, key);
  else if (key instanceof Slice) op.set_item(owner, key, []);
  else owner.splice(placeInList(owner, key), 1);
};

const OF_NUMBERS = { ndim: 0, size: 1, real: null };
op.attr = (owner, name) => {
  if (isNumber(owner)) return name === "shape" ? tuple([]) : name in OF_NUMBERS ? OF_NUMBERS[name] ?? owner
    : op.bound(owner, name);
  const found = owner?.[name];
  if (found !== undefined && !(owner instanceof Map) && !isList(owner))
    return typeof found === "function" && !owner.isType ? op.bound(owner, name) : found;
  if (METHODS_OF(owner)?.[name]) return op.bound(owner, name);
  return raise("AttributeError", `no attribute ${name} in ${typeName(owner)}`);
};
op.setattr = (owner, name, value) => {
  if (!Reflect.set(owner, name, value)) raise("AttributeError", `${name} cannot be set`);
};
op.known = (space, name) => space[name] ?? (name in space ? space[name] : raise("AttributeError", `the page knows no ${name}`));
op.bound = (owner, name) => Object.assign((...given) => op.method(owner, name, given), { takes: owner?.[name]?.takes });

// calls

op.call = (f, given, named) => f(...placed(f, given, named));
op.method = (owner, name, given, named = null) => {
  const own = !isNumber(owner) && !(owner instanceof Map) && !(owner instanceof Set) && !isList(owner)
    && typeof owner !== "string" ? owner?.[name] : undefined;
  if (typeof own === "function") {
    const value = own.apply(owner, named ? placed(own, given, named) : given);
    if (!own.returnsNew) latest = null;
    return value;
  }
  latest = null;
  const method = METHODS_OF(owner)?.[name];
  if (!method) raise("AttributeError", `the page knows no ${name} of ${typeName(owner)}`);
  return named ? method(owner, ...given, named) : method(owner, ...given);
};

function placed(f, given, named) { // keywords at their places; partial and classes know theirs
  if (f.withNamed) return [...given, new Named(named)];
  if (!f.takes) raise("TypeError", `the page gives no keywords to ${f.pyName ?? "this function"}`);
  const out = given.slice();
  for (const name in named) {
    const place = f.takes.indexOf(name);
    if (place < 0) raise("TypeError", `${f.pyName ?? "a function"} takes no ${name} in the page`);
    if (place < given.length) raise("TypeError", `got multiple values for argument '${name}'`);
    out[place] = named[name];
  }
  for (let i = 0; i < out.length; i++) if (!(i in out)) out[i] = undefined; // what is left open has its default
  return out;
}

class Named { // keywords for what takes any
  constructor(named) { this.named = named; }
}
const parted = (given) => (given.at(-1) instanceof Named ? [given.slice(0, -1), given.at(-1).named] : [given, {}]);

op.partial = ([f, ...first], kept) => Object.assign((...more) => {
  const [given, named] = parted(more), all = { ...kept, ...named };
  return Object.keys(all).length ? op.call(f, [...first, ...given], all) : f(...first, ...given);
}, { withNamed: true, func: f, args: tuple(first), keywords: op.dict(Object.entries(kept)) });

// classes

op.class = (name, base, fields) => {
  const parent = base?.type ?? Object;
  const type = { [name]: class extends parent {} }[name];
  const own = fields ?? null;
  const make = (...given) => made(make, type, own, given);
  Object.assign(type.prototype, own ? { isDataclass: true } : {});
  if (own) type.fieldNames = own.map(([each]) => each);
  type.prototype.__class__ = make;
  return Object.assign(make, { type, isType: true, pyName: name, __name__: name, withNamed: true, base });
};

function made(cls, type, fields, given) {
  const self = new type(), [plain, named] = parted(given);
  if (fields) {
    const takes = fields.map(([name]) => name);
    const values = placed({ takes, pyName: cls.pyName }, plain, named);
    if (values.length > takes.length) raise("TypeError", `${cls.pyName} takes ${takes.length} values`);
    fields.forEach(([name, standard], i) => {
      if (values[i] === undefined && !standard) raise("TypeError", `${cls.pyName} wants ${name}`);
      self[name] = values[i] === undefined ? standard() : values[i];
    });
    self.__post_init__?.();
  } else if (self.__init__) op.method(self, "__init__", plain, Object.keys(named).length ? named : null);
  return self.__call__ ? callable(self) : self;
}

const callable = (self) => { // a function that is an object of ours, too
  const f = (...given) => f.__call__(...given);
  delete f.length;
  delete f.name;
  return Object.setPrototypeOf(f, self);
};
op.instance = (cls, state) => {
  const self = Object.assign(new cls.type(), state);
  return self.__call__ ? callable(self) : self;
};
op.getter = (cls, name, get, set) => Object.defineProperty(cls.type.prototype, name, { get, set, configurable: true });
op.cached = (cls, name, f) => Object.defineProperty(cls.type.prototype, name, {
  configurable: true,
  get() {
    const value = f.call(this);
    Object.defineProperty(this, name, { value, writable: true });
    return value;
  },
});
op.static = (cls, name, f) => { cls.type.prototype[name] = cls[name] = f; };
op.ofClass = (cls, name, f) => { cls.type.prototype[name] = cls[name] = defined(f.takes, f.least, f.bind(cls)); };
op.constant = (cls, name, make) => {
  const get = op.once(make);
  for (const owner of [cls, cls.type.prototype])
    Object.defineProperty(owner, name, { get, set(value) { Object.defineProperty(this, name, { value, writable: true }); }, configurable: true });
};
op.addMethod = (cls, name, f) => { cls.type.prototype[name] = f; };
op.super = (base, self) => new Proxy({}, {
  get: (_, name) => {
    const found = Reflect.get(base.type.prototype, name, self); // a getter looks at self
    return typeof found === "function" && !found.isType ? defined(found.takes, found.least, found.bind(self)) : found;
  },
});

// what can be gone through

op.iter = (value) => {
  if (value instanceof Map) return value.keys();
  if (value?.[Symbol.iterator]) return value.return ? unclosed(value) : value;
  if (!value?.__iter__) return raise("TypeError", `${typeName(value)} object is not iterable`);
  const found = value.__iter__();
  return found?.[Symbol.iterator] ? op.iter(found) : stepped(found);
};
// JavaScript ends a generator that a loop leaves early; in Python it goes on later
const unclosed = (generator) => ({ next: () => generator.next(), [Symbol.iterator]() { return this; } });
function* stepped(owner) { // an object with __next__
  for (;;) {
    let item;
    try {
      item = owner.__next__();
    } catch (error) {
      if (error.name === "StopIteration") return;
      throw error;
    }
    yield item;
  }
}
op.contains = (box, item) => {
  if (typeof box === "string") return box.includes(item);
  if (box instanceof Map || box instanceof Set) return box.has(hashed(item));
  if (box?.__contains__) return box.__contains__(item);
  if (box instanceof NDArray) return truth(reduce("any", binary("equal", box, item)));
  for (const each of op.iter(box)) if (same(each, item)) return true;
  return false;
};
op.unpack = (value, n, star) => {
  const items = value instanceof Tuple && star === null ? value : [...op.iter(value)]; // a list may change meanwhile
  if (star === null) return items.length === n ? items
    : raise("ValueError", `wanted ${n} values to unpack, got ${items.length}`);
  const after = n - 1 - star, end = items.length - after;
  if (items.length < n - 1) raise("ValueError", "not enough values to unpack");
  return [...items.slice(0, star), items.slice(star, end), ...items.slice(end)];
};

function typeName(value) {
  if (value === null || value === undefined) return "NoneType";
  if (isArray(value)) return "ndarray";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  if (typeof value === "string") return "str";
  if (isList(value)) return value instanceof Tuple ? "tuple" : "list";
  return value instanceof Map ? "dict" : value.constructor?.name ?? typeof value;
}
