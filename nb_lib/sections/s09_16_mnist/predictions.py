"""The predictions of 9.16, MNIST from scratch."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.16.a",
        question="Forty networks are equally good: on new digits each would read 95% "
        "correctly. You try all of them on the same 1,000 images and report the best "
        "score. What do you report?",
        choices={
            "95%": "That is what the *average* of the forty scores would be. But you "
            "picked the highest.",
            "about 96.4%": "Yes. One score misses the truth by about 0.7% either "
            "way, and the luckiest of forty misses it by twice as much.",
            "about 99%": "Luck does not reach so far: it would have to be six times "
            "the usual deviation.",
        },
        right="about 96.4%",
        answer="No network was trained on the images, and still the report is too "
        "good, because *you* were: you chose by them.",
    ),
    Prediction(
        "9.16.b",
        question="Plain descent learns well at the constant learning rate 0.1. At "
        "which rate do you expect momentum 0.9 to learn about as fast?",
        choices={
            "1": "Momentum does smooth the path, but it also makes each step longer.",
            "0.1": "Then the length of the steps would not matter. Look at (9.16.2) "
            "once more.",
            "0.01": "Yes: each gradient acts ten times as strongly, so a tenth of the "
            "rate moves the weights as far.",
        },
        right="0.01",
    ),
    Prediction(
        "9.16.c",
        question="Some pixels at the border hold no ink in any training image. What "
        "will the 128 weights of such a pixel look like after training?",
        choices={
            "zero, because the network has no use for them": "Nothing in the loss asks "
            "for it: whatever these weights are, they multiply a 0.",
            "as they were drawn at the start": "Yes, to the last bit.",
            "noisier than at the start": "For that something would have to move them.",
        },
        right="as they were drawn at the start",
        answer="By (9.8.7) the gradient of a weight is the pixel times the delta, "
        "summed over the batch. The pixel is 0 in every image, so the gradient is "
        "exactly zero.",
    ),
    Prediction(
        "9.16.d",
        question="We sort the training images, all zeros first and all nines last, and "
        "train for two epochs without shuffling. How many of the validation images are "
        "read correctly in the end?",
        choices={
            "about as many as before": "The images are the same and so is the number "
            "of steps, but each step sees the weights that the last one left behind.",
            "about half of them": "That would be so if the digits faded slowly. They "
            "fade faster.",
            "about one in ten": "Yes, which is chance.",
        },
        right="about one in ten",
    ),
    Prediction(
        "9.16.e",
        question="Plain descent, without momentum, remembers no gradient but the "
        "last. We give it one batch of zeros, one of ones, one of twos, and so on in "
        "turn. Will it learn?",
        choices={
            "no: each digit wipes out the one before": "It would, if one batch were "
            "enough to wipe a digit out. Is it?",
            "yes, nearly as well as with momentum": "Yes: one batch is too short "
            "to wipe a digit out, with a velocity or without.",
        },
        right="yes, nearly as well as with momentum",
    ),
    Prediction(
        "9.16.f",
        question="Take the five wrong answers of which the network is most sure. How "
        "sure is it of the *fifth*?",
        choices={
            "about 50%": "A reader with doubts would be. But training has rewarded "
            "the network for every bit of certainty.",
            "about 70%": "So sure it is of a *typical* wrong answer: of half of them "
            "it is surer.",
            "above 99%": "Yes. A high probability is no promise.",
        },
        right="above 99%",
    ),
)
