"""The claims of 9.19, Pitfalls: the number that shows each of the eight faults."""

from nb_lib.book.claims.claim import Bound, Claim, about
from nb_lib.sections.s09_19_pitfalls.measures import (
    broken_split,
    dead_units,
    exploded,
    fed_the_truth,
    leaked_features,
    not_a_number,
    off_by_one,
    silent_bug,
)

CLAIMS = (
    Claim(
        "C19.1",
        "A network whose ReLU derivative is always true still learns: about 82% "
        "right, and about 87% after the repair.",
        silent_bug,
        "{with the bug:.1%} with the bug (from {worst:.0%} to {best:.0%} over the "
        "seeds), {repaired:.1%} repaired; least gain {least gain:.1%}",
        core=(
            about("with the bug", 0.82, within=0.03),
            Bound("worst", low=0.5),
            Bound("gain", low=0.02),
            Bound("least gain", low=0),
        ),
        beyond=(Bound("repaired", 0.86, 0.88), Bound("worst", low=0.8)),
        verdict="holds with limits",
        limits="it learns, and the repair gains with each of the ten seeds; but single "
        "seeds with the bug lie far from 82%, and 87% right takes more steps",
        note="196-16-10 on small digits, 500 steps, 10 seeds; the gap depends on "
        "width, depth and rate: with 32 units it vanishes for some seeds, and three "
        "hidden layers diverge at rate 0.1",
    ),
    Claim(
        "C19.2",
        "Features chosen before the cross-validation give about 98.6% on pure noise, "
        "the honest procedure about 50%.",
        leaked_features,
        "{chosen before:.1%} chosen before, {within:.1%} chosen within each fold",
        core=(
            about("chosen before", 0.986, within=0.014),
            about("within", 0.5, within=0.1),
        ),
        note="30 of 5,000 features, 50 examples, mean of 20 draws",
    ),
    Claim(
        "C19.3",
        "A split of a file sorted by class gives about 99%, but on two digits only.",
        broken_split,
        "at least {validation:.1%} of the validation part, at most {all digits:.1%} "
        "of all ten digits; shuffled first, both agree to {gap after shuffling:.1%}",
        core=(
            Bound("validation", low=0.98),
            Bound("all digits", high=0.25),
            Bound("gap after shuffling", high=0.1),
        ),
        note="the first 500 of 3,000 sorted rows, 3 seeds",
    ),
    Claim(
        "C19.4",
        "Past the rate 2/λ_max gradients explode.",
        exploded,
        "at 0.95 of it a factor of {factor below:.3f} a step; at 1.05 of it 1.1 "
        "(within {departure:.0e}), after 60 steps {growth past:.0f} times "
        "the first",
        core=(
            Bound("factor below", high=0.9999),
            Bound("growth past", low=2),
            Bound("departure", high=0.001),
        ),
        note="least squares, where λ_max does not change; 10 draws",
    ),
    Claim(
        "C19.5",
        "A large learning rate leaves a large share of the ReLU units dead.",
        dead_units,
        "{large:.0%} dead at rate 1 (from {least:.0%} to {most:.0%} over the seeds), "
        "at most {usual:.0%} at rate 0.05",
        core=(Bound("large", low=0.3), Bound("usual", high=0.05)),
        note="196-32-32-10 on small digits, 200 steps, 20 seeds",
    ),
    Claim(
        "C19.6",
        "In float32 log 0 and exp past 88.7 end in a loss that is NaN.",
        not_a_number,
        "log 0 = {log 0}; exp is finite up to {last finite:.5f}; the stable form "
        "gives {stable:.3g}",
        core=(
            Bound("log 0", high=-1e308),
            Bound("is NaN", 1, 1),
            Bound("last finite", 88.72, 88.73),
            Bound("exp of the next", low=1e308),
            Bound("loss is NaN", 1, 1),
            Bound("stable", -1e-6, 1e-6),
        ),
    ),
    Claim(
        "C19.7",
        "With accidental teacher forcing the error of one step is small, while the "
        "error of a free run is large.",
        fed_the_truth,
        "at most {one step:.2f} one step ahead, at least {free:.2f} running free, "
        "a ratio of at least {least ratio:.1f}",
        core=(
            Bound("one step", high=0.1),
            Bound("free", low=0.4),
            Bound("better than copying", low=1.1),
        ),
        note="a sine of height 1 with measuring errors of 0.05, 10 draws; with eight "
        "values of the past instead of four the gap shrinks",
    ),
    Claim(
        "C19.8",
        "Unshifted targets are guessed perfectly, shifted ones at chance.",
        off_by_one,
        "at least {unshifted:.1%} unshifted, at most {shifted:.1%} shifted; chance "
        "is 12.5%",
        core=(Bound("unshifted", low=0.999), Bound("shifted", high=0.16)),
        note="random tokens of 8 kinds, 3 seeds",
    ),
)
