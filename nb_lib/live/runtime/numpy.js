// The names of NumPy that the page knows. Each says what it takes: what it does not
// know, a keyword or one argument too many, it refuses.

function numpyFunction(name, takes, f) { // takes: "a axis=" as Python writes it
  const names = takes.split(" ").filter(Boolean).map((each) => each.replace("=", ""));
  const needed = takes.split(" ").filter((each) => each && !each.endsWith("=")).length;
  function called() {
    const n = arguments.length;
    if (n > names.length) raise("TypeError", `${name} takes ${names.length} arguments in the page`);
    if (n < needed) raise("TypeError", `${name} wants ${names.slice(n, needed)}`);
    return f.apply(null, arguments);
  }
  return Object.assign(called, { takes: names, pyName: name });
}

const np = { nan: NaN, inf: Infinity, pi: Math.PI, e: Math.E, newaxis: null, linalg: {}, random: {} };
const define = (space, functions) => {
  for (const [name, [takes, f]] of Object.entries(functions)) space[name] = numpyFunction(name, takes, f);
};

for (const name of Object.keys(BINARY)) np[name] = numpyFunction(name, "x1 x2 dtype=", (a, b, dtype) => (dtype
  ? binary(name, asarray(a, dtype), asarray(b, dtype)) : binary(name, a, b)));
for (const name of Object.keys(UNARY)) np[name] = numpyFunction(name, "x dtype=", (a, dtype) => unary(name, asarray(a, dtype ?? null)));
for (const [name, other] of [["abs", "absolute"], ["mod", "remainder"]]) np[name] = np[other];
for (const name of ["sum", "mean", "max", "min", "any", "all", "prod"]) {
  np[name] = numpyFunction(name, "a axis= keepdims=", (a, axis, keepdims) => reduce(name, a, axis, keepdims));
}
for (const name of ["argmax", "argmin"]) np[name] = numpyFunction(name, "a axis=", (a, axis) => reduce(name, a, axis));

define(np, {
  array: ["object dtype=", (value, dtype) => asarray(value, dtype ?? null).copy()],
  asarray: ["a dtype=", (value, dtype) => asarray(value, dtype ?? null)],
  zeros: ["shape dtype=", (shape, dtype) => newOnes(shape, dtype ?? null, 0)],
  empty: ["shape dtype=", (shape, dtype) => newOnes(shape, dtype ?? null, 0)],
  ones: ["shape dtype=", (shape, dtype) => newOnes(shape, dtype ?? null, 1)],
  full: ["shape fill_value dtype=", full],
  zeros_like: ["a dtype=", (a, dtype) => filled(...like(a, dtype ?? null), 0)],
  empty_like: ["a dtype=", (a, dtype) => filled(...like(a, dtype ?? null), 0)],
  ones_like: ["a dtype=", (a, dtype) => filled(...like(a, dtype ?? null), 1)],
  full_like: ["a fill_value dtype=", (a, value, dtype) => full(asarray(a).sizes, value, dtype ?? asarray(a).kind)],
  arange: ["start stop= step= dtype=", arange],
  linspace: ["start stop num=", linspace],
  eye: ["N dtype=", (n, dtype) => eye(n, dtype ?? null)],
  diag: ["v", diag],
  where: ["condition x= y=", where],
  clip: ["a a_min= a_max=", clip],
  concatenate: ["arrays axis=", concatenate],
  stack: ["arrays axis=", stack],
  append: ["arr values", append],
  size: ["a", (a) => asarray(a).size],
  meshgrid: ["x y indexing=", meshgrid],
  diff: ["a n= axis= prepend=", (a, n = 1, axis = -1, prepend) => (n === 1 ? diff(a, axis, prepend)
    : raise("ValueError", "diff: one difference at a time in the page"))],
  argsort: ["a axis= kind=", (a, axis) => argsort(a, axis)],
  sort: ["a axis=", sort],
  cumsum: ["a axis=", cumsum],
  cumprod: ["a axis=", cumprod],
  unique: ["ar", unique],
  searchsorted: ["a v side=", searchsorted],
  histogram: ["a bins", histogram],
  repeat: ["a repeats axis=", repeat],
  split: ["ary indices_or_sections axis=", split],
  dtype: ["dtype", (dtype) => new DType(dtypeOf(dtype))],
  roll: ["a shift axis=", roll],
  tile: ["A reps", tile],
  nan_to_num: ["x copy= nan= posinf= neginf=", nan_to_num],
  vdot: ["a b", vdot],
  dot: ["a b", dot],
  matmul: ["x1 x2", matmul],
  outer: ["a b", outer],
  nonzero: ["a", (a) => tuple(nonzero(a))],
  flatnonzero: ["a", flatnonzero],
  array_equal: ["a1 a2", array_equal],
  quantile: ["a q axis=", quantile],
  median: ["a axis=", median],
  var: ["a axis= ddof= keepdims=", variance],
  std: ["a axis= ddof= keepdims=", (...given) => unary("sqrt", variance(...given))],
  ptp: ["a axis=", (a, axis) => binary("subtract", reduce("max", a, axis), reduce("min", a, axis))],
  reshape: ["a shape", (a, shape) => asarray(a).reshape(...shapeOf(shape))],
  transpose: ["a axes=", (a, axes) => asarray(a).transpose(...(axes ? [axes] : []))],
  swapaxes: ["a axis1 axis2", (a, p, q) => asarray(a).swapaxes(p, q)],
  squeeze: ["a axis=", (a, axis) => asarray(a).squeeze(axis ?? null)],
  ravel: ["a", (a) => asarray(a).ravel()],
  broadcast_to: ["array shape", (a, shape) => broadcastTo(asarray(a), shapeOf(shape))],
  round: ["a decimals=", (a, decimals = 0) => binary("divide", unary("rint", binary("multiply", a, 10 ** decimals)), 10 ** decimals)],
});
define(np.linalg, {
  norm: ["x ord= axis= keepdims=", norm],
  qr: ["a", qr],
  svdvals: ["x", singularValues],
});
define(np.random, { default_rng: ["seed", default_rng] });

const METHODS_OF_ARRAYS = ["sum", "mean", "max", "min", "any", "all", "prod", "argmax", "argmin", "std", "var",
  "clip", "cumsum", "cumprod", "nonzero", "dot", "argsort", "round", "repeat", "searchsorted"];
for (const name of METHODS_OF_ARRAYS) {
  const method = function method(...given) { return np[name](this, ...given); };
  NDArray.prototype[name] = Object.assign(method, { takes: np[name].takes.slice(1) });
}
Object.assign(NDArray.prototype.astype, { takes: ["dtype"], returnsNew: true });
for (const name of ["reshape", "transpose", "swapaxes", "squeeze", "ravel"]) NDArray.prototype[name].takes = np[name].takes.slice(1);
