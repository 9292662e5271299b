"""Many small cases as one test: to collect, send and report a test takes its time."""

import functools
import inspect

import numpy as np


def try_all(check, cases):
    """Call ``check`` with the arguments of every case; raise all that fail, named."""
    errors = []
    for label, arguments in cases.items():
        try:
            check(*arguments)
        except Exception as error:
            error.add_note(f"with {label}")
            errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise ExceptionGroup(f"{len(errors)} of {len(cases)} fail", errors)


def over(names, values, ids=None):
    """Run a test once for each value, as ``parametrize`` does, but as one test.

    All values are tried, and what fails names its own. Each begins with the fixture
    ``rng`` as it was. Not for what skips, or is given examples by Hypothesis.
    """
    names = (names,) if isinstance(names, str) else tuple(names)
    values = [value if len(names) > 1 else (value,) for value in values]
    labels = [f"{', '.join(names)} = {label}" for label in (ids or values)]
    assert len(set(labels)) == len(values), f"labels come twice: {labels}"
    cases = dict(zip(labels, values, strict=True))

    def decorate(test):
        @functools.wraps(test)
        def each(**given):
            def run(*case):
                if isinstance(given.get("rng"), np.random.Generator):
                    given["rng"] = np.random.default_rng(9)
                test(**given, **dict(zip(names, case, strict=True)))

            try_all(run, cases)

        asked = inspect.signature(test).parameters.values()
        left = [p for p in asked if p.name not in names]
        each.__signature__ = inspect.Signature(left)
        return each

    return decorate
