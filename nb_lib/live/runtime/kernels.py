"""The inner loops of the page's arrays, written out when the book is built.

A loop that calls a function for every element is several times slower than one in
which the operation stands, and the page may not make code itself. So each operation is
written into its own loop, three times: for arrays of doubles alone, of singles alone,
and for all others, because an engine compiles a loop for the kinds it has met there.
"""

BINARY = {
    "add": "p + q",
    "subtract": "p - q",
    "multiply": "p * q",
    "divide": "p / q",
    "floor_divide": "floorDivided(p, q)",
    "remainder": "remainder(p, q)",
    "power": "power(p, q)",
    "maximum": "p >= q || p !== p ? p : q",
    "minimum": "p <= q || p !== p ? p : q",
    "hypot": "Math.hypot(p, q)",
    "arctan2": "Math.atan2(p, q)",
    "logaddexp": "logAddExp(p, q)",
    "greater": "Number(p > q)",
    "greater_equal": "Number(p >= q)",
    "less": "Number(p < q)",
    "less_equal": "Number(p <= q)",
    "equal": "Number(p === q)",
    "not_equal": "Number(p !== q)",
    "logical_and": "Number(p !== 0 && q !== 0)",
    "logical_or": "Number(p !== 0 || q !== 0)",
    "logical_xor": "Number((p !== 0) !== (q !== 0))",
}
UNARY = {
    "negative": "-p",
    "absolute": "Math.abs(p)",
    "sign": "Math.sign(p)",
    "square": "p * p",
    "sqrt": "Math.sqrt(p)",
    "reciprocal": "1 / p",
    "exp": "Math.exp(p)",
    "expm1": "Math.expm1(p)",
    "log": "Math.log(p)",
    "log2": "Math.log2(p)",
    "log10": "Math.log10(p)",
    "log1p": "Math.log1p(p)",
    "sin": "Math.sin(p)",
    "cos": "Math.cos(p)",
    "tan": "Math.tan(p)",
    "arcsin": "Math.asin(p)",
    "arccos": "Math.acos(p)",
    "arctan": "Math.atan(p)",
    "sinh": "Math.sinh(p)",
    "cosh": "Math.cosh(p)",
    "tanh": "Math.tanh(p)",
    "floor": "Math.floor(p)",
    "ceil": "Math.ceil(p)",
    "trunc": "Math.trunc(p)",
    "rint": "roundedToEven(p)",
    "isnan": "Number(p !== p)",
    "isinf": "Number(p === Infinity || p === -Infinity)",
    "isfinite": "Number(p - p === 0)",
    "logical_not": "Number(p === 0)",
}
TWO = """\
(P, i, s, Q, j, t, R, k, n) => {{
  if (s === 1 && t === 1)
    for (let m = 0; m < n; m++) {{
      const p = P[i + m], q = Q[j + m];
      R[k + m] = {body};
    }}
  else if (s === 1 && t === 0) {{
    const q = Q[j];
    for (let m = 0; m < n; m++) {{
      const p = P[i + m];
      R[k + m] = {body};
    }}
  }} else
    for (let m = 0; m < n; m++, i += s, j += t) {{
      const p = P[i], q = Q[j];
      R[k + m] = {body};
    }}
}}"""
ONE = """\
(P, R, n) => {{ for (let m = 0; m < n; m++) {{ const p = P[m]; R[m] = {body}; }} }}"""


PRODUCT = """\
(A, B, O, start, n, k, m) => {{
  const rows = n - (n % 4), columns = m - (m % 4);
  for (let i = 0; i < rows; i += 4) {{
    const r0 = i * k, r1 = r0 + k, r2 = r1 + k, r3 = r2 + k;
    for (let j = 0; j < columns; j += 4) {{
      let {zeros};
      for (let p = 0, at = j; p < k; p++, at += m) {{
        const a0 = A[r0 + p], a1 = A[r1 + p], a2 = A[r2 + p], a3 = A[r3 + p];
        const b0 = B[at], b1 = B[at + 1], b2 = B[at + 2], b3 = B[at + 3];
        {sums}
      }}
      const o0 = start + i * m + j, o1 = o0 + m, o2 = o1 + m, o3 = o2 + m;
      {stores}
    }}
  }}
  for (let i = 0; i < n; i++)
    for (let j = i < rows ? columns : 0; j < m; j++) {{
      let sum = 0;
      for (let p = 0; p < k; p++) sum += A[i * k + p] * B[p * m + j];
      O[start + i * m + j] = sum;
    }}
}}"""
TILE = [(i, j) for i in range(4) for j in range(4)]  # sums that stay in registers
COPIES = 3


def kernels():
    """Return the loops as JavaScript: tables of [doubles, singles, others]."""
    tables = {
        "BINARY": (BINARY, TWO),
        "UNARY": (UNARY, ONE),
        "PRODUCT": ({"matmul": ""}, product()),
    }
    return "".join(table(name, *parts) for name, parts in tables.items())


def product():
    """Write the product of two matrices, four rows and four columns at a time."""
    text = PRODUCT.format(
        zeros=", ".join(f"s{i}{j} = 0" for i, j in TILE),
        sums=" ".join(f"s{i}{j} += a{i} * b{j};" for i, j in TILE),
        stores=" ".join(f"O[o{i} + {j}] = s{i}{j};" for i, j in TILE),
    )
    return text.replace("{", "{{").replace("}", "}}")  # formatted once more


def table(name, bodies, loop):
    """Write one table of loops."""
    rows = (
        f"  {word}: [{', '.join([loop.format(body=body)] * COPIES)}],\n"
        for word, body in bodies.items()
    )
    return f"const {name} = {{\n{''.join(rows)}}};\n"
