"""The predictions of 9.18 about recurrent nets and attention."""

from nb_lib.book import Prediction

ORDER = (
    Prediction(
        "9.18.c",
        question="An RNN of one unit reads a message at step 1 and then the noise of "
        "the view below, up to step 30. You may set its weight $w$ to any value from "
        "0.5 to 1.5. Which one lets a gradient of at least a tenth through, back to "
        "step 1?",
        choices={
            "$w = 1$": "The power $1^{29}$ is 1, but what about the slope of tanh?",
            "a $w$ above 1, to make up for what tanh takes": "A larger $w$ also makes "
            "a larger state, and there tanh is flatter still.",
            "none": "Yes. Every factor is $w$ times a slope, and the two work against "
            "each other. Only now and then does a $w$ above 1 happen to suit a noise.",
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
        "else is as before. How well will this writer do on verses that it has not "
        "read?",
        choices={
            "as well as the one with places, because the mask says what came "
            "earlier": "It does, but in a single block not in which order.",
            "about as well as the table of pairs": "Yes. Which letters came earlier is "
            "worth little where their order is unknown.",
            "not at all": "It still knows the letter it stands on, and that alone is "
            "worth a lot.",
        },
        right="about as well as the table of pairs",
    ),
)
