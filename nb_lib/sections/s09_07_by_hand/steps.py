"""You are backprop: the twelve derivatives of one example, and the slips on the way."""

from nb_lib.book.walk import Step, Walk
from nb_lib.sections.s09_07_by_hand import ledger
from nb_lib.sections.s09_07_by_hand.numerals import numeral, plain, symbol
from nb_lib.sections.s09_07_by_hand.places import EDGES, ENDS, NODES, UNDER

TITLE = (
    "You are backprop, on example A. Click the part whose derivative comes next and "
    "enter its number, or the product that gives it. Here ∂v₁ is short for ∂L/∂v₁."
)
SIGN = "The size is right, but the sign is not."
RULE = "What did the edge carry forward, and which delta came back to its end?"
ONE = "A bias is an edge that carries a 1, so its derivative is the delta at its end."
OTHER, LOW = {"1": "2", "2": "1"}, {"1": "₁", "2": "₂"}


def you_are_backprop(example="A"):
    """Return the walk through one example of the first epoch, with the sigmoid."""
    labels = [
        (*place(*NODES[name][:2]), f"{symbol(name)} = {plain(cells_of(example)[name])}")
        for name in ("x1", "x2")
    ]
    target = f"target {plain(cells_of(example)['t'])}"
    return Walk(
        TITLE,
        steps(example),
        lines=[line(name) for name in ENDS],
        labels=[*labels, (*place(0.89, 0.25), target)],
    )


def steps(example="A"):
    """Return the twelve steps: the output, what ends there, the units, their edges."""
    c = cells_of(example)
    found = [output(c)]
    found += [output_weight(c, j) for j in "12"] + [output_bias(c)]
    for j in "12":
        found += [unit(c, j), hidden_bias(c, j)]
        found += [hidden_weight(c, i, j) for i in "12"]
    return found


def cells_of(example):
    """Return all numbers of one example in the first epoch, by name."""
    page, (x, t) = ledger.epochs()[0], ledger.examples()[example]
    cells = page.params | page.forward[example] | page.backward[example]
    return cells | {"x1": x[0], "x2": x[1], "t": t}


def place(x, y):
    """Turn a place of the drawing into per cent of the walk, from the top."""
    return round(100 * x, 1), round(100 * (0.87 - y) / 0.82, 1)


def line(name):
    """Give both ends of an edge, from box to box."""
    start, end = (NODES[node] for node in ENDS[name])
    return *place(*start[:2]), *place(*end[:2])


def step(c, by, at, shown, *, needs, slips, hint, done):
    """Make the step that asks for ∂L/∂``by``.

    The wrong sign is a slip of all, and so is a number of the ledger that belongs to
    the other example. A wrong number that is zero explains nothing and is left out.
    """
    wanted = c["d" + by]
    named = {SIGN: -wanted} | slips | elsewhere(by)
    return Step(
        name="d" + by,
        at=place(*at[:2]),
        shown=shown,
        asked=f"∂L/∂{symbol(by)}",
        short=symbol("d" + by),
        wanted=wanted,
        needs=needs,
        slips={words: wrong for words, wrong in named.items() if wrong},
        hint=hint,
        done=done,
    )


def elsewhere(by):
    """Give the numbers with the same name that the ledger has, too."""
    page = ledger.epochs()[0]
    found = {
        "That is the number of example B; here you see A.": page.backward["B"]["d" + by]
    }
    if by in page.gradient:
        found["That is the sum A + B; here only A is asked."] = page.gradient[by]
    return found


def output(c):
    """Ask for the derivative by the output, where all begins."""
    e = c["dy"]
    return step(
        c,
        "y",
        NODES["y"],
        f"y = {numeral(c['y'])}",
        needs={},
        slips={
            "The factor 2 of the square is cancelled by the ½ of the mean.": 2 * e,
            "There is no ½ left: the 2 of the square has cancelled it.": e / 2,
            "That is the loss ½ (y − t)² itself, not its derivative.": e * e / 2,
            "That is the output. The derivative is the error, y − t.": c["y"],
        },
        hint="The loss of this example is ½ (y − t)².",
        done="It is the error y − t, the delta of the output.",
    )


def output_needs():
    """Say why nothing at the output comes before its delta."""
    return {"dy": "This edge needs the delta of the output first: ∂L/∂y, at its end."}


