"""The predictions of 9.11, in the order of the text."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.11.a",
        question=(
            "Three cures are switches in the view: **residual connections**, the "
            "**layer norm** under **normalisation**, and **clipping**. Which of them, "
            "each on its own, bring the loss clearly below guessing?"
        ),
        choices={
            "all three": "All three are called cures, but they cure different things.",
            "residual connections and the layer norm": (
                "One of these two fails, although it does improve the norms by ten "
                "orders of magnitude. Look for it."
            ),
            "residual connections alone": "Yes. We shall see why the others fail.",
            "the layer norm alone": (
                "It makes every layer see inputs of a good size, which is not yet an "
                "error signal of a good size."
            ),
        },
        right="residual connections alone",
    ),
    Prediction(
        "9.11.b",
        question=(
            "Suppose each of fifty factors is 0.9, so that a layer loses only a tenth. "
            "What is left of the error signal after all fifty?"
        ),
        choices={
            "about a half": "Five layers do that: $0.9^5 \\approx 0.59$.",
            "about a two-hundredth": "Yes, $0.9^{50} \\approx 0.005$.",
            "less than a billionth": "Factors near 0.66 would do that.",
        },
        right="about a two-hundredth",
    ),
    Prediction(
        "9.11.c",
        question=(
            "A layer of tanh units with Xavier's weights lets an error signal through "
            "with about its old length, averaged over all directions. We multiply the "
            "Jacobians of fifty such layers. What becomes of their singular values?"
        ),
        choices={
            "they all stay near 1": (
                "The average over directions may stay near 1 while almost every "
                "direction dies."
            ),
            "they all shrink alike": (
                "One layer stretches some directions and shrinks others, and a product "
                "does not forget the difference."
            ),
            "the greatest stays near 1, and most of the others vanish": "Yes.",
        },
        right="the greatest stays near 1, and most of the others vanish",
    ),
    Prediction(
        "9.11.d",
        question=(
            "ReLU layers with He's weights keep the variance of the error signal, so "
            "the number of a layer is 1. Now every layer gets a residual connection. "
            "What becomes of the variance through twenty layers?"
        ),
        choices={
            "it stays level": "The detour adds a second error signal to the first.",
            "it grows about twentyfold": (
                "That is what adding something of the *old* size each time would give; "
                "here each sum is what the next layer works with."
            ),
            "it grows about half a million times": "Yes: nineteen doublings.",
        },
        right="it grows about half a million times",
    ),
    Prediction(
        "9.11.e",
        question=(
            "We subtract ½ from the output of every sigmoid, which leaves its slopes "
            "as they are, and keep the layer norm. What returns through fifty layers?"
        ),
        choices={
            "as little as before, because the slopes are the same": (
                "The slopes are one factor of the Jacobian. By what does the norm "
                "divide?"
            ),
            "about half of the error signal": "Yes, instead of $10^{-20}$ of it.",
            "far more than went in": (
                "The division by a smaller number does help, but it only repays what "
                "the slope has taken."
            ),
        },
        right="about half of the error signal",
    ),
    Prediction(
        "9.11.f",
        question=(
            "In the net of the next view, ten residual blocks without normalisation, "
            "the error signal at the first layer is about 50 times as long as at the "
            "last. We switch on **clipping** at 1. What becomes of the 50, at step 1?"
        ),
        choices={
            "it becomes 1": "Clipping looks at the length of all gradients together.",
            "it becomes smaller": "One factor for all layers cancels in a ratio.",
            "it stays 50": "Yes, every gradient is multiplied by the same factor.",
        },
        right="it stays 50",
    ),
)
