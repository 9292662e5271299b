"""The product of matrices in WebAssembly: two columns to a vector, four rows at once.

Its bytes are assembled when the book is built. Every number is the sum that product.js
writes with plain loops, in the same order and rounded at the same places, so the page
shows the same with it and without. No vector instruction here is a relaxed one.
"""

HIGH, WIDE = 4, 2  # a tile of sums: rows, and vectors of each row
ACROSS = 2 * WIDE  # columns of a tile
SIZE, VECTOR = 8, 16  # bytes
PAGES = 16  # of 64 kB: the matrices that are multiplied, and their product

PLAIN = {  # instructions of whole numbers and of the flow
    "loop": b"\x03\x40",
    "end": b"\x0b",
    "again_if": b"\x0d\x00",
    "select": b"\x1b",  # of three the first if the third is true, else the second
    "less": b"\x48",
    "plus": b"\x6a",
    "times": b"\x6c",
    "load": b"\xfd\x00\x00",  # a vector, from a place and an offset
    "spread": b"\xfd\x0a\x00",  # a double, into both halves of a vector
    "store": b"\xfd\x0b\x00",
    "+": b"\xfd\xf0\x01",  # of vectors
    "*": b"\xfd\xf2\x01",
}
NAMED = {
    "get": b"\x20",
    "set": b"\x21",
    "keep": b"\x22",
}  # a local; keep leaves it there
WITH_OFFSET = {"load", "spread", "store"}
INTEGER, VECTOR_TYPE, FUNCTION = b"\x7f", b"\x7b", b"\x60"

GIVEN = ["a", "ra", "ca", "b", "rb", "o", "n", "k", "m"]  # places and strides: in bytes
ROWS = [f"x{r}" for r in range(HIGH)]
COUNTERS = ["i", "j", "p", "last", "row", "left", "y", "to", "across", *ROWS]
SUMS = [f"s{r}{v}" for r in range(HIGH) for v in range(WIDE)]
VECTORS = ["zero", "one", *(f"b{v}" for v in range(WIDE)), *SUMS]
LOCALS = {name: k for k, name in enumerate([*GIVEN, *COUNTERS, *VECTORS])}

# o[i, j] = Σ_p a[i, p] b[p, j], a tile at a time; the last tile ends with the last row
# and the last column, so n and m are at least 4 and need not be multiples of it.
PRODUCT = """
get m {SIZE} times set across
loop
  get i  get n -{HIGH} plus keep last  get i get last less select set row
  0 set j
  loop
    get j  get m -{ACROSS} plus keep last  get j get last less select
    {SIZE} times set left
    get row get ra times get a plus set x0
    {next_rows}
    get b get left plus set y
    {no_sums}
    get k set p
    loop
      {right}
      {sums}
      get y get rb plus set y
      get p -1 plus keep p again_if
    end
    get row get across times get left plus get o plus set to
    {stores}
    get j {ACROSS} plus keep j get m less again_if
  end
  get i {HIGH} plus keep i get n less again_if
end
"""


def product():
    """Write the instructions, with every row and vector of a tile on its own."""
    rows, wide = range(HIGH), range(WIDE)
    add = "get s{r}{v} get one get b{v} * + set s{r}{v}"
    return PRODUCT.format(
        SIZE=SIZE,
        HIGH=HIGH,
        ACROSS=ACROSS,
        next_rows=" ".join(f"get x{r - 1} get ra plus set x{r}" for r in rows[1:]),
        no_sums=" ".join(f"get zero set {each}" for each in SUMS),
        right=" ".join(f"get y load {VECTOR * v} set b{v}" for v in wide),
        sums=" ".join(
            f"get x{r} spread 0 set one {' '.join(add.format(r=r, v=v) for v in wide)} "
            f"get x{r} get ca plus set x{r}"
            for r in rows
        ),
        stores=" ".join(
            " ".join(f"get to get s{r}{v} store {VECTOR * v}" for v in wide)
            + " get to get across plus set to"
            for r in rows
        ),
    )


def assembled(text):
    """Return the bytes of instructions; a number alone is put on the stack."""
    words, code = iter(text.split()), b""
    for word in words:
        if word in NAMED:
            code += NAMED[word] + unsigned(LOCALS[next(words)])
        elif word in PLAIN:
            code += PLAIN[word]
            code += unsigned(int(next(words))) if word in WITH_OFFSET else b""
        else:
            code += b"\x41" + signed(int(word))
    return code + PLAIN["end"]


def module():
    """Return the bytes of a module with the function ``product`` and its ``memory``."""
    kinds = ((COUNTERS, INTEGER), (VECTORS, VECTOR_TYPE))
    locals_ = vector(*(unsigned(len(names)) + kind for names, kind in kinds))
    kind = FUNCTION + vector(*[INTEGER] * len(GIVEN)) + vector()
    exports = vector(name("product") + b"\0\0", name("memory") + b"\2\0")
    sections = {
        1: vector(kind),
        3: vector(unsigned(0)),
        5: vector(b"\0" + unsigned(PAGES)),
        7: exports,
        10: vector(sized(locals_ + assembled(product()))),
    }
    parts = (bytes([number]) + sized(part) for number, part in sections.items())
    return b"\0asm\1\0\0\0" + b"".join(parts)


def vectors():
    """Return the module as JavaScript: its bytes, two digits each."""
    return f'const VECTORS = "{module().hex()}";\n'


def vector(*items):
    """Write how many items follow, then the items."""
    return unsigned(len(items)) + b"".join(items)


def sized(part):
    """Write how many bytes follow, then the bytes."""
    return unsigned(len(part)) + part


def name(word):
    """Write a word with its length."""
    return sized(word.encode())


def unsigned(number):
    """Write a whole number in sevens of bits, the low ones first (LEB128)."""
    head, rest = number & 127, number >> 7
    return bytes([head | 128]) + unsigned(rest) if rest else bytes([head])


def signed(number):
    """Write a number that may be negative; the last seven bits carry its sign."""
    head, rest = number & 127, number >> 7
    is_last = rest == (-1 if head & 64 else 0)
    return bytes([head]) if is_last else bytes([head | 128]) + signed(rest)
