"""The predictions of 9.5, Universal approximation."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.5.a",
        question="Take $z^2$ as the activation of the hidden units. What can a net "
        "with a million such units follow that a net with three cannot?",
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
        question="A net of $N$ ReLU units is to join the points of $f(x) = x^2$ at the "
        "knots 0, 1, 2, 3. Which three output weights does it need?",
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
        "9.5.e",
        question="What does the trained net do far outside the interval on which it "
        "was trained?",
        choices={
            "it goes on as a sine": "It has seen one period and knows of no other. No "
            "weights could make a finite sum of ramps oscillate for ever.",
            "it follows a straight line": "Yes: beyond its last knot nothing bends any "
            "more.",
            "it returns to 0": "Sigmoid units level off, but where they level off is "
            "up to the weights; ReLU units do not even level off.",
        },
        right="it follows a straight line",
    ),
)
