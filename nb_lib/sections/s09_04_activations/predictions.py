"""The predictions of 9.4, in the order of the text."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.4.a",
        question="A network has fifty layers of tanh, and its weights only rotate the "
        "error signal without changing its length. What do the slopes of tanh promise "
        "about the signal that reaches the first layer?",
        choices={
            "at most a part in $10^{30}$ is left": "That is the promise of the "
            "sigmoid, $0.25^{50}$. The slope of tanh can be four times as large.",
            "it can be no larger than it was": "Yes. The greatest slope is 1, and "
            "$1^{50} = 1$.",
            "it is exactly as large as it was": "That would need slope 1 at every "
            "unit, and tanh reaches 1 at $z = 0$ only.",
        },
        right="it can be no larger than it was",
        answer="A bound says what is possible at best. How much of the signal really "
        "arrives depends on where the units are on the curve, so we need an average "
        "over them as well.",
    ),
    Prediction(
        "9.4.b",
        question="Half of the units of a ReLU layer have $z > 0$ and slope 1, the "
        "other half have slope 0. Which gain keeps the rms size of the error signal?",
        choices={
            "$1$": "The slopes that are 1 would allow it, but the other half of the "
            "units pass nothing on.",
            "$\\sqrt 2$": "Yes. The mean of the *squared* slopes is $\\tfrac12$, so "
            "$g^2 \\cdot \\tfrac12 = 1$.",
            "$2$": "This makes up for the mean slope, which is $\\tfrac12$. But "
            "(9.4.7) contains the mean of the squares and the square of the gain.",
        },
        right="$\\sqrt 2$",
        answer="This is the initialisation of He and colleagues (2015). Section 9.10 "
        "finds it again from the signals that go up.",
    ),
    Prediction(
        "9.4.c",
        question="Ten layers of sigmoid, and the weight gain goes up from 1 to 3. If "
        "the slopes stayed as they are, the error signal in the first layer would grow "
        "to $3^{10} = 59{,}049$ times its size. How large will it really be?",
        choices={
            "larger than that": "This would need steeper slopes, but they were nearly "
            "at their best before.",
            "exactly that": "The slopes would have to stay as they are, but larger "
            "weights make larger pre-activations.",
            "smaller than that": "Yes. Larger weights push the units away from the "
            "middle, and there the sigmoid is flatter.",
        },
        right="smaller than that",
        answer="Set the gain below, and watch the middle panel too.",
    ),
    Prediction(
        "9.4.d",
        question="Now fifty layers of sigmoid, and you may raise the weight gain as "
        "far as 15. What will the right panel show?",
        choices={
            "the first layer always hears less than the last, at any gain": "That is "
            "what one expects of a function that saturates, but the flat ends take "
            "back only a part of what the weights pay.",
            "the line is level near 4.7, as in the table": "The table assumes that the "
            "pre-activations stay standard normal. At this gain they spread further.",
            "the line is level at a larger gain, and beyond it the signal grows": (
                "Yes, although the gain has to be large."
            ),
        },
        right="the line is level at a larger gain, and beyond it the signal grows",
        answer="Find the gain at which the first and the last layer hear equally much.",
    ),
    Prediction(
        "9.4.e",
        question="Now the rate comes down to 0.1, at which such a net learns well. How "
        "many of the dead ReLU units will be alive after 400 more steps?",
        choices={
            "most of them": "A good rate helps only those units that get a gradient.",
            "a few": "Not even one, because a dead unit gets no gradient at all.",
            "none": "Yes. A gradient of exactly 0 gives an update of exactly 0.",
        },
        right="none",
        answer="The inputs of the first layer never change either, so the same units "
        "have $z \\le 0$ on the same images for ever.",
    ),
    Prediction(
        "9.4.f",
        question="Each net takes 300 steps at the same learning rate. Which of them "
        "will still be guessing, with 10% of the digits right?",
        choices={
            "ReLU, because half of its slopes are 0": "It is the other half that "
            "counts, and the gain of He makes up for those at 0.",
            "tanh and the sigmoids, because they saturate": "They do go flat on both "
            "sides, but tanh has a budget near 1, and larger weights help the sigmoid.",
            "the sigmoid with gain 1 alone": "Yes. Its budget is about $0.24^5$, less "
            "than a thousandth.",
        },
        right="the sigmoid with gain 1 alone",
    ),
)
