"""The predictions of 9.3, in the order of the text."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.3.a",
        question="At which settings of the slider can the ruler separate the classes?",
        choices={
            "at 1 alone": "At 1 the gap is widest, but look again at $\\tfrac12$ and "
            "at $1\\tfrac12$: a narrow gap is a gap.",
            "everywhere between 0 and 2": "Yes, and neither at 0 nor at 2: there the "
            "four corners lie in one row.",
            "everywhere from 1 upwards": "Beyond 2 the second unit sleeps at all four "
            "corners, so $h_2 = 0$ for all of them.",
            "nowhere": "The ruler need not pass between the corners of the *square*. "
            "Look at the plane on the right.",
        },
        right="everywhere between 0 and 2",
        answer="At 2 the four corners lie in a row with the orange pair in the middle, "
        "because the second unit sleeps at all of them. As soon as the slider falls "
        "below 2, the corner 11 is lifted off the row, because it alone has a sum "
        "large enough to wake the second unit. The row bends there, and a ruler fits. "
        "The gap is widest at 1, and below that it shrinks again, because now the "
        "orange pair is lifted as well.",
    ),
    Prediction(
        "9.3.b",
        question="Take the two units of (9.3.1). What does the image of the squared "
        "paper look like in the hidden plane?",
        choices={
            "a folded sheet, two layers on each other": "For that, the image would "
            "have to fill an area. How many numbers does (9.3.1) look at?",
            "a curve with a bend": "Yes. You have seen it in the first picture.",
            "a quarter of the plane": "Neither unit goes below 0, so the image lies "
            "in that quarter, but it does not fill it.",
        },
        right="a curve with a bend",
        answer="Both units see nothing of a point but its sum $s$. So the image "
        "consists of the places $(\\max(0, s), \\max(0, s - 1))$, one for each $s$: "
        "the origin up to $s = 0$, then a piece of the axis up to $s = 1$, then a "
        "slope. Where a point is along the direction $(1, -1)$ has been forgotten.",
    ),
    Prediction(
        "9.3.c",
        question="We take the **activation** away, so each unit passes on its sum as "
        "it is, and the second unit may be turned as you like. At how many of the "
        "settings does a ruler fit?",
        choices={
            "at most of them": "Turning does open the picture, but watch the two "
            "segments while it does.",
            "at a few": "Try those that look best. Do the segments ever come apart?",
            "at none": "Yes: the two segments meet in their middles at every setting.",
        },
        right="at none",
    ),
    Prediction(
        "9.3.d",
        question="Two ReLU units, and a solution that we know. How many of the first "
        "ten seeds will find one?",
        choices={
            "one": "Yes, one of ten.",
            "about five": "That would be a coin. It is worse than that.",
            "all but one": "So it would be if training found what exists. Count again "
            "after the next cell.",
            "all ten": "So it would be if training found whatever exists.",
        },
        right="one",
    ),
    Prediction(
        "9.3.e",
        question="The deltas of the last layer of seed 3 have a norm of about 0.2, "
        "and it does not fall. Is the network still learning?",
        choices={
            "yes, slowly: 0.2 is not zero": "Each corner does ask for a change. What "
            "does a weight feel if they ask for opposite ones?",
            "no: the corners ask for changes that cancel": "Yes. The next cell adds "
            "them up.",
            "no: 0.2 is only rounding": "Rounding errors are near $10^{-16}$, while "
            "the delta of a single corner can never exceed $\\tfrac14$.",
        },
        right="no: the corners ask for changes that cancel",
    ),
    Prediction(
        "9.3.f",
        question="Each weight is negative with probability $\\tfrac12$. What is the "
        "probability that a network with two hidden units starts with at least one "
        "dead unit?",
        choices={
            "$\\tfrac1{16}$": "That is the probability that *both* are dead.",
            "$\\tfrac14$": "That is the probability that one given unit is dead. "
            "There are two of them.",
            "$\\tfrac7{16}$": "Yes, nearly half of all networks.",
            "$\\tfrac12$": "Twice $\\tfrac14$ counts the networks with two dead units "
            "twice.",
        },
        right="$\\tfrac7{16}$",
        answer="A unit is dead if both of its weights are negative, with probability "
        "$\\tfrac12 \\cdot \\tfrac12 = \\tfrac14$. Both units are alive with "
        "probability $\\left(\\tfrac34\\right)^2 = \\tfrac9{16}$, and $1 - "
        "\\tfrac9{16} = \\tfrac7{16}$. So with this recipe no optimiser and no "
        "patience can lift the share of successful seeds above 56%.",
    ),
)
