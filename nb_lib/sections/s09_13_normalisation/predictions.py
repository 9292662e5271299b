"""The predictions of 9.13, in the order of the text."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.13.a",
        question="Under a *layer* norm you push the first number of a row of six up, "
        "to 10, to 1,000, to a million, and leave the other five. What becomes of its "
        "own output?",
        choices={
            "it grows without end": "The number pulls the mean and the size of its row "
            "along, and the size divides it.",
            "it approaches 1": "One is the size of the whole row, and here one number "
            "makes up nearly all of it.",
            "it approaches a number above 2": "Yes, $\\sqrt5 \\approx 2.24$.",
            "it goes back to 0": "It would be 0 if the number were the mean. It is far "
            "above it.",
        },
        right="it approaches a number above 2",
        answer="If the number is $a$ and the others are negligible beside it, the mean "
        "is $a/6$, so the distances from it are $5a/6$ once and $-a/6$ five times, and "
        "their root mean square is $\\sqrt5\\,a/6$. The outputs are $\\sqrt5$ once and "
        "$-1/\\sqrt5$ five times: an outlier cannot run away, but it presses all the "
        "others together.",
    ),
    Prediction(
        "9.13.b",
        question="Now you multiply the *whole* first row by 3, again under layer norm. "
        "Which outputs move?",
        choices={
            "all six of the row, and they become three times as large": "That would "
            "be so without a norm. What happens to the mean and to the size?",
            "all six of the row, but less": "The centred numbers become three times "
            "as large, and so does their root mean square.",
            "none": "Yes: numerator and denominator both grow by the factor 3.",
        },
        right="none",
        answer="Only $\\varepsilon$ does not grow with the rest, and it is far too "
        "small to be seen here.",
    ),
    Prediction(
        "9.13.c",
        question="A network with batch norm was left in training mode by mistake and "
        "is given a single example. What does the layer return for it?",
        choices={
            "$\\beta$, whatever the example is": "Yes: a number that is compared with "
            "itself alone is exactly average.",
            "the same as in evaluation": "The running numbers are not used in training "
            "mode, however many batches they have seen.",
            "infinity, because the variance is 0": "The variance is 0, but so is the "
            "numerator, and $\\varepsilon$ keeps the denominator above 0.",
        },
        right="$\\beta$, whatever the example is",
        answer="With one row $\\mu = x$, so $\\hat x = 0$ and $y = \\beta$. The "
        "network then gives the same answer to every question, without any error.",
    ),
    Prediction(
        "9.13.d",
        question="All numbers lie near 10,000 and differ by about 1, and we compute in "
        "float32, which keeps seven digits. What does the formula "
        "$\\sigma^2 = \\overline{x^2} - \\mu^2$ give?",
        choices={
            "about 1, to a few digits": "The squares lie near 100,000,000, and the "
            "last digit that float32 keeps of such a number is worth about ten.",
            "nonsense, possibly below 0": "Yes. Both terms are near $10^8$ and are "
            "rounded to multiples of 8, so a difference of 1 cannot survive.",
            "exactly 1": "Nothing is exact here: the squares need nine digits.",
        },
        right="nonsense, possibly below 0",
    ),
    Prediction(
        "9.13.e",
        question="A linear layer with a bias leads directly into a batch norm. What is "
        "the gradient of the loss by that bias?",
        choices={
            "as large as that of other biases": "Move the bias a little: what happens "
            "to the mean of the batch, and what to the difference?",
            "zero, apart from rounding": "Yes. The norm subtracts the bias again, so "
            "it has no effect at all.",
            "infinite": "The effect of the bias is not large. Does it have one?",
        },
        right="zero, apart from rounding",
        answer="That is why such layers are usually written with `bias=False`: the "
        "shift is done behind the norm, by $\\beta$.",
    ),
    Prediction(
        "9.13.f",
        question="Twenty hidden layers, the same weights and the same learning rate of "
        "0.1, and layer norm in each of the three places. Which of them will know more "
        "than half of the new digits after 100 steps?",
        choices={
            "all three": "The norm keeps every signal at size 1 in all three. That is "
            "not enough.",
            "the two with skip connections": "One of them puts a division on the skip "
            "path, in every block.",
            "only the pre-norm": "Yes, and it is the only one in which the blue path "
            "meets no norm.",
            "only the post-norm": "It was the first arrangement of the Transformer, "
            "and it needed a warm-up.",
        },
        right="only the pre-norm",
    ),
    Prediction(
        "9.13.g",
        question="RMSNorm takes one mean where layer norm takes two. In NumPy it needs "
        "a half to two thirds of the time, forward and back. How does `nn.RMSNorm` "
        "compare with `nn.LayerNorm` in PyTorch on a processor?",
        choices={
            "it needs less time there as well": "So one would think from the count, "
            "but a count does not know who wrote the loop.",
            "about the same": "Then the arithmetic would not matter. Something else "
            "does, and it is stronger.",
            "it takes longer": "Yes, on every shape that we tried.",
        },
        right="it takes longer",
    ),
)
