"""The ladder: chosen on held-out images, resumed bit for bit, its log checked."""

import json
import re
from collections import defaultdict
from dataclasses import replace
from functools import partial
from statistics import fmean

import numpy as np
import pytest

from nb_lib.data import Warp, mnist_subset
from nb_lib.numpy.models import count_parameters
from nb_lib.sections.s09_12_regularisation import ladder
from nb_lib.sections.s09_12_regularisation.climb import SIZES, Climb, Recipe
from nb_lib.sections.s09_12_regularisation.ladder_log import read_log, write_log
from nb_lib.sections.s09_12_regularisation.recipes import (
    BLEND,
    CHOSEN,
    TRIALS,
    Rung,
    told,
)

EVERY = Recipe(
    epochs=3,
    decay=0.1,
    dropout=0.1,
    smoothing=0.1,
    mixup=0.2,
    average=0.9,
    warp=Warp(shift=0.5, elastic=0.5),
)
BRIEF = Rung("brief", EVERY)


@pytest.fixture(scope="module")
def small():
    """Images to fit, images held out, and a function that counts its readings."""
    (x, labels), _ = mnist_subset()
    x, labels = x[:520].astype("float32"), labels[:520]
    readings = []

    def test():
        readings.append(1)
        return x[400:], labels[400:]

    fit, held = (x[:300], labels[:300]), (x[300:400], labels[300:400])
    return fit, held, test, readings


def test_the_net_has_the_parameters_of_9_16(small):
    climb = Climb(EVERY, *small[:2], seed=0)
    assert SIZES == (784, 128, 64, 10)
    assert count_parameters(climb.net) == 109_386


@pytest.mark.parametrize("stop", [1, 2])
def test_an_interrupted_run_ends_at_the_same_bits(small, tmp_path, stop):
    """Cut off after an epoch, by an error as by Ctrl-C, and taken up again."""
    path = tmp_path / "run.npz"

    def interrupt(climb):
        if climb.done == stop:
            raise KeyboardInterrupt

    found = {}
    with pytest.raises(KeyboardInterrupt):
        ladder.run(BRIEF, 0, small[:3], path=path, report=interrupt)
    kept = {"path": path, "report": lambda climb: found.update(resumed=climb)}
    resumed = ladder.run(BRIEF, 0, small[:3], **kept)
    whole = ladder.run(
        BRIEF, 0, small[:3], report=lambda climb: found.update(whole=climb)
    )
    for name, w in found["whole"].best.params.items():
        np.testing.assert_array_equal(found["resumed"].best.params[name], w)
    clocks = {"cpu_seconds", "wall_seconds"}
    assert {k: resumed[k] for k in resumed.keys() - clocks} == {
        k: whole[k] for k in whole.keys() - clocks
    }


def test_the_test_images_are_read_once_and_last(small):
    *data, readings = small
    readings.clear()
    ladder.run(BRIEF, 0, data, report=lambda climb: readings.append(0))
    assert readings == [0, 0, 0, 1]


def test_a_trial_never_reads_the_test_images(small):
    *data, readings = small
    readings.clear()
    entry = ladder.run(replace(BRIEF, is_trial=True), 0, data)
    assert readings == []
    assert entry["wrong"] is None


def test_the_epoch_is_chosen_by_the_held_out_images(small):
    """Labels that are all wrong in the test images change nothing but the score."""
    fit, held, test, _ = small
    x, labels = test()
    answers = labels, (labels + 1) % 10
    tests = [partial(tuple, (x, y)) for y in answers]
    runs = [ladder.run(BRIEF, 0, (fit, held, test)) for test in tests]
    assert runs[0]["held"] == runs[1]["held"]
    assert runs[0]["epoch"] == runs[1]["epoch"]
    assert len(runs[1]["wrong"]) > len(runs[0]["wrong"])
    readings = runs[0]["held"]
    assert readings[runs[0]["epoch"] - 1] == max(readings)


def test_the_best_weights_are_those_of_the_chosen_epoch(small):
    """A rate that wrecks the net after its first epoch leaves the best as it was."""
    climb = Climb(replace(EVERY, average=0.0), *small[:2], seed=0)
    climb.train()
    kept = {name: w.copy() for name, w in climb.best.params.items()}
    for w in climb.net.params.values():
        w[...] = 0
    climb.schedule.highest = 0.0
    climb.train()
    assert climb.epoch == 1
    for name, w in climb.best.params.items():
        np.testing.assert_array_equal(w, kept[name])


def test_a_whole_rung_fits_the_held_out_images_too(small):
    fit, held, test, _ = small
    seen = []
    rung = replace(BRIEF, is_whole=True, recipe=replace(EVERY, epochs=1))
    ladder.run(rung, 0, (fit, held, test), report=lambda c: seen.append(len(c.fit[0])))
    assert seen == [len(fit[0]) + len(held[0])]


def test_no_held_out_image_is_fitted_and_none_is_lost():
    fit, held, test = ladder.parts(mnist_subset)
    (x, _), (x_test, _) = mnist_subset()
    assert (len(fit[0]), len(held[0]), len(test()[0])) == (3000, 1000, 1000)
    rows = np.concatenate([fit[0], held[0]])
    assert sorted(map(hash, map(bytes, rows))) == sorted(
        map(hash, map(bytes, x.astype("float32")))
    )
    np.testing.assert_array_equal(test()[0], x_test.astype("float32"))


