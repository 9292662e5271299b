"""Questions of 9.20 that the reader answers before the page does."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.20.a",
        question="We hand an XOR net, an MLP, a net of kernels and a block of "
        "attention to the same loop, with the same optimiser and the same learning "
        "rate. Which of the four will need a line of its own?",
        choices={
            "the net of kernels, because its weights are shared": "Sharing changes "
            "how a gradient is collected, and that happens inside `backward`.",
            "the block of attention, because its inputs are whole numbers": "The "
            "model looks its tokens up itself. The loop only hands them over.",
            "none of them": "Yes. The loop asks a model for `forward`, `backward`, "
            "`params` and `grads`, and all four have them.",
        },
        right="none of them",
        answer="",
    ),
    Prediction(
        "9.20.b",
        question="A trained weight has settled: its gradient is zero at every step "
        "from now on. Which of the five optimisers will still move it after a long "
        "time?",
        choices={
            "momentum": "For a while, yes: its velocity lives on, but with a momentum "
            "of 0.9 each step leaves only nine tenths of it.",
            "Adam": "Its mean of the gradients fades as well, faster than the mean "
            "of their squares, so the step goes to zero.",
            "AdamW": "Yes. The part $\\lambda\\theta$ does not ask for a gradient, so "
            "the weight shrinks for as long as the training lasts.",
        },
        right="AdamW",
        answer="A weight that no example needs is pulled to zero; that is what weight "
        "decay is for (section 9.12).",
    ),
    Prediction(
        "9.20.c",
        question="A network ten times as large is trained on ten times as many "
        "examples. By which factor does the time of the whole training grow?",
        choices={
            "10": "That would be the factor if the number of examples stayed.",
            "20": "The two factors act one after the other: each example costs ten "
            "times as much, and there are ten times as many.",
            "100": "Yes: ten times the operations for each of ten times the examples.",
        },
        right="100",
        answer="On axes that both count powers of ten this is a straight line that "
        "climbs two powers of ten for each power of ten in size.",
    ),
)