def output_weight(c, j):
    """Ask for the derivative by v₁ or v₂."""
    h, e, i = c["h" + j], c["dy"], LOW[j]
    return step(
        c,
        "v" + j,
        EDGES["v" + j].label,
        f"v{i} = {plain(c['v' + j])}",
        needs=output_needs(),
        slips={
            f"You have forgotten the factor h{i}, which the edge carried.": e,
            f"The edge carried h{i}, after the activation, not z{i}.": c["z" + j] * e,
            f"The factor v{i} leads back into h{i}. For the weight itself it is h{i}, "
            "what the edge carried.": c["v" + j] * e,
            "The output has no activation, so there is no factor h (1 − h) here.": e
            * h
            * (1 - h),
            "That is the other unit's value: look where this edge begins.": e
            * c["h" + OTHER[j]],
        },
        hint=RULE,
        done=f"h{i} · ∂L/∂y: what the edge carried, times the delta at its end.",
    )


def output_bias(c):
    """Ask for the derivative by c."""
    shown = f"c = {plain(c['c'])}"
    return step(
        c, "c", UNDER["c"], shown, needs=output_needs(), slips={}, hint=ONE, done=ONE
    )


def unit(c, j):
    """Ask for the delta of a hidden unit, ∂L/∂z."""
    h, back, i = c["h" + j], c["dh" + j], LOW[j]
    return step(
        c,
        "z" + j,
        NODES["h" + j],
        f"h{i} = {numeral(h)}",
        needs={
            "dy": "This unit hears of the loss only through the output, so it needs "
            "the delta of the output first: ∂L/∂y."
        },
        slips={
            f"You have forgotten the factor h{i} (1 − h{i}). This is ∂L/∂h{i}, after "
            "the activation; the delta lies before it.": back,
            "That is ∂L/∂y itself. Two factors are missing: the weight on the way "
            "back, and the slope of the unit.": c["dy"],
            f"You have forgotten the factor v{i}, the weight on the way back.": c["dy"]
            * h
            * (1 - h),
            "The slope of the sigmoid is h (1 − h), not h.": back * h,
            "The slope of the sigmoid is h (1 − h), not 1 − h.": back * (1 - h),
            f"The slope is computed from h{i}, not from z{i}.": back
            * c["z" + j]
            * (1 - c["z" + j]),
            "1 − h² is the slope of tanh; here it is the sigmoid's.": back
            * (1 - h * h),
            "That is the other unit's weight: follow the edge of this one.": c["dy"]
            * c["v" + OTHER[j]]
            * h
            * (1 - h),
        },
        hint="Three factors: the delta of the output, the weight on the way back, and "
        "the slope of the activation.",
        done=f"∂L/∂y · v{i} · h{i} (1 − h{i}): back along the edge, then through the "
        "activation.",
    )


def hidden_needs(j):
    """Say why nothing at a hidden unit comes before its delta."""
    return {
        "dy": "Much too early: this edge needs the delta of the output first, ∂L/∂y, "
        "because everything begins at the loss.",
        "dz" + j: f"This edge ends at unit {j}, so it needs the delta of that unit "
        f"first: ∂L/∂z{LOW[j]}.",
    }


def hidden_weight(c, i, j):
    """Ask for the derivative by one of the four weights of the hidden layer."""
    name, x, delta = f"w{i}{j}", c["x" + i], c["dz" + j]
    return step(
        c,
        name,
        EDGES[name].label,
        f"{symbol(name)} = {plain(c[name])}",
        needs=hidden_needs(j),
        slips={
            f"The factor x{LOW[i]}, which the edge carried, is missing.": delta,
            f"You have forgotten the factor h{LOW[j]} (1 − h{LOW[j]}): multiply with "
            f"∂L/∂z{LOW[j]}, not with ∂L/∂h{LOW[j]}.": x * c["dh" + j],
            "That is the other input: look where this edge begins.": delta
            * c["x" + OTHER[i]],
            "That is the other unit's delta: look where this edge ends.": x
            * c["dz" + OTHER[j]],
            f"The factor is x{LOW[i]}, what the edge carried, not the weight on it.": (
                c[name] * delta
            ),
        },
        hint=RULE,
        done=f"x{LOW[i]} · ∂L/∂z{LOW[j]}: what the edge carried, times the delta at "
        "its end.",
    )


def hidden_bias(c, j):
    """Ask for the derivative by b₁ or b₂."""
    name = "b" + j
    return step(
        c,
        name,
        UNDER[name],
        f"{symbol(name)} = {plain(c[name])}",
        needs=hidden_needs(j),
        slips={
            f"You have forgotten the factor h{LOW[j]} (1 − h{LOW[j]}).": c["dh" + j],
            "That is the other unit's delta.": c["dz" + OTHER[j]],
        },
        hint=ONE,
        done=ONE,
    )
