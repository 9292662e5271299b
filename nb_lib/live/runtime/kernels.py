"""The inner loops of the page's arrays, written out when the book is built.

A loop that calls a function for every element is several times slower than one in
which the operation stands, and the page may not make code itself. So each operation is
written into its own loop, and what training often does into three: for arrays of
doubles alone, of singles alone, and for all others, because an engine compiles a loop
for the kinds it has met there.
"""

BINARY = {
    "add": "p + q",
    "subtract": "p - q",
    "multiply": "p * q",
    "divide": "p / q",
    "floor_divide": "floorDivided(p, q)",
    "remainder": "remainder(p, q)",
    "power": "power(p, q)",
    "maximum": "chosen(p, q, Number(p < q) | Number(q !== q))",
    "minimum": "chosen(p, q, Number(p > q) | Number(q !== q))",
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
OFTEN = {
    *("add", "subtract", "multiply", "divide", "power", "maximum", "minimum"),
    *("greater", "less", "equal", "negative", "absolute", "square", "sqrt"),
    *("exp", "log", "tanh", "max", "min", "where"),
}
TWO = """\
(P, i, s, Q, j, t, R, k, n) => {{
  const isPlain = !(i | j | k); // then the engine adds no offsets
  if (isPlain && s === 1 && t === 1)
    for (let m = 0; m < n; m++) {{
      const p = P[m], q = Q[m];
      R[m] = {body};
    }}
  else if (isPlain && s === 1 && t === 0) {{
    const q = Q[0];
    for (let m = 0; m < n; m++) {{
      const p = P[m];
      R[m] = {body};
    }}
  }} else if (isPlain && s === 0 && t === 1) {{
    const p = P[0];
    for (let m = 0; m < n; m++) {{
      const q = Q[m];
      R[m] = {body};
    }}
  }} else
    for (let m = 0; m < n; m++, i += s, j += t) {{
      const p = P[i], q = Q[j];
      R[k + m] = {body};
    }}
}}"""
ONE = """\
(P, i, R, k, n) => {{
  for (let m = 0; m < n; m++) {{
    const p = P[i + m];
    R[k + m] = {body};
  }}
}}"""
PLACE = """\
(D, i, n, step) => {{
  let place = 0, value = D[i];
  for (let m = 1; m < n && value === value; m++) {{
    const next = D[i += step];
    if ({body} || next !== next) {{
      place = m;
      value = next;
    }}
  }}
  return place;
}}"""
PLACES = {"max": "next > value", "min": "next < value"}  # nan comes first
CHOSEN = """\
(C, i, s, P, j, t, Q, k, u, R, at, n) => {{
  for (let m = 0; m < n; m++, i += s, j += t, k += u)
    R[at + m] = chosen(Q[k], P[j], Number(C[i] !== 0));
}}"""
COLUMNS = """\
(D, i, rows, columns, R, k) => {{
  let row = 0;
  for (; row <= rows - 4; row += 4, i += 4 * columns) {{
    const j = i + columns, s = j + columns, t = s + columns;
    for (let m = 0; m < columns; m++)
      R[k + m] = {sum};
  }}
  for (; row < rows; row++)
    for (let m = 0; m < columns; m++) R[k + m] += D[i++];
}}"""
SUM = """\
function sum{copy}(D, i, n, step) {{
  if (n < 8) {{
    let sum = n ? D[i] : 0;
    for (let m = 1; m < n; m++) sum = {sum_}(sum + D[i += step]);
    return sum;
  }}
  if (n > 128) {{
    const half = (n >> 1) - ((n >> 1) % 8), middle = i + half * step;
    return {sum_}(sum{copy}(D, i, half, step) + sum{copy}(D, middle, n - half, step));
  }}
  let {firsts};
  let m = 8;
  for (i += 8 * step; m < n - (n % 8); m += 8, i += 8 * step) {{
    {more}
  }}
  let sum = {tree};
  for (; m < n; m++, i += step) sum = {sum_}(sum + D[i]);
  return sum;
}}"""
STRIP = """\
function strip(A, a, ra, ca, B, b, rb, S, s, k, m) {{ // of eight rows and B
  const {rows};
  let p = 0;
  S.fill(0, s, s + {height} * m);
{passes}
}}
"""
PASS = """\
  for (; p <= k - {depth}; p += {depth}) {{
    const {elements};
    const {starts};
    for (let j = 0; j < m; j++) {{
      const {right};
      {sums}
    }}
  }}"""
HEIGHT, DEPTH = 8, 4  # rows and elements of each that wait at once
COPIES = 3  # for doubles, singles, others
ROUNDED = ("", "Math.fround", "")  # a sum of singles is rounded at every step


def kernels():
    """Return the loops as JavaScript: tables of [doubles, singles, others]."""
    tables = {
        "BINARY": (BINARY, TWO),
        "UNARY": (UNARY, ONE),
        "PLACES_OF": (PLACES, PLACE),
        "CHOSEN": ({"where": ""}, CHOSEN),
    }
    texts = [table(name, *parts) for name, parts in tables.items()]
    return "".join([*texts, columns(), sums(), strip()])


def strip():
    """Write the product of eight rows and a matrix, in fours, then singly."""
    height = range(HEIGHT)
    rows = [f"x{r} = a + {r} * ra, s{r} = s + {r} * m" for r in height]
    return STRIP.format(
        height=HEIGHT,
        rows=", ".join(rows),
        passes="\n".join(map(waiting, (DEPTH, 1))),
    )


def waiting(depth):
    """Write the loop in which some elements of each of eight rows wait."""
    height, inner = range(HEIGHT), range(depth)
    sums = (
        f"S[s{r} + j] = {'(' * depth}S[s{r} + j]"
        + "".join(f" + a{r}{q} * b{q})" for q in inner)
        for r in height
    )
    return PASS.format(
        depth=depth,
        elements=", ".join(
            f"a{r}{q} = A[x{r} + (p + {q}) * ca]" for r in height for q in inner
        ),
        starts=", ".join(f"y{q} = b + (p + {q}) * rb" for q in inner),
        right=", ".join(f"b{q} = B[y{q} + j]" for q in inner),
        sums="; ".join(sums) + ";",
    )


def columns():
    """Write the sums of columns, one row after the other, four rows at a time."""
    copies = []
    for rounded in ROUNDED:
        added = "R[k + m]"
        for row in "ijst":
            added = f"{rounded}({added} + D[{row} + m])"
        copies.append(COLUMNS.format(sum=added))
    return f"const COLUMNS = [{', '.join(copies)}];\n"


def sums():
    """Write NumPy's order of adding, so that sums agree to the last bit."""
    copies = [pairwise(copy, rounded) for copy, rounded in enumerate(ROUNDED)]
    return f"const SUMS = [{', '.join(copies)}];\n"


def pairwise(copy, rounded):
    """Write one copy of the sum: eight at a time, halves of what is longer."""
    more = (f"r{k} = {rounded}(r{k} + D[i + {k} * step]);" for k in range(8))
    tree = [f"r{k}" for k in range(8)]
    while len(tree) > 1:
        pairs = zip(tree[::2], tree[1::2], strict=True)
        tree = [f"{rounded}({p} + {q})" for p, q in pairs]
    return SUM.format(
        copy=copy,
        sum_=rounded,
        firsts=", ".join(f"r{k} = D[i + {k} * step]" for k in range(8)),
        more=" ".join(more),
        tree=tree[0],
    )


def table(name, bodies, loop):
    """Write one table of loops."""
    rows = (
        f"  {word}: {copies(loop.format(body=body), word in OFTEN)},\n"
        for word, body in bodies.items()
    )
    return f"const {name} = {{\n{''.join(rows)}}};\n"


def copies(text, is_often):
    """Write a loop as often as there are kinds of store, or once for all of them."""
    each = ", ".join([text] * COPIES)
    return f"[{each}]" if is_often else f"Array({COPIES}).fill({text})"
