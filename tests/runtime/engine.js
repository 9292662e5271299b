// Answers calls of the runtime, one JSON line for each; its text comes before this one.

const readline = require("node:readline");

const doubles = (values) => Buffer.from(Float64Array.from(values).buffer).toString("base64");

function decoded(value) {
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return value.map(decoded);
  if ("array" in value) {
    const bytes = Buffer.from(value.array, "base64"), data = new Float64Array(new Uint8Array(bytes).buffer);
    return new NDArray(STORE[value.kind].from(data), value.shape, value.kind, value.strides, value.offset);
  }
  if ("float" in value) return { nan: NaN, inf: Infinity, "-inf": -Infinity, "-0.0": -0 }[value.float];
  if ("tuple" in value) return tuple(value.tuple.map(decoded));
  if ("slice" in value) return new Slice(...value.slice);
  return ELLIPSIS;
}

function encoded(value) {
  if (value instanceof NDArray)
    return { array: doubles(flatOf(value)), shape: value.sizes, kind: value.kind };
  if (value instanceof Tuple || isList(value)) return { tuple: [...value].map(encoded) };
  if (typeof value === "number")
    return Number.isFinite(value) && !Object.is(value, -0) ? value : { float: Object.is(value, -0) ? "-0.0" : value !== value ? "nan" : value > 0 ? "inf" : "-inf" };
  return value;
}

const called = (f, args, named) => (Object.keys(named).length ? op.call(f, args, named) : f(...args));
const CALLS = {
  np: (name, args, named) => called(name.split(".").reduce((space, part) => space[part], np), args, named),
  method: (name, [self, ...args], named) => op.method(self, name, args, Object.keys(named).length ? named : null),
  program: (name) => globalThis.snippets[name](),
  names: () => Object.fromEntries(Object.entries(SPACES).map(([name, space]) => [name, Object.keys(space).join(" ")])),
  get: (_, [a, key]) => getItem(a, key),
  set: (_, [a, key, value]) => {
    const target = a.copy();
    setItem(target, key, value);
    return target;
  },
  inplace: (name, [a, b]) => inPlace(name, a.copy(), b),
  draws: (_, [seed, calls]) => {
    const generator = np.random.default_rng(seed);
    return calls.map(([name, ...args]) => generator[name](...args));
  },
  spawned: (_, [seed]) => {
    const generator = np.random.default_rng(seed);
    const children = [...generator.spawn(2), ...generator.spawn(1)];
    return stack([...children, children[1].spawn(3)[2]].map((each) => each.normal(0, 1, 4)));
  },
};

const SPACES = { np, "np.linalg": np.linalg, "np.random": np.random, math, itertools, functools, operator, collections,
  special, fractions, py, op };

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const { kind, name, args, named } = JSON.parse(line);
  let answer;
  try {
    answer = { ok: encoded(CALLS[kind](name, args.map(decoded), Object.fromEntries(
      Object.entries(named).map(([word, value]) => [word, decoded(value)])))) };
  } catch (error) {
    answer = { error: error.name, text: error.message };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
});
