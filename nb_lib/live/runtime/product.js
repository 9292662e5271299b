// Products of matrices. What is large enough is packed first: four rows of the left and four
// columns of the right one lie side by side as doubles, whatever kind and strides they had,
// and sixteen sums stay in registers. Each sum still goes over the inner axis in order.

const NOBODY = { isPassing: false }, TILE = 4, SMALL = 256; // below so many products, packing does not pay
let LEFT = new Float64Array(4096), RIGHT = new Float64Array(4096);

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
  if (n < TILE || m < TILE || n * k * m < SMALL) dots(A.data, a, ra, ca, B.data, b, rb, cb, out.data, at, 0, n, k, 0, m, m);
  else {
    const rows = n - (n % TILE), columns = m - (m % TILE);
    if (LEFT.length < rows * k) LEFT = new Float64Array(2 * rows * k);
    if (RIGHT.length < k * columns) RIGHT = new Float64Array(2 * k * columns);
    packed(A.data, a, ra, ca, rows, k, LEFT);
    packed(B.data, b, cb, rb, columns, k, RIGHT);
    tiles(LEFT, RIGHT, out.data, at, rows, k, columns, m);
    dots(A.data, a, ra, ca, B.data, b, rb, cb, out.data, at, 0, rows, k, columns, m, m);
    dots(A.data, a, ra, ca, B.data, b, rb, cb, out.data, at, rows, n, k, 0, m, m);
  }
  if (out.kind === "bool") for (let i = at; i < at + n * m; i++) out.data[i] = Number(out.data[i] !== 0);
}

function packed(D, start, step, inner, n, k, P) { // four lanes side by side
  let at = 0;
  for (let i = 0; i < n; i += TILE, start += TILE * step)
    for (let p = 0, x = start; p < k; p++, x += inner) {
      P[at] = D[x];
      P[at + 1] = D[x + step];
      P[at + 2] = D[x + 2 * step];
      P[at + 3] = D[x + 3 * step];
      at += TILE;
    }
}

function dots(A, a, ra, ca, B, b, rb, cb, O, at, row, rows, k, column, columns, m) {
  for (let i = row; i < rows; i++)
    for (let j = column; j < columns; j++) {
      let sum = 0;
      for (let p = 0, x = a + i * ra, y = b + j * cb; p < k; p++, x += ca, y += rb) sum += A[x] * B[y];
      O[at + i * m + j] = sum;
    }
}
