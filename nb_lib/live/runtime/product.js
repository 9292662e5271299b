// Products of matrices. Eight rows of the left one are taken at once: four elements of each
// wait while four rows of the right one pass by, and are added to eight rows of sums, all
// doubles. Each sum goes over the inner axis in order.

const STRIP = 8, SMALL = 256; // products: below, single sums are quicker
let RIGHT = new Float64Array(4096), STRIPS = new Float64Array(1024);

// Where the page has said that WebAssembly may be used, vectors.py multiplies what is larger;
// its sums are the same to the last bit.

const LARGE = 4096, SIDE = 4, BYTES = 8; // products, least rows and columns, of a double
const PAIRS = globalThis.nbMayAssemble ? pairsOf(VECTORS) : null;

function pairsOf(digits) { // or null where a browser has no vectors or allows none: the loops do without
  try {
    const bytes = Uint8Array.from(digits.match(/../g), (each) => parseInt(each, 16));
    const { product, memory } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
    return { product, room: new Float64Array(memory.buffer) };
  } catch {
    return null;
  }
}

function matmul(x, y) {
  const a = asarray(x), b = asarray(y);
  if (!a.ndim || !b.ndim) raise("ValueError", "matmul: an operand does not have enough dimensions");
  const A = a.ndim === 1 ? viewed(a, [1, a.sizes[0]], [0, a.strides[0]]) : a;
  const B = b.ndim === 1 ? viewed(b, [b.sizes[0], 1], [b.strides[0], 0]) : b;
  const n = A.sizes[A.ndim - 2], k = A.sizes[A.ndim - 1], m = B.sizes[B.ndim - 1];
  if (k !== B.sizes[B.ndim - 2]) raise("ValueError", `matmul: the inner sizes ${k} and ${B.sizes[B.ndim - 2]} differ`);
  const kind = a.kind === b.kind ? a.kind : joined(a.kind, b.kind);
  if (kind === "bool") return bare(asarray(matmul(a.astype("int64"), b)).astype(kind)); // a count would wrap at 256
  const isPair = A.ndim === 2 && B.ndim === 2;
  const stack = isPair ? [] : broadcastShape(A.sizes.slice(0, -2), B.sizes.slice(0, -2));
  const sizes = isPair ? [] : [...stack];
  if (a.ndim > 1) sizes.push(n);
  if (b.ndim > 1) sizes.push(m);
  const out = roomFor(sizes, kind, NOBODY);
  if (isPair) multiplyInto(out, 0, A, A.offset, B, B.offset, n, k, m);
  else {
    let at = 0;
    const [first, second] = [A, B].map((each) => // without the axes of the matrix
      viewed(each, each.sizes.slice(0, -2), each.strides.slice(0, -2)));
    eachRun(stack, first, second, second, (count, i, s, j, t) => {
      for (let c = 0; c < count; c++, at += n * m) multiplyInto(out, at, A, i + c * s, B, j + c * t, n, k, m);
    });
  }
  if (kind === "int64") checked("matmul", out);
  passed(a);
  passed(b);
  latest = out;
  return bare(out);
}

function multiplyInto(out, at, A, a, B, b, n, k, m) {
  const [ra, ca] = [A.strides[A.ndim - 2], A.strides[A.ndim - 1]], [rb, cb] = [B.strides[B.ndim - 2], B.strides[B.ndim - 1]];
  const high = PAIRS && n * k * m >= LARGE && m >= SIDE ? Math.min(n, Math.floor((PAIRS.room.length - k * m) / (k + m))) : 0;
  if (high >= SIDE) inPairs(out.data, at, A.data, a, ra, ca, B.data, b, rb, cb, n, k, m, high);
  else if (n * k * m < SMALL || (n < STRIP && m < STRIP)) dots(A.data, a, ra, ca, B.data, b, rb, cb, out.data, at, n, k, m);
  else if (n < STRIP) inStrips(out, at, 1, m, B.data, b, cb, rb, A, a, ca, ra, m, k, n); // both turned round
  else inStrips(out, at, m, 1, A.data, a, ra, ca, B, b, rb, cb, n, k, m);
}

function inPairs(O, at, A, a, ra, ca, B, b, rb, cb, n, k, m, high) { // as many rows at once as there is room for
  const { product, room } = PAIRS, left = k * m, isTurned = ra < ca;
  rowByRow(B, b, rb, cb, k, m, room, 0);
  for (let i = 0; i < n; i += high) {
    const rows = Math.max(SIDE, Math.min(high, n - i)), row = Math.min(i, n - rows), to = left + rows * k;
    if (isTurned) rowByRow(A, a + row * ra, ca, ra, k, rows, room, left);
    else rowByRow(A, a + row * ra, ra, ca, rows, k, room, left);
    product(BYTES * left, BYTES * (isTurned ? 1 : k), BYTES * (isTurned ? rows : 1), 0, BYTES * m, BYTES * to, rows, k, m);
    O.set(room.subarray(to, to + rows * m), at + row * m);
  }
}

function inStrips(out, at, down, across, A, a, ra, ca, B, b, rb, cb, n, k, m) {
  const O = out.data, isReady = B.kind === "float64" && cb === 1, isInPlace = out.kind === "float64" && across === 1;
  if (!isReady) {
    if (RIGHT.length < k * m) RIGHT = new Float64Array(2 * k * m);
    rowByRow(B.data, b, rb, cb, k, m, RIGHT, 0);
  }
  if (STRIPS.length < STRIP * m) STRIPS = new Float64Array(2 * STRIP * m);
  for (let i = 0; i < n; i += STRIP) {
    const row = Math.min(i, n - STRIP), to = at + row * down; // the last strip ends with the last row
    strip(A, a + row * ra, ra, ca, isReady ? B.data : RIGHT, isReady ? b : 0, isReady ? rb : m,
      isInPlace ? O : STRIPS, isInPlace ? to : 0, k, m);
    if (!isInPlace) for (let r = 0; r < STRIP; r++) for (let j = 0; j < m; j++) O[to + r * down + j * across] = STRIPS[r * m + j];
  }
}

function rowByRow(D, start, step, inner, k, m, R, at) { // as doubles, one row after the other
  if (inner === 1 && step === m) R.set(D.subarray(start, start + k * m), at);
  else
    for (let p = 0; p < k; p++, start += step)
      for (let j = 0, x = start; j < m; j++, x += inner) R[at++] = D[x];
}

function dots(A, a, ra, ca, B, b, rb, cb, O, at, n, k, m) {
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let p = 0, x = a + i * ra, y = b + j * cb; p < k; p++, x += ca, y += rb) sum += A[x] * B[y];
      O[at++] = sum;
    }
}
