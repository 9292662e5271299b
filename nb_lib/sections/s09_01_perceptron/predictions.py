"""Predictions of 9.1: what a reader commits to before the answer unfolds."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.1.a",
        question="At each mistake the machine corrects its line. What will the number "
        "of points on the wrong side do from one mistake to the next?",
        choices={
            "fall every time": "It would if the machine could see all points, but it "
            "corrects its line for one of them and knows nothing of the others.",
            "fall or stay, but never rise": "That would be a careful machine. This "
            "one turns its line for one example, without a look at the rest.",
            "go up and down": "Yes. A correction that helps one point can cost many "
            "others, and some of these do.",
        },
        right="go up and down",
    ),
    Prediction(
        "9.1.b",
        question="AND fires when both inputs are 1, and OR when at least one of them "
        "is. Which single number turns the unit for AND into a unit for OR?",
        choices={
            "one weight: 2 instead of 1": "Then that input alone is enough, since $2 "
            "- 1.5 \\ge 0$, but the other one alone is still too weak.",
            "the bias: −0.5 instead of −1.5": "Yes. Now one input, which brings 1, is "
            "enough, and two are more than enough.",
            "the bias: 0.5 instead of −1.5": "Then the score is 0.5 when no input is "
            "on, so the unit would fire all the time.",
        },
        right="the bias: −0.5 instead of −1.5",
    ),
    Prediction(
        "9.1.c",
        question="The weights are $w = (3, 1)$, and the next example is $B = (2, 2)$ "
        "with $t = -1$. What are the weights after the rule has seen it?",
        choices={
            "$(3, 1)$, unchanged": "Its score is $2 \\cdot 3 + 2 \\cdot 1 = 8$. That "
            "is positive, but $t$ is negative, so this is a mistake.",
            "$(5, 3)$": "This adds $B$ as it is. The rule adds it with the sign that "
            "its score should have had, which is $t = -1$.",
            "$(1, -1)$": "Yes. The score is 8 where it should be negative, so the "
            "rule takes $B$ away.",
        },
        right="$(1, -1)$",
        answer="The new score of $B$ is $2 \\cdot 1 + 2 \\cdot (-1) = 0$. That is "
        "better than 8, although it is not yet negative, and so $B$ will be the next "
        "mistake.",
    ),
    Prediction(
        "9.1.d",
        question="Two points, and one line through the origin that has to pass "
        "between them. How many mistakes will the rule make until both are right?",
        choices={
            "4": "In the last of the three pictures the line runs through $B$, whose "
            "score is therefore 0, and that still counts as a mistake.",
            "11": "Yes, more than five for each point.",
            "it never stops": "It looks like that at first, because the two points "
            "undo each other's corrections. Not all of each correction is undone, "
            "though.",
        },
        right="11",
    ),
    Prediction(
        "9.1.e",
        question="Suppose the gap becomes five times narrower: the margin goes from "
        "0.1 to 0.02, and the radius stays 1. What happens to the bound?",
        choices={
            "it becomes 5 times as large": "The margin is divided by 5, but the bound "
            "has the square of the margin.",
            "it becomes 25 times as large": "Yes, because the margin enters squared: "
            "from 100 to 2,500.",
            "it becomes √5 times as large": "The root belongs to the ceiling, "
            "$\\sqrt{k}\\,R$. Where floor and ceiling meet, both sides are squared.",
        },
        right="it becomes 25 times as large",
    ),
    Prediction(
        "9.1.f",
        question="Now take 10,000 points instead of 100, with the same radius and the "
        "same margin. What happens to the number of mistakes?",
        choices={
            "it becomes about a hundred times as large": "That would be far more than "
            "the bound allows, and the bound is still 100.",
            "it reaches the bound": "The bound says that it cannot go higher. It does "
            "not say that it must come near.",
            "it stays about the same": "Yes, on clouds like these, as the count that "
            "follows shows. The bound stays exactly the same.",
        },
        right="it stays about the same",
    ),
    Prediction(
        "9.1.g",
        question="Start at $w = 3$ again, but take the learning rate $\\eta = 1$. "
        "What will gradient descent do?",
        choices={
            "arrive at $w = 1$ sooner, because the steps are larger": (
                "The first step is $1 \\cdot 4 = 4$ long, and the bottom of the "
                "valley is only 2 away."
            ),
            "jump to and fro for ever": "Yes: from 3 to $3 - 4 = -1$, where the slope "
            "is $-4$, and from there back to 3.",
            "run away to ever larger losses": "It does for any $\\eta$ above 1. At 1 "
            "exactly, each jump ends as high on the other side as it began.",
        },
        right="jump to and fro for ever",
        answer="Each step multiplies the distance from the bottom by $1 - 2\\eta$. So "
        "$\\eta = 0.5$ arrives in one step, and above 1 the descent becomes a climb.",
    ),
)
