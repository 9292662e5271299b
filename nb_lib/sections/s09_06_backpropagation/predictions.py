"""The predictions of 9.6, in the order of the text."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.6.a",
        question="Both ways find the same slopes. Where does the walk back save its "
        "multiplications?",
        choices={
            "it skips the knobs that matter little": "It leaves out none: you see a "
            "slope below every knob.",
            "it only estimates the slopes": "Compare the two: what the nudge moved is "
            "the slope times 0.1, to the last digit.",
            "one orange number serves all knobs to its left": "Yes. A purple number "
            "serves one knob alone, so every knob needs a row of its own.",
        },
        right="one orange number serves all knobs to its left",
        answer="The effect of a knob is a product: the value before it, times all the "
        "knobs after it. Read from the left, the product begins with something that "
        "belongs to this knob alone, and nothing in it can be used for another knob. "
        "Read from the right, it begins at the output, where all knobs share it.",
    ),
    Prediction(
        "9.6.b",
        question="The drawn network has nine weights and four biases. How many of "
        "these thirteen numbers could you nudge a little without changing the loss?",
        choices={
            "none of them": "Look at unit B. Its $z$ is $-1$: what does a small nudge "
            "of $z$ do to its output?",
            "three": "You found the two weights and the bias of the sleeping unit B. "
            "What about the weight that leads *away* from B?",
            "four": "Yes: two weights and a bias that lead into unit B, and the "
            "weight that leads out of it.",
            "six": "The units A and C are awake, and everything that leads to them or "
            "away from them moves the output.",
        },
        right="four",
        answer="Unit B sleeps at $z = -1$, so nothing that changes its $z$ a little "
        "reaches the output. And the weight from B to the output multiplies a 0, so it "
        "has no say either. The first three are lost on the way back, the fourth on "
        "the way forward.",
    ),
    Prediction(
        "9.6.c",
        question="Suppose we replace the squared error by another loss. In how many "
        "of the four rows of the table do the formulas change?",
        choices={
            "one": "Yes. The loss enters at the output and nowhere else.",
            "two, the output error and the gradient of the weights": "The gradient of "
            "the weights contains an error $\\delta_l$, but it does not ask where that "
            "comes from.",
            "all four": "Three of them do not mention the loss at all. They only pass "
            "on what the output error started.",
        },
        right="one",
    ),
    Prediction(
        "9.6.d",
        question="The gradient of the MNIST network has 109,386 entries. Somebody has "
        "taken a mean over the batch instead of a sum in the last bias gradient, so "
        "ten of the entries are wrong. How many random directions do we have to try, "
        "on average, before the test shows it?",
        choices={
            "about ten thousand, because one entry in ten thousand is wrong": "A "
            "direction is not an entry: a random one moves *all* entries at once.",
            "a few dozen": "Each of them would have to miss the error. Draw two arrows "
            "at random: how often are they exactly at right angles?",
            "one": "Yes. A direction misses the error only if it is at right angles to "
            "it, and a random one never is.",
        },
        right="one",
    ),
    Prediction(
        "9.6.e",
        question="Now with ReLU. We test 200 small networks whose backward pass is "
        "right, with steps of $\\varepsilon = 10^{-3}$. In how many of them does the "
        "test report a gap of more than $10^{-5}$?",
        choices={
            "in none: the code is right": "The code is right, but is the *difference* "
            "right?",
            "in a few: a step seldom lands on a kink": "It need not land on one. It is "
            "enough to step over one, and 2,048 of them are waiting.",
            "in nearly all": "Yes, and it is the difference that is wrong.",
        },
        right="in nearly all",
    ),
    Prediction(
        "9.6.f",
        question="The rule of thumb says that a backward pass costs twice as much as a "
        "forward pass. How many times as many multiply-adds does it need in the "
        "network 784-128-64-10?",
        choices={
            "about 3": "Then each weight would be needed three times on the way back. "
            "Which two products need it?",
            "about 2": "That counts two products for every layer. Does the first layer "
            "need both?",
            "about 1.1": "Yes: the first layer holds nine tenths of the weights, and "
            "nobody needs the error of the pixels.",
            "about 0.5": "Every weight needs a gradient, and that alone costs as much "
            "as the forward pass.",
        },
        right="about 1.1",
    ),
    Prediction(
        "9.6.g",
        question="Eight layers of 512 units need 1.88 times as many multiply-adds "
        "back as forward. We feed them a *single* example and take the time. How many "
        "times as long does the way back take?",
        choices={
            "about 1.9 times": "This is what the count says. But a clock does not "
            "count multiplications.",
            "less than 1.9 times": "With one example there is less to add up, but the "
            "way back still has to write $512 \\times 512$ slopes for each layer.",
            "much more than 1.9 times": "Yes, on our machine. With larger batches the "
            "count is right again.",
        },
        right="much more than 1.9 times",
    ),
)
