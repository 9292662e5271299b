"""The predictions of 9.10, in the order of the text."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.10.a",
        question=(
            "At which **gain** will the variance stay about the same through all "
            "twenty layers, so that neither signal fades or explodes?"
        ),
        choices={
            "at 1": (
                "That is the natural guess, because a sum of $n$ terms shrinks back "
                "to its old size when it is divided by $\\sqrt n$. Something in the "
                "layer spoils it."
            ),
            "near 1.4": "Yes, although it is not yet clear why.",
            "at 2": "The weights would be too large: move the slider and see how far.",
            "at a different gain for each depth": (
                "A gain that is a little wrong does show more in a deeper net, but "
                "watch whether the level setting itself moves."
            ),
        },
        right="near 1.4",
    ),
    Prediction(
        "9.10.b",
        question=(
            "The mean of $z$ over the sixteen tosses is 0, because the sums lie "
            "evenly on both sides. What is the mean of $z^2$?"
        ),
        choices={
            "0": "The sums cancel, but their squares cannot: none of them is negative.",
            "2": "This is its root, 2: the standard deviation of $z$.",
            "4": "Yes, as many as there are coins.",
            "16": "That is $z^2$ when all four agree, which happens in 2 ways of 16.",
        },
        right="4",
        answer=(
            "By counting, $(1\\cdot 16 + 4\\cdot 4 + 6\\cdot 0 + 4\\cdot 4 + "
            "1\\cdot 16)/16 = 64/16 = 4$. By the two rules, $z^2$ is a sum of "
            "sixteen products of coins: the four products of a coin with itself have "
            "expectation 1, the twelve others have expectation 0."
        ),
    ),
    Prediction(
        "9.10.c",
        question="And what is the mean of $h^2$, after the ReLU?",
        choices={
            "4": "A ReLU does lose something: five of the sixteen sums become 0.",
            "2": "Yes, exactly half.",
            "1": (
                "You halved the size and then squared it. The ReLU does not make the "
                "positive sums smaller; it removes the negative ones."
            ),
            "2.75, as eleven sixteenths are not negative": (
                "The six sums that are 0 add nothing to the mean of the squares, so "
                "only the five positive ones count."
            ),
        },
        right="2",
        answer=(
            "The negative sums mirror the positive ones, so they hold half of "
            "$z^2$, and the ReLU sets exactly this half to 0."
        ),
    ),
    Prediction(
        "9.10.d",
        question=(
            "PyTorch's `nn.Linear` draws its weights evenly from the interval between "
            "$-1/\\sqrt{\\text{fan\\_in}}$ and $+1/\\sqrt{\\text{fan\\_in}}$. The "
            "variance of such a draw is a third of $1/\\text{fan\\_in}$. By which "
            "number does a ReLU layer then multiply the variance?"
        ),
        choices={
            "1": "That would take $2/\\text{fan\\_in}$, six times the variance.",
            "1/2": "This is the number for weights of variance $1/\\text{fan\\_in}$.",
            "1/3": "The weights account for a third; now put the ReLU behind them.",
            "1/6": "Yes: a third from the weights, and half of that from the ReLU.",
        },
        right="1/6",
    ),
    Prediction(
        "9.10.e",
        question=(
            "Twenty ReLU layers have PyTorch's default weights. On the way up the "
            "signal loses five sixths of its variance in every layer, and on the way "
            "back the error signal loses as much. The gradient of a layer's *weights* "
            "is the product of the two. In which layers will it be smallest?"
        ),
        choices={
            "in the first": (
                "The error signal is smallest there, but the signal $h$ that it is "
                "multiplied with is still large."
            ),
            "in the last": (
                "The signal $h$ is smallest there, but the error signal has not "
                "shrunk at all yet."
            ),
            "in the middle": "In the middle both are half-way, in decades.",
            "it is about alike in all": "Yes, and that makes it a treacherous meter.",
        },
        right="it is about alike in all",
        answer=(
            "Layer $l$ of $L$ receives a signal that has shrunk $l-1$ times and an "
            "error signal that has shrunk $L-l$ times. Together that is $L-1$ times, "
            "whatever $l$ is. Press **PyTorch default** below and compare the panels."
        ),
    ),
    Prediction(
        "9.10.f",
        question=(
            "A deep tanh net has weights of variance $1/\\text{fan\\_in}$, so only "
            "tanh itself makes the signal smaller. How large is the variance in layer "
            "100, compared with layer 10?"
        ),
        choices={
            "about the same": (
                "The losses become small, but they never stop, and ninety of them "
                "add up."
            ),
            "about a tenth": "Yes: ten times as many layers, a tenth of the variance.",
            "less than a billionth": (
                "That is what any constant number clearly below 1 would do. Here the "
                "number itself moves towards 1."
            ),
        },
        right="about a tenth",
    ),
    Prediction(
        "9.10.g",
        question=(
            "From which number of hidden layers on will PyTorch's scale reach less "
            "than half of He's accuracy, after 300 steps?"
        ),
        choices={
            "from 2": "Two sixths in a row are still within reach of 300 steps.",
            "from 5": "Yes, much sooner than the ten layers that the chapter names.",
            "from 10": (
                "That is the claim which we test here, and it is too generous: after "
                "five layers the variance has already shrunk by $6^{4}$."
            ),
            "at no depth up to 10": (
                "Training does repair much of a poor start, but not at this depth: "
                "there is hardly a gradient to begin with."
            ),
        },
        right="from 5",
    ),
)