def test_names_and_seeds_of_all_runs_differ():
    runs = [(r.name, s) for r in (*ladder.trials(), *ladder.rungs()) for s in r.seeds]
    assert len(set(runs)) == len(runs)


def test_trials_and_rungs_share_no_seed():
    tried = {seed for rung in ladder.trials() for seed in rung.seeds}
    assert not tried & {seed for rung in ladder.rungs() for seed in rung.seeds}


def entries(small):
    return {("brief", 0): ladder.run(BRIEF, 0, small[:3])}


def test_a_log_comes_back_as_it_was_written(small, tmp_path):
    found, path = entries(small), tmp_path / "log.json"
    write_log(found, path)
    assert read_log(path) == found


DAMAGE = {
    "cut short": (lambda text: text[:-20], "damaged"),
    "no list": (lambda text: '{"a": 1}', "a list of runs"),
    "a field gone": (lambda text: text.replace('"seed"', '"seeds"'), "wanted name"),
    "a letter": (lambda text: text.replace('"seed": 0', '"seed": "0"'), "seed is '0'"),
    "an epoch": (lambda text: text.replace('"epochs": 3', '"epochs": 4'), "of 4"),
    "a word": (lambda text: text.replace('"wrong": [', '"wrong": ["x", '), "rows"),
    "no share": (lambda text: re.sub('"held": .[^,]*', '"held": [[]', text), "share"),
    "a row twice": (lambda text: text.replace('"wrong": [', '"wrong": [7, '), "rows"),
}


@pytest.mark.parametrize("case", DAMAGE)
def test_a_damaged_log_is_refused_in_one_sentence(small, tmp_path, case):
    spoil, words = DAMAGE[case]
    path = tmp_path / "log.json"
    write_log(entries(small), path)
    path.write_text(spoil(path.read_text()))
    with pytest.raises(ValueError, match=rf"log\.json.*{words}"):
        read_log(path)


def test_a_rung_run_with_other_settings_is_refused(tmp_path):
    path = tmp_path / "log.json"
    rung = ladder.rungs()[0]
    other = rung.settings | {"lr": 0.5}
    held = [0.9] * rung.recipe.epochs
    entry = {"name": rung.name, "seed": 0, "recipe": other, "held": held, "epoch": 1}
    entry |= {"wrong": [3], "cpu_seconds": 1.0, "wall_seconds": 1.0}
    write_log({(rung.name, 0): entry}, path)
    with pytest.raises(ValueError, match="other settings"):
        ladder.table(path)
    path.write_text(json.dumps([entry | {"recipe": rung.settings}]))
    (row,) = ladder.table(path)
    assert row.test == pytest.approx(1 - 1 / 10_000)


def test_the_interval_is_that_of_scipy():
    from scipy.stats import binomtest

    want = binomtest(9930, 10_000).proportion_ci(method="wilson")
    assert ladder.interval(0.993, 10_000) == pytest.approx(tuple(want), abs=1e-6)


def test_noise_counts_the_test_images_too():
    """Seeds that agree leave the images: 30 of 200 gained, 10 lost."""
    plain = ladder.rungs()[1]
    other = replace(plain, name="other")
    base = {"held": [0.9], "epoch": 1, "cpu_seconds": 1.0, "wall_seconds": 1.0}
    wrong = {plain: [*range(40)], other: [*range(30, 40), *range(100, 110)]}
    entries = {
        (rung.name, s): base | {"wrong": wrong[rung]} for rung in wrong for s in (0, 1)
    }
    first, second = ladder.rows((plain, other), entries, n=200)
    assert first.gain is None
    assert first.noise is None
    assert second.gain == pytest.approx((30 - 10) / 200)
    spread = np.std([1] * 30 + [-1] * 10 + [0] * 160, ddof=1)
    assert second.noise == pytest.approx(1.96 * spread / 200**0.5)


def test_short_climbs_the_shipped_images():
    rows = ladder.short(("plain descent",), epochs=2)
    assert [row.name for row in rows] == ["plain descent"]
    assert 0.3 < rows[0].test < 0.95
    with pytest.raises(ValueError, match="short wants names among"):
        ladder.short(("plain",))


def judged():
    """Map what was tried to its mean accuracy on the held-out images."""
    log, found = read_log(), defaultdict(list)
    for trial in ladder.trials():
        for seed in trial.seeds:
            entry = log[trial.name, seed]
            assert entry["recipe"] == trial.settings
            found[trial.name].append(entry["held"][entry["epoch"] - 1])
    return {name: fmean(readings) for name, readings in found.items()}


def test_the_stored_log_holds_every_declared_run():
    wanted = {(r.name, s) for r in (*ladder.trials(), *ladder.rungs()) for s in r.seeds}
    assert set(read_log()) == wanted
    assert [row.name for row in ladder.table()] == [r.name for r in ladder.rungs()]


@pytest.mark.parametrize("thing", TRIALS)
def test_each_strength_is_the_best_of_those_tried(thing):
    tried = {n: v for n, v in judged().items() if n.startswith(f"{thing} ")}
    chosen = f"{thing} {told(CHOSEN[thing])}"
    assert tried[chosen] == max(tried.values())


def test_the_long_runs_blend_what_was_best_together():
    tried = {n: v for n, v in judged().items() if n.startswith("together: ")}
    assert tried[f"together: {BLEND}"] == max(tried.values())
