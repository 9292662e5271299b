"""What names of Python are called in JavaScript, and whose code is translated."""

FOREIGN = {  # modules of Python that the runtime has under a name of its own
    "math": "math",
    "itertools": "itertools",
    "functools": "functools",
    "operator": "operator",
    "collections": "collections",
    "collections.abc": "abc",
    "fractions": "fractions",
    "numbers": "numbers",
    "numpy": "np",
    "scipy.special": "special",
}
OWN = {"nb_lib"}  # the packages whose code is translated
JAVASCRIPT = (
    "arguments await break case catch class const continue debugger default delete do "
    "else enum eval export extends false finally for function if implements import in "
    "instanceof interface let new null package private protected public return static "
    "super switch this throw true try typeof var void while with yield"
)
RUNTIME = (
    "op py np math itertools functools operator collections abc numbers fractions "
    "special"
)
RESERVED = {*JAVASCRIPT.split(), *RUNTIME.split()}


def is_own(module):
    """Say whether a module is one whose code is translated."""
    return module.split(".")[0] in OWN


def identifier(name):
    """Return a name of Python as one that JavaScript takes."""
    return f"{name}_" if name in RESERVED else name
