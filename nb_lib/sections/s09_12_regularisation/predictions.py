"""The predictions of 9.12, in the order of the text."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.12.a",
        question="At which **weight decay** does the network judge the most new "
        "examples correctly?",
        choices={
            "at 0, where it has learnt all fifty labels": "That would be so if all "
            "fifty labels were right. Read the share at the top left of the plane.",
            "in between, where it contradicts some of its own examples": "Yes: those "
            "that it contradicts are mostly the ones in rings.",
            "at 0.05, the strongest": "There the boundary is nearly a straight line. "
            "It is better than at 0, but is it the best?",
        },
        right="in between, where it contradicts some of its own examples",
        answer="At 0.01 most islands are gone, and the boundary keeps the bend of the "
        "two moons. Stronger decay straightens the boundary too, and then some new "
        "examples are lost again.",
    ),
    Prediction(
        "9.12.b",
        question="After 150 steps, how many of the 500 thrown labels will the network "
        "give correctly?",
        choices={
            "about 10%, because a die cannot be predicted": "A *new* throw cannot. "
            "These 500 are written down, and the network may read them 150 times.",
            "about half of them": "Nothing tells it which half to leave out.",
            "all of them": "Yes. It has 200 parameters for each example.",
        },
        right="all of them",
    ),
    Prediction(
        "9.12.c",
        question="Both weights are pulled with the same strength $\\lambda$. Which of "
        "them is smaller after 1,000 steps of Adam with L2 in the gradient?",
        choices={
            "the one with small gradients": "Yes, and by far.",
            "the one with large gradients": "It trembles no more than the other, since "
            "Adam divides by the size. What else is divided?",
            "both are alike": "So it is with plain gradient descent. But Adam does not "
            "get to see the pull apart from the gradient.",
        },
        right="the one with small gradients",
        answer="Adam divides gradient *and* pull by the running size of their sum. "
        "For the second weight this size is about 100, so of its pull only a hundredth "
        "is left.",
    ),
    Prediction(
        "9.12.d",
        question="With $p = \\tfrac12$, what do we have to do in training with the "
        "values of the units that speak?",
        choices={
            "halve them": "Then the next layer would get a quarter of the sum.",
            "leave them as they are": "Then the sum doubles as soon as all of them "
            "speak, and the network meets numbers that it has never seen in training.",
            "double them": "Yes: half as many units, each twice as loud.",
        },
        right="double them",
    ),
    Prediction(
        "9.12.e",
        question="On 500 digits and with the same 20 epochs for everybody, what wins?",
        choices={
            "all tools together": "Together they also hinder the learning. Who pays "
            "for that, if the number of epochs is the same?",
            "augmentation alone": "Yes, by far.",
            "dropout alone": "Five seeds cannot tell it from nothing here.",
            "nothing: with 20 epochs there is no overfitting yet": "The plain network "
            "has learnt all of its 500 digits by then.",
        },
        right="augmentation alone",
    ),
    Prediction(
        "9.12.f",
        question="100 examples with noise. At which width is the error on new "
        "examples the largest?",
        choices={
            "at 2, because so few units can express nothing": "They are poor, but they "
            "are also harmless: what can express little can do little damage.",
            "at 100, as many units as examples": "Yes, and by a factor that needs a "
            "logarithmic axis.",
            "at 2,000, because there is most room to learn by heart": "There is, but "
            "there are also many ways to do so, and we take the gentlest.",
        },
        right="at 100, as many units as examples",
    ),
)
