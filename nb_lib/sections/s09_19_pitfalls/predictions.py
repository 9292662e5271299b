"""The predictions of 9.19: each is made before its answer can be seen."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.19.a",
        question="A network of 196-16-10 has a wrong derivative in its hidden layer. "
        "What will its accuracy on new digits be after training?",
        choices={
            "about 10%, which is chance": "Then the last layer would learn nothing, "
            "but its own gradient is right.",
            "a few points less than without the bug": "Yes, and this makes it so "
            "hard to see.",
            "the same": "The wrong gradient of the first layer does cost something.",
        },
        right="a few points less than without the bug",
    ),
    Prediction(
        "9.19.b",
        question="We descend with a rate that is five per cent too large, $\\eta = "
        "1.05 \\cdot 2/\\lambda_{\\max}$. By which factor does the gradient grow "
        "from one step to the next, once the steepest direction dominates?",
        choices={
            "1.05": "The *rate* is past the limit by this factor. What multiplies the "
            "gradient is $1 - \\eta\\lambda_{\\max}$.",
            "1.1": "Yes: $1 - 1.05 \\cdot 2 = -1.1$, so it changes its sign as well.",
            "2.1": "This is $\\eta\\lambda_{\\max}$. The old gradient has to be "
            "counted too, with the opposite sign.",
        },
        right="1.1",
    ),
    Prediction(
        "9.19.c",
        question="A loss in float32 computes `exp(logits)` first. From which logit "
        "on does it fail?",
        choices={
            "about 89": "Yes: the greatest float32 is about $3.4 \\cdot 10^{38}$, "
            "and its logarithm is 88.7.",
            "about 710": "That is where float64 ends.",
            "about 10³⁸": "The *result* of exp may be so large, but not its argument.",
        },
        right="about 89",
    ),
    Prediction(
        "9.19.d",
        question="The features are noise and the labels are drawn by chance. We keep "
        "the 30 of 5,000 features that correlate most with the labels, and then "
        "cross-validate. What is the score?",
        choices={
            "about 50%": "It would be, if the held-out labels had taken no part.",
            "about 70%": "Thirty features that all point the right way add up to "
            "more than that.",
            "above 95%": "Yes. The choice has seen the labels of every fold.",
        },
        right="above 95%",
    ),
    Prediction(
        "9.19.e",
        question="The 3,000 rows of a file are sorted by digit. Somebody takes the "
        "first 500, shuffles them, trains on 400 and validates on 100. What will the "
        "accuracy be on these 100, and what on all ten digits?",
        choices={
            "about 84% on both": "It would be, if the 500 rows were a fair sample.",
            "near 100% and about 20%": "Yes. Zeros and ones are easy to tell apart, "
            "and the network has never seen another digit.",
            "about 20% on both": "The 100 rows come from the same 500, so they hold "
            "nothing but what the network has learnt.",
        },
        right="near 100% and about 20%",
    ),
    Prediction(
        "9.19.f",
        question="A linear model forecasts a sine of height 1 from its last four "
        "values, which carry measuring errors of 0.05. One step ahead it is off by "
        "0.08. How far off is it over 196 steps when it is fed with its own answers?",
        choices={
            "about 0.08": "Each answer would be that good if its inputs were true, but "
            "after four steps none of them is.",
            "about 0.1, like repeating the last value": "The last *true* value is not "
            "there to be repeated.",
            "about 0.6, little better than always saying 0": "Yes. Always saying 0 is "
            "off by the size of the sine, $1/\\sqrt2 \\approx 0.7$.",
        },
        right="about 0.6, little better than always saying 0",
    ),
    Prediction(
        "9.19.g",
        question="Tokens are drawn by chance, eight kinds, and a model reads every "
        "token of fresh sentences correctly. What do you conclude?",
        choices={
            "it has learnt the pattern of the generator": "There is none to learn: "
            "each token was drawn without a look at the others.",
            "the answer is among its inputs": "Yes, because nothing else could "
            "tell it.",
            "it has learnt the sentences by heart": "Not these: they are fresh.",
        },
        right="the answer is among its inputs",
    ),
)
