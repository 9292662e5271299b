"""Questions of 9.8 that the reader answers before the page does."""

from nb_lib.book import Prediction

PREDICTIONS = (
    Prediction(
        "9.8.a",
        question="You may raise one weight of the drawn network by 0.01. Which one "
        "changes the loss most?",
        choices={
            "unit A to $z$, because it is next to the output": "Being near the output "
            "is no advantage in itself: its slope is the 3 that it multiplies.",
            "$x_2$ to unit A": "Yes. It multiplies the larger input, 2, and what it "
            "does to unit A is doubled on the way to $z$: its slope is "
            "$2 \\cdot 2 = 4$.",
            "$x_1$ to unit A": "It is doubled on the way to $z$ as well, but it "
            "multiplies the smaller input: its slope is $1 \\cdot 2 = 2$.",
            "$x_2$ to unit B": "It multiplies the larger input, but the way from B "
            "to $z$ only turns the sign: its slope is $2 \\cdot (-1) = -2$.",
        },
        right="$x_2$ to unit A",
        answer="A slope is a product along the path: what the weight multiplies, times "
        "every weight between it and the loss, times $z - 4 = 1$ at the end.",
    ),
    Prediction(
        "9.8.b",
        question="Now the *input* $x_1$ grows from 1 to 1.01, and all weights keep "
        "their values. By how much does the loss change, roughly?",
        choices={
            "by 0.02": "That is the path through unit A alone. The other hidden unit "
            "feels $x_1$ too.",
            "by 0.01": "You subtracted the second path, but both of its weights are "
            "negative, so it pushes $z$ up as well.",
            "by 0.03": "Yes: 0.02 through A and 0.01 through B, where two "
            "negative weights make a positive push.",
        },
        right="by 0.03",
        answer="Where one number acts along several paths, **the slopes of the paths "
        "are added**: $1 \\cdot 2 + (-1)\\cdot(-1) = 3$.",
    ),
    Prediction(
        "9.8.c",
        question="A layer receives $h$ of shape (6, 5) and $\\delta$ of shape (6, 4); "
        "its weights $w$ are (5, 4). Which product can be $dw$? (The $^\\top$ swaps "
        "rows and columns.)",
        choices={
            "$h\\,\\delta^\\top$": "The inner sizes 5 and 4 do not match, so this "
            "product does not even exist.",
            "$\\delta^\\top h$": "This exists, but its shape is (4, 5): it is the "
            "transpose of what we want.",
            "$h^\\top \\delta$": "Yes: (5, 6) times (6, 4) is (5, 4), and the 6 that "
            "disappears is the sum over the examples.",
        },
        right="$h^\\top \\delta$",
        answer="",
    ),
    Prediction(
        "9.8.d",
        question="We check 100 small ReLU networks whose code is right. In how many of "
        "them does some slope differ from its central difference by more than "
        "$10^{-6}$?",
        choices={
            "in none: the code is right": "So one would think. But the check makes an "
            "assumption that ReLU breaks.",
            "in a few": "Yes, and the code is innocent. Read on for the culprit.",
            "in all of them: rounding spoils the difference": "Rounding costs about "
            "$10^{-16}/10^{-5} = 10^{-11}$, far less than the limit.",
        },
        right="in a few",
        answer="",
    ),
    Prediction(
        "9.8.e",
        question="At a **learning rate** of 1 the loss stays an ordinary number near "
        "$\\ln 2$, and it never falls again. How large are the gradients of the "
        "weights by then?",
        choices={
            "large: the net jumps about": "Then the loss would jump as well, and it "
            "hardly moves.",
            "small but not zero: it learns slowly": "Slow learning looks the same in "
            "the loss. Look at the panel of the norms.",
            "exactly zero, in every layer": "Yes. Nothing is left that could bring the "
            "net back.",
        },
        right="exactly zero, in every layer",
        answer="",
    ),
    Prediction(
        "9.8.f",
        question="Before training, we give two of 33 hidden units the same weights in "
        "and the same weights out. How far apart are they after 500 steps?",
        choices={
            "as far as any other two": "What could pull them apart? Each sees the same "
            "inputs and is asked for the same change.",
            "a little: the batches are random": "Both units see every batch, so chance "
            "treats them alike.",
            "not at all, but for the last digit": "Yes. In exact arithmetic they are "
            "equal for ever.",
        },
        right="not at all, but for the last digit",
        answer="",
    ),
)
