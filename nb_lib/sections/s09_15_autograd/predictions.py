"""Questions of 9.15 that the reader answers before the page does."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.15.a",
        question="We double a number twenty times, $y = y + y$ again and again, which "
        "makes 21 numbers. How many visits does the walk above need?",
        choices={
            "21, one for each number": "That would be fair, but each number is visited "
            "once for every arrow that leads to it, and so is all that lies behind it.",
            "41, one for each arrow and one for the start": "Each arrow would count "
            "once if what lies behind it were not walked through anew each time.",
            "more than two million": "Yes. Each addition sends two shares, and each of "
            "them walks through all that is left: $1 + 2 + 4 + \\dots + 2^{20}$.",
        },
        right="more than two million",
        answer="The slope is right all the same, because a sum does not care in how "
        "many parts it arrives. Only the price is absurd.",
    ),
    Prediction(
        "9.15.b",
        question="In $(a \\cdot b + c) \\cdot a$, the box of $a$ shows a gradient of 4 "
        "after **step** 4. Is that the slope of $y$ along $a$?",
        choices={
            "yes, it will not change any more": "Follow the arrows that leave $a$: "
            "there are two, and only one of them has been used yet.",
            "no, another share will be added": "Yes. The product $p = a \\cdot b$ uses "
            "$a$ too, and its share comes last.",
            "no, it will be replaced": "Nothing is ever replaced on the way back: "
            "shares of several uses are added.",
        },
        right="no, another share will be added",
        answer="At step 6 the share $2 \\cdot (-3) = -6$ arrives from $p$, and the "
        "gradient becomes $-2$.",
    ),
    Prediction(
        "9.15.c",
        question="A bias of shape (4,) is added to each of the three rows of an "
        "array of ones, and all twelve results are summed. What is the gradient of "
        "the bias?",
        choices={
            "an array (3, 4) of ones": "That is the gradient of the sum along the "
            "twelve results. But the bias has four entries, and so has its gradient.",
            "an array (4,) of ones": "Each entry of the bias is used three times.",
            "an array (4,) of threes": "Yes. What was repeated on the way there is "
            "added up on the way back.",
        },
        right="an array (4,) of threes",
        answer="",
    ),
    Prediction(
        "9.15.d",
        question="After `y.backward()` the gradient of $x$ is 7. We call "
        "`y.backward()` once more. What is it now?",
        choices={
            "7: it is computed anew": "That would be one sensible rule, but neither "
            "our engine nor PyTorch follows it.",
            "14: another 7 is added": "Yes, and PyTorch does the same.",
            "an error: the record is used up": "PyTorch does throw the record away, "
            "unless it is asked to keep it; ours stays for as long as $y$ does.",
        },
        right="14: another 7 is added",
        answer="",
    ),
    Prediction(
        "9.15.e",
        question="The neuron $\\tanh(w \\cdot x + b)$ consists of three operations. In "
        "forward mode, how many steps are needed for the slopes along all inputs?",
        choices={
            "3, as many as there are operations": "After three steps only the slope "
            "along the first input is known.",
            "6, there and back": "That is reverse mode. Nothing goes back here.",
            "9": "Yes: three operations for each of three inputs.",
        },
        right="9",
        answer="",
    ),
)
