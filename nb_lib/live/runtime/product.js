// Products of matrices. Eight rows of the left one are taken at once: four elements of each
// wait while four rows of the right one pass by, and are added to eight rows of sums, all
// doubles. Each sum goes over the inner axis in order.

const NOBODY = { isPassing: false }, STRIP = 8, NARROW = 4, SMALL = 256; // below, single sums are quicker
let RIGHT = new Float64Array(4096), STRIPS = new Float64Array(1024);

function matmul(x, y) {
  const a = asarray(x), b = asarray(y);
  if (!a.ndim || !b.ndim) raise("ValueError", "matmul: an operand does not have enough dimensions");
  const A = a.ndim === 1 ? viewed(a, [1, a.sizes[0]], [0, a.strides[0]]) : a;
  const B = b.ndim === 1 ? viewed(b, [b.sizes[0], 1], [b.strides[0], 0]) : b;
  const n = A.sizes[A.ndim - 2], k = A.sizes[A.ndim - 1], m = B.sizes[B.ndim - 1];
  if (k !== B.sizes[B.ndim - 2]) raise("ValueError", `matmul: the inner sizes ${k} and ${B.sizes[B.ndim - 2]} differ`);
  const kind = a.kind === b.kind ? a.kind : joined(a.kind, b.kind), isPair = A.ndim === 2 && B.ndim === 2;
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
  const O = out.data, areDoubles = out.kind === "float64";
  if (n < STRIP || m < NARROW || n * k * m < SMALL) dots(A.data, a, ra, ca, B.data, b, rb, cb, O, at, n, k, m);
  else {
    const isReady = B.kind === "float64" && cb === 1;
    if (!isReady) rowByRow(B.data, b, rb, cb, k, m);
    if (STRIPS.length < STRIP * m) STRIPS = new Float64Array(2 * STRIP * m);
    for (let i = 0; i < n; i += STRIP) {
      const row = Math.min(i, n - STRIP), to = at + row * m; // the last strip ends with the last row
      const S = areDoubles ? O : STRIPS, s = areDoubles ? to : 0;
      strip(A.data, a + row * ra, ra, ca, isReady ? B.data : RIGHT, isReady ? b : 0, isReady ? rb : m, S, s, k, m);
      if (!areDoubles) for (let j = 0; j < STRIP * m; j++) O[to + j] = S[j];
    }
  }
  if (out.kind === "bool") for (let i = at; i < at + n * m; i++) O[i] = Number(O[i] !== 0);
}

function rowByRow(D, start, step, inner, k, m) { // as doubles, into RIGHT
  if (RIGHT.length < k * m) RIGHT = new Float64Array(2 * k * m);
  for (let p = 0, at = 0; p < k; p++, start += step)
    for (let j = 0, x = start; j < m; j++, x += inner) RIGHT[at++] = D[x];
}

function dots(A, a, ra, ca, B, b, rb, cb, O, at, n, k, m) {
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let p = 0, x = a + i * ra, y = b + j * cb; p < k; p++, x += ca, y += rb) sum += A[x] * B[y];
      O[at++] = sum;
    }
}
