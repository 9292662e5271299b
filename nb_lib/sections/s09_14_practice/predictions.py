"""The predictions of 9.14: each is made before its answer can be seen."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.14.a",
        question="A parabola with curvature 10, and the rate 0.19. Each step "
        "multiplies the distance from the minimum by one number. Which?",
        choices={
            "0.19": "The rate alone does not know how steep the parabola is.",
            "0.81": "That would be $1 - 0.19$: the curvature 10 is missing.",
            "−0.9": "Yes: the walk jumps to the other side and comes a little closer.",
            "1.9": "That is the part that is *taken away*, so what stays is 1 minus "
            "it.",
        },
        right="−0.9",
    ),
    Prediction(
        "9.14.b",
        question="At the rate 0.2, without a warm-up, half of 20 seeds have learnt "
        "after 100 steps. How many have learnt with a warm-up of 20 steps?",
        choices={
            "nearly all, as in the view": "The view shows one seed. It might be one "
            "that the warm-up happened to suit.",
            "about as many as without": "Yes, as far as 20 seeds can tell: some are "
            "rescued, and others are lost.",
            "fewer": "In the view a warm-up of 20 broke the run at 0.1, but that was "
            "one seed too.",
        },
        right="about as many as without",
    ),
    Prediction(
        "9.14.c",
        question="Four rows come as a micro-batch of three and one of one. Their mean "
        "gradients are 2 and 10. What is the mean over all four rows?",
        choices={
            "4": "Yes: three rows give $3 \\cdot 2$, one gives 10, and 16 over 4 is 4.",
            "6": "That is the mean of the two means, and it gives the single row "
            "the weight of three.",
            "12": "A sum of means is no mean. How many rows are there?",
        },
        right="4",
    ),
    Prediction(
        "9.14.d",
        question="We cut the nine layers into three **segments** of three. How many "
        "states are in memory at most, instead of nine?",
        choices={
            "three": "The inputs of the segments, but inside a segment the way back "
            "needs states too.",
            "five": "Yes: three inputs, and two more inside the segment at work.",
            "six": "Nearly: the input of the segment at work is counted twice.",
            "nine": "Two of the three segments have nothing but their input in memory.",
        },
        right="five",
    ),
    Prediction(
        "9.14.e",
        question="A weight in float16 is 1. We add 0.0004 to it a thousand times. "
        "Where is it then?",
        choices={
            "at 1.4": "So it is in exact numbers. What is the next float16 after 1?",
            "at 1": "Yes. The next number after 1 is almost 1.001, and each sum is "
            "rounded back.",
            "at 1.98": "For that each step would have to be rounded *up*.",
        },
        right="at 1",
    ),
    Prediction(
        "9.14.f",
        question="Suppose that the loss scale is so small that one delta in six "
        "becomes 0. What happens to the training of our run?",
        choices={
            "it stops": "Look at which sixth is lost. How much do the smallest deltas "
            "move a weight?",
            "it becomes clearly slower": "That is plausible, but the deltas that "
            "vanish are the smallest ones. What about half of them?",
            "it hardly notices": "Yes, here at least. What is lost is the smallest "
            "part.",
        },
        right="it hardly notices",
    ),
    Prediction(
        "9.14.g",
        question="A run with Adam, a schedule and shuffled batches is killed after 20 "
        "of 40 steps. We have saved its weights and nothing else. Does it end where "
        "the undisturbed run ends?",
        choices={
            "yes: the weights are the net": "They are the net, but not the run. What "
            "else changes from step to step?",
            "no": "Yes. Adam's means, the place in the schedule and the order of the "
            "batches are lost.",
            "only without a schedule": "The schedule is one of three things that are "
            "missing.",
        },
        right="no",
    ),
)
