"""The predictions of 9.19: each is made before its answer can be seen."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.19.a",
        question="A network of 196-16-10 has a wrong derivative in its hidden layer. "
        "What will its accuracy on new digits be after training?",
        choices={
            "about 10 %, which is chance": "Then the last layer would learn nothing, "
            "but its own gradient is right.",
            "a few points less than without the bug": "Yes, and this makes it so "
            "hard to see.",
            "the same": "The wrong gradient of the first layer does cost something.",
        },
        right="a few points less than without the bug",
    ),
    Prediction(
        "9.19.b",
        question="A loss in float32 computes `exp(logits)` first. From which logit "
        "on does it fail?",
        choices={
            "about 89": "Yes: the greatest float32 is about $3.4 \\cdot 10^{38}$, "
            "and its logarithm is 88.7.",
            "about 710": "That is where float64 ends.",
            "about 10³⁸": "The *result* of exp may be so large, its argument may not.",
        },
        right="about 89",
    ),
    Prediction(
        "9.19.c",
        question="The features are noise and the labels are drawn by chance. We keep "
        "the 30 of 5,000 features that go best with the labels, and cross-validate. "
        "What is the score?",
        choices={
            "about 50 %": "It would be, if the held-out labels had taken no part.",
            "about 70 %": "Thirty features that all point the right way add up to "
            "more than that.",
            "above 95 %": "Yes. The choice has seen the labels of every fold.",
        },
        right="above 95 %",
    ),
    Prediction(
        "9.19.d",
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
