"""The predictions of 9.5, Universal approximation."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.5.a",
        question="Take $z^2$ as the activation of the hidden units, and one input $x$. "
        "What can a net with a million such units follow that a net with three cannot?",
        choices={
            "any continuous function": "That is what the theorem promises, but not for "
            "this activation: look at what a sum of squares can be.",
            "any polynomial": "Each unit is a polynomial of degree 2 in $x$, and "
            "adding polynomials does not raise their degree.",
            "nothing": "Yes: every sum of such units is a parabola, and a parabola has "
            "three numbers.",
        },
        right="nothing",
        answer="More units add more parabolas, and a sum of parabolas is a parabola. "
        "This is why the theorem excludes polynomials.",
    ),
    Prediction(
        "9.5.b",
        question="Three ReLU units, $\\text{relu}(x)$, $\\text{relu}(x - 1)$ and "
        "$\\text{relu}(x - 2)$, are to join the points of $f(x) = x^2$ at the knots "
        "0, 1, 2, 3 by straight lines. Which output weights do they need?",
        choices={
            "0, 1, 4": "These are the values of $f$ at the knots. But a unit that is "
            "on goes on rising, so the values build up by themselves.",
            "1, 3, 5": "These are the slopes of the three pieces. The unit of the "
            "first piece is still on in the second, so the second adds only the "
            "difference.",
            "1, 2, 2": "Yes: the slopes are 1, 3, 5, and each unit adds the *change*.",
        },
        right="1, 2, 2",
    ),
    Prediction(
        "9.5.c",
        question="We double the number of straight pieces. What becomes of the "
        "greatest error?",
        choices={
            "half": "That is what happens to the staircase, whose error goes with $h$.",
            "a quarter": "Yes: the bound goes with $h^2$, and the error follows it.",
            "an eighth": "The 8 in the bound is a constant and does not change with "
            "$h$.",
        },
        right="a quarter",
    ),
    Prediction(
        "9.5.d",
        question="Ten tents in a row are ten layers of two units each. How many "
        "straight pieces does the whole have on $[0, 1]$?",
        choices={
            "20": "Side by side, 20 units would give about 20 bends. But here each "
            "tent works on what the one before has already folded.",
            "100": "The number of pieces is not multiplied once by ten: every layer "
            "multiplies it anew.",
            "1,024": "Yes: each tent draws its two pieces twice as often as the one "
            "before, so there are $2^{10}$.",
        },
        right="1,024",
    ),
    Prediction(
        "9.5.e",
        question="We train ReLU nets of 8 and of 256 units on the sine and compare "
        "each with the net that we *built* with the same width. At which width is the "
        "built net further ahead?",
        choices={
            "at 8": "With few units each one matters, so this is a sensible guess; but "
            "with 8 units the trained net can still place its few knots well.",
            "at 256": "Yes, and by far: the built net improves with the square of the "
            "width, and training does not keep up.",
            "nowhere: training wins": "Training has all weights to choose and sees "
            "more of the sine than the construction did, so it *could* win.",
        },
        right="at 256",
    ),
    Prediction(
        "9.5.f",
        question="The 64 knots are nailed to their places in the built net, and the "
        "loss is a bowl. We train the output weights as before, from random ones. How "
        "near does the trained net come?",
        choices={
            "as near as the built one": "That is what a bowl suggests, since every "
            "way leads down to the bottom. But how long is the way?",
            "as before, about 20 times the error": "If the knots were beside the "
            "point, this would be a good guess. Yet training loses something when "
            "they may not move.",
            "farther than before": "Yes, by a lot: a bowl can be so narrow that "
            "descent makes hardly any headway along its floor.",
        },
        right="farther than before",
    ),
    Prediction(
        "9.5.g",
        question="Could other weights, or more units, follow the sine on the *whole* "
        "line?",
        choices={
            "yes, with enough ReLU units": "Each unit buys one bend, and the sine "
            "needs infinitely many of them on the whole line.",
            "yes, with tanh units": "A tanh unit is nearly constant far away on both "
            "sides, and so is a sum of finitely many.",
            "no": "Yes: with ReLU a straight line is left beyond the last knot, and "
            "with tanh a level one.",
        },
        right="no",
    ),
)
