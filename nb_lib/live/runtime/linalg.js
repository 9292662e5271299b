// What follows from products of matrices: factors, singular values, lengths.

function qr(value) { // Householder's reflections with LAPACK's signs, reduced
  const a = asarray(value), [n, m] = a.sizes, k = Math.min(n, m);
  if (a.ndim !== 2) raise("LinAlgError", "qr of a stack is not for the page");
  const R = Float64Array.from(flatOf(a)), mirrors = [];
  for (let j = 0; j < k; j++) {
    let below = 0;
    for (let i = j + 1; i < n; i++) below += R[i * m + j] ** 2;
    const top = R[j * m + j], beta = below ? -Math.sign(top || 1) * Math.sqrt(top * top + below) : top;
    const v = new Float64Array(n), tau = below ? (beta - top) / beta : 0;
    v[j] = 1;
    for (let i = j + 1; i < n && below; i++) v[i] = R[i * m + j] / (top - beta);
    reflect(R, v, tau, m, j, j);
    mirrors.push([v, tau]);
  }
  const Q = empty([n, k], "float64"), U = empty([k, m], "float64");
  for (let i = 0; i < k; i++) Q.data[i * k + i] = 1;
  for (let j = k - 1; j >= 0; j--) reflect(Q.data, ...mirrors[j], k, j, 0);
  for (let i = 0; i < k; i++) for (let c = i; c < m; c++) U.data[i * m + c] = R[i * m + c];
  return tuple([Q, U]);
}

function reflect(M, v, tau, columns, from, firstColumn) { // M -= tau v (v' M)
  for (let c = firstColumn; c < columns; c++) {
    let dot = 0;
    for (let i = from; i < v.length; i++) dot += v[i] * M[i * columns + c];
    for (let i = from; i < v.length; i++) M[i * columns + c] -= tau * dot * v[i];
  }
}

function singularValues(value) { // one-sided Jacobi: turn columns until all are orthogonal
  const a = asarray(value);
  if (a.ndim !== 2) raise("LinAlgError", "singular values of a stack are not for the page");
  const tall = a.sizes[0] >= a.sizes[1] ? a : a.T, [n, m] = tall.sizes;
  const U = Float64Array.from(flatOf(tall.T)); // its columns, one after the other
  for (let sweep = 0, isTurned = true; isTurned && sweep < 60; sweep++) {
    isTurned = false;
    for (let p = 0; p < m; p++) for (let q = p + 1; q < m; q++) isTurned = turned(U, p * n, q * n, n) || isTurned;
  }
  const lengths = Array.from({ length: m }, (_, j) => Math.sqrt(dotted(U, j * n, j * n, n)));
  return listOf(lengths.sort((x, y) => y - x), "float64");
}

function dotted(U, p, q, n) {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += U[p + i] * U[q + i];
  return sum;
}

function turned(U, p, q, n) { // two columns, so that they are orthogonal; whether that was needed
  const [pp, qq, pq] = [dotted(U, p, p, n), dotted(U, q, q, n), dotted(U, p, q, n)];
  if (!(Math.abs(pq) > 1e-15 * Math.sqrt(pp * qq))) return false;
  const zeta = (qq - pp) / (2 * pq), t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const c = 1 / Math.hypot(1, t), s = c * t;
  for (let i = 0; i < n; i++) [U[p + i], U[q + i]] = [c * U[p + i] - s * U[q + i], s * U[p + i] + c * U[q + i]];
  return true;
}

function norm(value, ord = null, axis = null, keepdims = false) {
  if (ord !== null) raise("ValueError", "the page knows the Euclidean norm only");
  const a = asarray(value), squares = unary("square", RANK[a.kind] < 2 ? a.astype("float64") : a);
  return unary("sqrt", reduce("sum", squares, axis, keepdims));
}
