"""The predictions of 9.9, in the order of the text."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.9.a",
        question="Between 5 cm and 20 cm of misreading, which of the three lines still "
        "move?",
        choices={
            "all three, a little less each time": "Look at the sentence below the "
            "picture while you drag: two of the slopes do not change by a hundredth.",
            "MSE and Huber": "Huber's line does move at first, until the misreading "
            "passes 1.5 cm. What happens after that?",
            "MSE alone": "Yes. The other two have stopped moving before.",
            "none of them": "Follow the blue line: its slope goes from 1.45 to 2.20.",
        },
        right="MSE alone",
        answer="The line of MSE moves for as long as you drag, and by the same amount "
        "for every centimetre. The line of MAE moves once, as soon as the reading "
        "changes sides, and Huber's stops at a little over 1.5 cm. From there on both "
        "know only that the reading lies above them, and no longer how far.",
    ),
    Prediction(
        "9.9.b",
        question="Under MAE, does the misread eighth reading pull harder than the "
        "seventh, which lies 0.2 cm from the line?",
        choices={
            "yes, about fifty times as hard": "So it would if pulls grew with the "
            "distance from this line, but under MAE (9.9.3) has no distance in it.",
            "yes, a little harder": "Where under MAE would the distance come in? "
            "Look at (9.9.3).",
            "no, equally hard": "Yes. One of them is right and one is wrong, but they "
            "have the same vote.",
        },
        right="no, equally hard",
        answer="Both pull with a strength of exactly 1, in opposite directions, so "
        "they cancel. All that the misread reading can do is to outvote one honest "
        "reading.",
    ),
    Prediction(
        "9.9.c",
        question="The noise is Gaussian and nobody misreads anything. Which constant "
        "comes nearest to the truth, in the long run?",
        choices={
            "the median, because it is robust": "It pays for that. A median listens "
            "only to who is above and who is below, and throws the distances away.",
            "the mean": "Yes, as the loss that belongs to this noise should.",
            "they are equally good": "They agree about the truth on average, but not "
            "about how far off they usually are.",
        },
        right="the mean",
    ),
    Prediction(
        "9.9.d",
        question="The cat's probability is 0.24, the dog's 0.67 and the owl's 0.09. "
        "How hard is the cat pulled up, compared with how hard the other two are "
        "pulled down?",
        choices={
            "twice as hard as the two together": "Add the three components of $p - y$.",
            "exactly as hard as the two together": "Yes: the rows of $p - y$ sum to 0.",
            "less hard, since there are two of them": "There are two of them, but they "
            "have to share.",
        },
        right="exactly as hard as the two together",
        answer="$1 - 0.24 = 0.67 + 0.09$. Both $p$ and $y$ sum to 1, so their "
        "difference sums to 0. Each wrong class pays in proportion to the probability "
        "that it had claimed: the dog pays 0.67 and the owl 0.09.",
    ),
    Prediction(
        "9.9.e",
        question="A neuron has the logit 10 and should say 0. With cross-entropy and "
        "the rate 1 it needs 11 steps to change its mind. How many does it need with "
        "the squared error?",
        choices={
            "5, because a square is steeper": "The square is steep in $p$, but what "
            "moves is $z$.",
            "about 20": "Half the slope would do that. Look at the factor "
            "$p\\,(1 - p)$ for $p = 0.99995$.",
            "about 1,000": "Nearer, but the factor is smaller still.",
            "about 11,000": "Yes.",
        },
        right="about 11,000",
        answer="While $p$ is near 1, the squared error has a slope of about "
        "$2 e^{-z}$, and then $e^z$ falls by about 2 in each step. It starts from "
        "$e^{10} \\approx 22{,}026$.",
    ),
    Prediction(
        "9.9.f",
        question="The cat's logit is 8, so that $p = 0.997$, and it *is* a cat. With "
        "smoothed labels, which way is the cat pulled?",
        choices={
            "up, but weakly": "Without smoothing it is. What is the target now?",
            "not at all": "It rests where $p$ equals the target, which is 0.933.",
            "down": "Yes: it has gone past its target.",
        },
        right="down",
    ),
)
