"""The rows of a verdict that say how an answer ended, without its traceback."""

import traceback

from nb_lib.book.exercises.answer import SECONDS
from nb_lib.book.exercises.showing import cut, shown, shown_briefly

WHERE = (
    "Nothing is written yet. In a running notebook (see Set up), write {} and run the "
    "cell."
)
UNWRITTEN = WHERE.format("the body")
FORGOTTEN = "Your function ran but returned None. Did you forget `return`?"


def told_inputs(inputs):
    """Give the row that shows the arguments of a case, one a line."""
    lines = [f"{name} = {shown_briefly(value)}" for name, value in inputs.items()]
    return [("inputs", "\n".join(lines))] if lines else []


def nothing(exercise, tried, inputs, got):
    """Tell a body that is still to be written from a way through it without return.

    ``inputs`` are those of the case, or empty if it is the first one.
    """
    if inputs:
        text = "a return is missing: here None came, in other cases a result did"
        return exercise.verdict("wrong", ("slip", text), *told_inputs(inputs))
    text = UNWRITTEN
    if got is not None:
        text = f"Your function returned {shown(got)}. Put your results in their places."
    elif tried.error is None and not tried.is_unwritten():
        text = FORGOTTEN
    return exercise.verdict("empty", ("", text))


def out_of_time(exercise, case):
    """Say that the answer was interrupted, and on which case."""
    text = (
        f"Your function was interrupted because it ran for more than {SECONDS} "
        "seconds. Does one of its loops never end?"
    )
    return exercise.verdict("wrong", ("", text), *told_inputs(exercise.inputs(case)))


def raised(exercise, case, function, error):
    """Show the reader's exception in one line, with its line in their function."""
    code = getattr(function, "__code__", None)
    first = getattr(code, "co_firstlineno", 0)
    text = in_one_line(error)
    frames = traceback.walk_tb(error.__traceback__)
    numbers = [number for frame, number in frames if frame.f_code is code]
    if numbers:
        text += f" (line {numbers[-1] - first + 1} of {function.__name__})"
    rows = [("raised", text)]
    if isinstance(error, SystemExit):
        advice = "Your function ends the whole program: let it return its result."
        rows += [("", advice)]
    return exercise.verdict("wrong", *rows, *told_inputs(exercise.inputs(case)))


def in_one_line(error):
    """Write type and message of an exception; a long message loses its middle."""
    try:
        lines = str(error).strip().splitlines()
    except Exception:  # the message is the reader's code too
        lines = []
    return f"{type(error).__name__}: {cut((lines or [''])[0])}".removesuffix(": ")


def fault(exercise, error):
    """Say that the check itself failed, which no answer should bring about."""
    frames = list(traceback.walk_tb(error.__traceback__))
    where = f" in {frames[-1][0].f_code.co_name}" if frames else ""
    text = (
        f"Your answer was not judged, because the check itself failed "
        f"({in_one_line(error)}{where}). That is a fault of this book and not yours: "
        "please report it, together with your answer."
    )
    return exercise.verdict("fault", ("", text))
