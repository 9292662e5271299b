"""The predictions of 9.18 about recurrent nets and attention."""

from nb_lib.book import Prediction

ORDER = (
    Prediction(
        "9.18.c",
        question="The plain unit reads a message at step 1 and then noise, up to step "
        "60. You may set its weight $w$ to any value. Which one lets a gradient of at "
        "least a tenth through, back to step 1?",
        choices={
            "$w = 1$": "The power $1^{59}$ is 1, but what about the slope of tanh?",
            "a $w$ above 1, to make up for what tanh takes": "A larger $w$ also makes "
            "a larger state, and there tanh is flatter still.",
            "none": "Yes. Every factor is $w$ times a slope, and the two work against "
            "each other.",
        },
        right="none",
    ),
    Prediction(
        "9.18.d",
        question="We shuffle the letters of the text. What happens to the share that "
        "the first *n* gives to the other *n*, ten places away?",
        choices={
            "it stays as it is": "Yes: query and key have moved, but they are the "
            "same two arrows, among the same others.",
            "it changes, because other letters now lie between them": "Is there "
            "anything in the scores that knows what lies between?",
            "it grows if the two have come closer": "Nothing in the scores knows how "
            "far apart two letters are.",
        },
        right="it stays as it is",
    ),
    Prediction(
        "9.18.e",
        question="We take the places away: their vectors are 0 and stay 0, everything "
        "else is as before. How well will this writer learn?",
        choices={
            "as well, because the mask still tells what came earlier": "The mask says "
            "which letters came earlier, but not in which order.",
            "hardly better than the table of pairs": "Yes.",
            "not at all": "It still knows the letter it stands on, and that alone is "
            "worth a lot.",
        },
        right="hardly better than the table of pairs",
    ),
)
