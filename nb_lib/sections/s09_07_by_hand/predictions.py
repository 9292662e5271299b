"""The predictions of 9.7, in the order of the text."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.7.a",
        question="At stage 2 the table shows what A and B say about each parameter. "
        "How many of the nine would they move in *opposite* directions?",
        choices={
            "none": "Compare the signs in the row of $v_1$.",
            "five": "Yes: $b_1$, $b_2$, $v_1$, $v_2$ and $c$.",
            "seven": "In the rows of $w_{11}$ and $w_{12}$ example B says 0. That is "
            "silence, not contradiction.",
            "all nine": "In the rows of $w_{21}$ and $w_{22}$ both have the same sign.",
        },
        right="five",
        answer="The batch takes the sum, so where the examples disagree the louder one "
        "wins, and here that is B in all five rows.",
    ),
    Prediction(
        "9.7.b",
        question="Now example B, for which $x_1 = 0$ and unit 1 is asleep. How many of "
        "its nine derivatives are zero?",
        choices={
            "two": "The two edges that carried $x_1 = 0$ are among them. But what "
            "comes back to a sleeping unit, and what did it send forward?",
            "three": "The three parameters that end at unit 1 are among them. Which "
            "other edges carried a zero forward?",
            "five": "Yes. A zero at either end of an edge is enough.",
            "none": "A product with a factor 0 is 0, and this network has several.",
        },
        right="five",
        answer="An edge has the derivative zero if it carried a zero *or* if the delta "
        "at its end is zero. The first happens at $w_{11}$, $w_{12}$ (they carried "
        "$x_1 = 0$) and $v_1$ (it carried $h_1 = 0$). The second happens at everything "
        "that ends at the sleeping unit: $w_{11}$ again, $w_{21}$ and $b_1$.",
    ),
    Prediction(
        "9.7.c",
        question="In epoch 2 unit 1 is awake for example A, but $v_1 = 0$. Which "
        "derivatives of example A become zero because of that?",
        choices={
            "that of $v_1$": "That one is $h_1 \\cdot \\partial L/\\partial y$, and "
            "the weight $v_1$ does not occur in it.",
            "those of $w_{11}$, $w_{21}$ and $b_1$": "Yes: what comes back to unit 1 "
            "is multiplied with $v_1$ on the way.",
            "all four of these": "Three of them. The derivative of $v_1$ is "
            "$h_1 \\cdot \\partial L/\\partial y$, without $v_1$.",
            "none, since the unit is awake": "Awake means that its slope is 1. But "
            "what is that slope multiplied with?",
        },
        right="those of $w_{11}$, $w_{21}$ and $b_1$",
        answer="A unit with the output weight 0 does not change the output, so no "
        "small change of the unit changes the loss. The weight itself does move, "
        "however, and as soon as it is not zero any more the unit learns again.",
    ),
    Prediction(
        "9.7.d",
        question="Suppose you raise the learning rate slowly, with the sigmoid. What "
        "goes wrong first?",
        choices={
            "the first epoch": "At the rate 0.6 the first step still lowers the "
            "loss. What does the second one do?",
            "the second epoch": "Yes: at 0.6 the first step still lowers the loss, and "
            "the second one raises it.",
            "both at the same rate": "There is a rate in between. Try 0.6.",
            "nothing, the sigmoid is bounded": "The hidden values are bounded, but "
            "$v_1$, $v_2$ and $c$ are not.",
        },
        right="the second epoch",
        answer="",
    ),
    Prediction(
        "9.7.e",
        question="Let both units start with the same three weights and the same output "
        "weight. How do they differ after two epochs?",
        choices={
            "in the signs": "Each number of unit 1 is computed by the same formula "
            "from the same numbers as that of unit 2.",
            "a little, they drift apart": "From where would the difference come? "
            "Compare the rows of $w_{11}$ and $w_{12}$.",
            "not at all": "Yes. Equal numbers, equal rules, equal results.",
        },
        right="not at all",
        answer="By induction they never will: equal units send the same value forward, "
        "receive the same delta, and take the same step. So two such units are worth "
        "one, and this is why weights start from random numbers.",
    ),
)
