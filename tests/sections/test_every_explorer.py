"""What holds for every explorer at every corner of its ranges."""

import inspect
import json
import re
from itertools import islice

import numpy as np
import pytest
from corners import ends_of, far_settings, mixtures, small_views, view_corners
from ink import faint
from loops import over, try_all
from matplotlib.figure import Figure
from matplotlib.text import Text
from shown import painter_of

from nb_lib.explore import EXPLORERS
from nb_lib.live.declare.calculation import calculation, frame_of, offers_of


def first_frame(name):
    """Build the frame with which the start of an explorer begins."""
    explorer = EXPLORERS[name]
    with calculation():
        offers = offers_of(explorer.compute, explorer.settings(), name)
        return frame_of(next(iter(offers)))


def check_settings(name, settings):
    """Run, draw and describe one setting."""
    check_frame(name, EXPLORERS[name].run(**settings))


def check_frame(name, frame):
    """Draw and describe a frame."""
    assert painter_of(name).paint(frame)
    for ax in painter_of(name).figure.axes:
        assert np.isfinite([*ax.get_xlim(), *ax.get_ylim()]).all()
    sentence = EXPLORERS[name].describe(frame)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert not re.search(r"\bnan\b", sentence.lower())
    assert not re.search(r"\de\+0[2-4]", sentence)
    for said in [sentence, *written(painter_of(name).figure)]:
        assert not re.search(r"(?<![\w)])-[\d.]", said), said  # a minus is no hyphen
        assert not re.search(r"\d %", said), said


def written(figure):
    """List the words that a picture shows."""
    texts = [text for text in figure.findobj(Text) if text.get_visible()]
    return [text.get_text() for text in texts]


# Their own tests draw and describe them as well.
OWN = {"approximation", "cost", "fold", "mnist", "overfit", "perceptron", "sixty_lines"}
OWN |= {"slope", "xor"}


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=[pytest.mark.slow] * (n in OWN)) for n in EXPLORERS],
)
def test_every_beginning_draws_speaks_and_stands_out(name):
    """What it becomes is looked at where the start runs to its end."""
    painter = painter_of(name)
    assert painter.still
    assert painter.size == pytest.approx([100 * inch for inch in EXPLORERS[name].size])
    check_frame(name, first_frame(name))
    assert faint(painter.figure.axes) == []  # in either theme


@over("name", EXPLORERS)
def test_one_step_is_said_in_the_singular(name):
    explorer = EXPLORERS[name]
    with calculation():
        offers = islice(offers_of(explorer.compute, explorer.settings(), name), 3)
        said = [explorer.describe(frame_of(offer)) for offer in offers]
    assert not re.search(r"\b1 steps\b", " ".join(said))


def test_what_is_faint_is_found():
    ax = Figure().subplots()
    ax.plot([0, 1], color="#dddddd")
    ax.bar([0], [1], color="#eeeeee")
    ax.set_title("pale", color="#999999")
    line, bars, words = faint([ax])
    assert (line, bars[:4], words) == (ax.lines[0], "bars", "pale")


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPLORERS)
def test_every_corner_runs_draws_and_speaks(name):
    """Of the explorer, and of its small views in the text."""
    far = {str(each): (name, each) for each in far_settings(EXPLORERS[name])}
    try_all(check_settings, far)


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPLORERS)
def test_every_start_stands_out_and_what_is_built_on_the_way_changes_nothing(name):
    explorer = EXPLORERS[name]
    with calculation():
        offers = offers_of(explorer.compute, explorer.settings(), name)
        for count, offer in enumerate(offers):
            last = offer if count % 40 else frame_of(offer)
        last = frame_of(last)
    alone = explorer.run()
    check_frame(name, alone)
    assert faint(painter_of(name).figure.axes) == []
    assert painter_of(name).paint(last) == painter_of(name).paint(alone)
    assert explorer.describe(last) == explorer.describe(alone)


def test_chapter_has_small_views_and_their_corners_are_tried():
    shown = {view.explorer for view in small_views()}
    assert len(shown) > 1
    for explorer in map(EXPLORERS.__getitem__, shown):
        far = [explorer.settings(), *far_settings(explorer)]
        assert [each for each in view_corners(explorer) if each not in far] == []


@pytest.mark.parametrize("name", EXPLORERS)
def test_mixtures_hold_all_ends_of_a_control_alike(name):
    mixed = list(mixtures(EXPLORERS[name]))
    for setting, stops in ends_of(EXPLORERS[name]).items():
        counts = [[m[setting] for m in mixed].count(stop) for stop in stops]
        assert max(counts) - min(counts) <= 1


@pytest.mark.parametrize("name", EXPLORERS)
def test_ids_are_keys_and_settings_travel_as_json(name):
    explorer = EXPLORERS[name]
    assert explorer.id == name
    travelled = json.loads(json.dumps(explorer.settings()))
    assert explorer.settings(**travelled) == explorer.settings()


def trains_a_network(explorer):
    """Whether gradient descent is at work: the perceptron's rule has no settings."""
    home = inspect.getmodule(explorer.compute)
    near = {inspect.getmodule(member) for member in vars(home).values()} - {None}
    room = [m for m in near | {home} if m.__name__.startswith(home.__package__)]
    sources = map(inspect.getsource, room)
    return any(word in source for source in sources for word in ("descend(", "fit("))


def test_networks_are_told_from_what_is_none():
    trained = {name for name, e in EXPLORERS.items() if trains_a_network(e)}
    assert {"sixty_lines", "variance", "mnist", "twins"} <= trained
    assert "perceptron" not in trained


OF_THEIR_OWN = {"verses"}  # a Transformer: one block, and no activation to choose


@pytest.mark.parametrize(
    "name",
    [n for n, e in EXPLORERS.items() if trains_a_network(e) and n not in OF_THEIR_OWN],
)
def test_what_trains_carries_the_sliders_of_the_book(name):
    labels = {key: c.label for key, c in EXPLORERS[name].controls.items()}
    assert labels["init"] == "initialisation"
    assert labels["activation"] == "activation"
    assert labels["lr"] == "learning rate"
    assert labels["depth"] in ("hidden layers", "depth")
