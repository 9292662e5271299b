// Arrays that have no name: in x @ w + b the product is gone when the sum is there. The
// translator marks them; the operation that takes one writes over it, or keeps its memory
// for arrays to come, so that a step of training asks for little new memory.

let latest = null; // what was made last: only that can be passing
const SPARE = Object.fromEntries(Object.keys(STORE).map((kind) => [kind, new Map()])); // kind, length: data
const NOBODY = { isPassing: false }, LEAST = 64, MOST_SPARE = 4, MOST_LENGTHS = 32;

function passing(value) { // what was computed a moment ago, and goes straight into the next operation
  if (value === latest && value !== null) value.isPassing = true;
  return value;
}

const returned = (f, value) => (f.returnsNew ? passing(value) : value); // by a function

function roomFor(shape, kind, a, b = a) { // an array whose every element will be written
  if (a.isPassing && a.isWhole && a.kind === kind && sameShape(a.sizes, shape)) return a;
  if (b.isPassing && b.isWhole && b.kind === kind && sameShape(b.sizes, shape)) return b;
  const n = product(shape), spare = n < LEAST ? undefined : SPARE[kind].get(n);
  return spare?.length ? new NDArray(spare.pop(), shape, kind) : empty(shape, kind);
}

function passed(a, out = null) { // a was taken into account, perhaps written over
  if (!a.isPassing) return;
  a.isPassing = false;
  if (a === out || a.size < LEAST || a.data.length !== a.size) return;
  const lengths = SPARE[a.kind];
  if (!lengths.has(a.size)) {
    if (lengths.size === MOST_LENGTHS) lengths.clear();
    lengths.set(a.size, []);
  }
  const spare = lengths.get(a.size);
  if (spare.length < MOST_SPARE) spare.push(a.data);
}
