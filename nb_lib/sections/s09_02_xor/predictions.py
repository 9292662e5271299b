"""The predictions of 9.2, XOR and the limits of one layer."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.2.a",
        question="There are sixteen tables on four corners. How many of them can one "
        "unit compute, whatever its weights and its bias?",
        choices={
            "8": "A line cuts off one side, and either side may fire, so you can have "
            "each table together with its opposite; but there are more than eight.",
            "12": "These are all tables that really depend on an input and have their "
            "ones on one side of a line. What about those that never change?",
            "14": "Yes, and the two that are missing are a table and its opposite.",
            "16": "Then it could also give 1 at two opposite corners and 0 at the "
            "other two. Try to lay a ruler between them.",
        },
        right="14",
        answer="All tables but XOR (0110) and its opposite XNOR (1001) can be "
        "computed. The explorer above can reach each of the fourteen. That the "
        "other two are *impossible* is a different kind of statement, because no "
        "amount of trying proves it.",
    ),
    Prediction(
        "9.2.b",
        question="Rosenblatt's rule stops when there is nothing left to correct. On "
        "XOR there always is something. What happens to the weights?",
        choices={
            "they grow without end": "Each correction adds a whole number, so this is "
            "plausible; but corrections that pull against each other can also cancel.",
            "they settle on a compromise": "The rule changes the weights at every "
            "mistake by a whole step, so it cannot come to rest while one is left.",
            "they come back to earlier values, again and again": "Yes: the corrections "
            "cancel each other, and from there everything repeats.",
        },
        right="they come back to earlier values, again and again",
    ),
    Prediction(
        "9.2.c",
        question="Of the functions of *two* inputs one unit computes 14 of 16, which "
        "is 88%. What share of the 65,536 functions of *four* inputs does it compute?",
        choices={
            "more than 88%": "More inputs bring more weights, but they bring far more "
            "functions: each new input squares their number.",
            "about half": "That is near the share for three inputs.",
            "about 3%": "Yes. Each new input brings one more weight, while the "
            "number of functions is squared.",
            "less than one in a million": "It comes to that, but only a little later: "
            "with six inputs.",
        },
        right="about 3%",
    ),
    Prediction(
        "9.2.d",
        question="Up to four inputs, a function that no unit computes always hides an "
        "XOR. Is that true for any number of inputs?",
        choices={
            "yes, always": "Every case that you could check by hand says so, but "
            "no number of cases is a proof.",
            "no, already five inputs break it": "It goes on longer than that.",
            "no, but it takes nine inputs": "Yes, and a magic square shows how.",
        },
        right="no, but it takes nine inputs",
    ),
    Prediction(
        "9.2.e",
        question="We train a smooth unit on AND and on XOR from the same weights. "
        "AND's loss falls towards 0. Where does XOR's end?",
        choices={
            "near 0, only later": "A loss near 0 would mean the right side of one half "
            "at every corner, and then the step would compute XOR as well.",
            "at $\\ln 2 \\approx 0.69$, with all answers at one half": "Yes: the best "
            "that one unit can do is to say that it does not know.",
            "at $\\tfrac{1}{4} \\ln 2 \\approx 0.17$, with one corner open": "That is "
            "what a step with three right corners suggests; but being sure of "
            "three corners makes the fourth very wrong, and that costs more.",
        },
        right="at $\\ln 2 \\approx 0.69$, with all answers at one half",
    ),
)
