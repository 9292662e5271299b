"""The inner loops of the page's arrays, written out when the book is built.

A loop that calls a function for every element is several times slower than one in
which the operation stands, and the page may not make code itself. So each operation is
written into its own loop, twice: once for arrays of doubles alone, which a JavaScript
engine then compiles for them, and once for all others.
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


def kernels():
    """Return the loops as JavaScript: two tables of [for doubles, for others]."""
    tables = {"BINARY": (BINARY, TWO), "UNARY": (UNARY, ONE)}
    return "".join(table(name, *parts) for name, parts in tables.items())


def table(name, bodies, loop):
    """Write one table of loops."""
    rows = (
        f"  {word}: [{loop.format(body=body)}, {loop.format(body=body)}],\n"
        for word, body in bodies.items()
    )
    return f"const {name} = {{\n{''.join(rows)}}};\n"
