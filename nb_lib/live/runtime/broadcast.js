// How arrays of different shapes go together: broadcasting, and the runs of elements in
// which loops go over them.

function sameShape(a, b) {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function broadcastShape(a, b) { // the shape may be one of those given: shapes are never changed
  if (!b.length || sameShape(a, b)) return a;
  if (!a.length) return b;
  const n = Math.max(a.length, b.length), shape = new Array(n);
  for (let i = 0; i < n; i++) {
    const p = a[a.length - n + i] ?? 1, q = b[b.length - n + i] ?? 1;
    if (p !== q && p !== 1 && q !== 1)
      raise("ValueError", `operands could not be broadcast together with shapes (${a}) (${b})`);
    shape[i] = p === 1 ? q : p;
  }
  return shape;
}

function stepOf(a, fromEnd) { // along an axis, counted from the last; an axis of one element stays where it is
  const axis = a.sizes.length - fromEnd;
  return axis < 0 || a.sizes[axis] === 1 ? 0 : a.strides[axis];
}

const broadcastStrides = (a, shape) => shape.map((_, i) => stepOf(a, shape.length - i));

function broadcastTo(a, shape) {
  if (sameShape(a.sizes, shape)) return a;
  const joint = broadcastShape(a.sizes, shape);
  if (!sameShape(joint, shape))
    raise("ValueError", `could not broadcast from shape (${a.sizes}) into shape (${shape})`);
  return viewed(a, shape, broadcastStrides(a, shape));
}

function liesInOrder(sizes, strides) { // without gaps
  for (let i = sizes.length - 1, n = 1; i >= 0; n *= sizes[i--])
    if (sizes[i] !== 1 && strides[i] !== n) return false;
  return true;
}

// Three arrays are gone through at once. Axes that all three pass in one stride become one:
// what is whole is one run, a row added to a matrix one run for each row of it.

const AXES = 32;
const COUNTS = new Int32Array(AXES), PLACES = new Int32Array(AXES);
const STEPS = [0, 1, 2].map(() => new Int32Array(AXES));

function joinedAxes(shape, a, b, c) { // the number of axes left, written into COUNTS and STEPS
  const [S, T, U] = STEPS;
  let last = -1;
  for (let i = 0; i < shape.length; i++) {
    const n = shape[i], fromEnd = shape.length - i;
    if (n === 1) continue;
    const s = stepOf(a, fromEnd), t = stepOf(b, fromEnd), u = stepOf(c, fromEnd);
    if (last >= 0 && S[last] === s * n && T[last] === t * n && U[last] === u * n) COUNTS[last] *= n;
    else COUNTS[++last] = n;
    S[last] = s;
    T[last] = t;
    U[last] = u;
  }
  return last + 1;
}

function eachRun(shape, a, b, c, visit) { // visit(n, i, s, j, t, k, u): n elements from i in steps of s, and so on
  if (shape.includes(0)) return;
  const inner = joinedAxes(shape, a, b, c) - 1, [S, T, U] = STEPS;
  let i = a.offset, j = b.offset, k = c.offset;
  if (inner < 0) return void visit(1, i, 0, j, 0, k, 0);
  const n = COUNTS[inner], s = S[inner], t = T[inner], u = U[inner];
  PLACES.fill(0, 0, inner);
  for (let axis = inner; axis >= 0;) {
    visit(n, i, s, j, t, k, u);
    for (axis = inner - 1; axis >= 0; axis--) {
      const isDone = ++PLACES[axis] === COUNTS[axis], by = isDone ? 1 - COUNTS[axis] : 1;
      i += S[axis] * by;
      j += T[axis] * by;
      k += U[axis] * by;
      if (!isDone) break;
      PLACES[axis] = 0;
    }
  }
}
