"""The predictions of 9.17, The same in PyTorch."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.17.a",
        question="`nn.Linear(784, 128)` takes 784 features and gives 128. What is "
        "the shape of its `weight`?",
        choices={
            "(784, 128)": "This is the shape of *our* weights, where a row belongs to "
            "a feature.",
            "(128, 784)": "Yes: PyTorch keeps one row for each unit of the layer.",
            "(912,)": "PyTorch does not flatten; a weight keeps its two axes.",
        },
        right="(128, 784)",
    ),
    Prediction(
        "9.17.b",
        question="Somebody forgets the line `optimiser.zero_grad()`. What does the "
        "loss do?",
        choices={
            "an error stops the loop": "Nothing is wrong with the types or shapes, so "
            "nothing complains.",
            "it falls as before, but slowly": "Old gradients would have to hold the "
            "new ones back. At first they all point downhill, so they help.",
            "it falls fast, then swings": "Yes. Each step "
            "moves along the sum of *all* gradients so far, like a ball that nothing "
            "slows down.",
        },
        right="it falls fast, then swings",
        answer="`backward` *adds* to the field `grad`, so without `zero_grad` step "
        "$t$ moves along $g_1 + g_2 + \\dots + g_t$. That sum is the velocity of "
        "momentum (9.8.11) with $\\mu = 1$, and the next cell shows that the two runs "
        "are equal to the last digit.",
    ),
    Prediction(
        "9.17.c",
        question="Both twins begin with biases of 0, and then the biases of one of "
        "them are held at 0. At which step can the *losses* differ for the first time?",
        choices={
            "step 1": "The first loss is computed before anything was changed, and at "
            "that moment all biases are still 0 in both twins.",
            "step 2": "Yes: step 1 moves the biases of one twin only, so the second "
            "loss is the first to notice.",
            "never": "The picture on the left suggests it, but a bias that learns "
            "does change the output.",
        },
        right="step 2",
    ),
    Prediction(
        "9.17.d",
        question="Nothing is injected, both programs are right, and the seed is the "
        "same. Can the two loss curves still part visibly?",
        choices={
            "no, equal programs give equal curves": "Equal programs give equal curves "
            "on paper. Here the two add their numbers in different orders, so they "
            "differ in the sixteenth digit.",
            "only in float32": "Float32 starts with a larger difference, but what "
            "matters is whether the difference grows.",
            "yes, with a large learning rate and a deep net": "Yes. Then the steps "
            "multiply the difference, and the next view loses sixteen digits in less "
            "than a hundred of them.",
        },
        right="yes, with a large learning rate and a deep net",
    ),
    Prediction(
        "9.17.e",
        question="Both twins train 784-128-64-10 on one processor core. Which is "
        "faster?",
        choices={
            "PyTorch, by far": "Not on the machines that we tried, although PyTorch is "
            "built for speed; we suspect that its many calls weigh too much when "
            "layers are as small as these.",
            "about equal, or NumPy": "Yes, on the machines that we tried; we suspect "
            "that a hand-written backward pass gains by making few calls.",
            "NumPy, ten times": "Both leave their matrix products to the same kind of "
            "routine, so a factor of ten would be a surprise.",
        },
        right="about equal, or NumPy",
    ),
)
