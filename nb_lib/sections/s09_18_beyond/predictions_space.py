"""The predictions of 9.18 about shifts, graphs and flows."""

from nb_lib.book import Prediction

SPACE = (
    Prediction(
        "9.18.a",
        question="You shift the digit by three pixels and slide the kernel. Or you "
        "slide the kernel first and shift the map. **Beyond the edges** lie zeros. "
        "Where do the two results differ?",
        choices={
            "nowhere": "Inside the image they cannot. But think of a window that "
            "reaches over the edge: does the same lie there before and after?",
            "only along the edges": "Yes: inside the image each window sees the same "
            "pixels in both orders, and only where it reaches over the edge, or where "
            "the digit was cut in two, is there a difference.",
            "everywhere on the digit": "A window on the digit sees the same pixels, "
            "three places further on, and multiplies them with the same weights.",
        },
        right="only along the edges",
    ),
    Prediction(
        "9.18.b",
        question="An MLP learns 1,000 small digits, all in the middle, and classifies "
        "87% of new ones. Now the new ones are shifted by two pixels, down and to the "
        "right. How many does it get right?",
        choices={
            "about 80%": "So would you. But each of its weights belongs to one pixel, "
            "and most of the ink lies now where other weights are.",
            "about 40%": "It is worse. What did the pixels near the right edge show "
            "during training?",
            "fewer than 10%": "Yes: fewer than by guessing.",
        },
        right="fewer than 10%",
    ),
    Prediction(
        "9.18.f",
        question="Two of the 34 members are told their side, a network with one hidden "
        "layer mixes neighbours once before each of its two layers, and it names the "
        "sides of about 30 of the 32 others. What if they mix *sixteen* times before "
        "each layer? Take the mean of five starts.",
        choices={
            "about 32 are right": "News from farther away would help if it were "
            "missing. After two mixtures nearly everybody has heard of both.",
            "about 30, as before": "Each mixture also takes something away: look "
            "again at the curve on the right of the view.",
            "clearly fewer": "Yes: after thirty-two mixtures the members look so much "
            "alike that from most starts the network cannot tell them all apart.",
        },
        right="clearly fewer",
    ),
    Prediction(
        "9.18.g",
        question="We replace 8 Euler steps by 16. By which factor does the error at "
        "the end shrink, and by which for RK4?",
        choices={
            "2 and 4": "RK4 asks for four slopes, but its error does not fall with "
            "the number of slopes.",
            "2 and 16": "Yes, once the steps are small: the errors go with $h$ and "
            "with $h^4$.",
            "4 and 16": "A single Euler step errs by about $h^2$, but there are $1/h$ "
            "of them.",
        },
        right="2 and 16",
    ),
)
