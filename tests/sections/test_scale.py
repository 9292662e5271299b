"""The scale of 9.20: memory and time are what is counted elsewhere."""

import numpy as np
import pytest
from shown import shown

from nb_lib.numpy.models import MLP, count_parameters
from nb_lib.numpy.optimisers import SGD, Adam, AdamW, RMSProp
from nb_lib.sections.s09_20_summary import scale
from nb_lib.sections.s09_20_summary.explorer import scale as explorer

THEIRS = {
    "SGD": SGD,
    "momentum": lambda params, lr: SGD(params, lr=lr, momentum=0.9),
    "RMSProp": RMSProp,
    "Adam": Adam,
    "AdamW": AdamW,
}


@pytest.mark.parametrize("name", scale.KEPT)
def test_memory_is_that_of_an_optimiser_that_has_stepped(name):
    net = MLP((7, 5, 3), rng=np.random.default_rng(9), dtype="float32")
    optimiser = THEIRS[name](net.params, lr=0.1)
    net.backward(net.forward(np.ones((2, 7), "float32")))
    optimiser.step(net.grads)
    arrays = [
        sum(array.nbytes for array in held.values()) for held in (net.params, net.grads)
    ]
    kept = sum(
        array.nbytes
        for held in optimiser.state_dict().values()
        if isinstance(held, dict)
        for array in held.values()
    )
    found = scale.memory(count_parameters(net), name, "float32")
    assert found.tolist() == [*arrays, kept]


def test_time_grows_by_a_hundred_for_each_power_of_ten():
    sizes = (1e3, 1e4, 1e5)
    seconds = [explorer.run(parameters=size).seconds for size in sizes]
    assert np.allclose(np.divide(seconds[1:], seconds[:-1]), 100)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3e-7, "300 nanoseconds"),
        (2.0, "2 seconds"),
        (86_400 * 3.0, "3 days"),
        (31_557_600 * 2.5e9, "2.5 billion years"),
    ],
)
def test_times_are_written_in_their_unit(seconds, words):
    assert scale.in_seconds(seconds) == words


def test_amounts_are_written_in_their_unit():
    amounts = {0: "0 bytes", 999: "999 bytes", 4e9: "4 GB", 1.6e13: "16 TB"}
    assert [scale.in_bytes(n) for n in amounts] == [*amounts.values()]


def test_the_sentence_says_what_is_drawn():
    sentence = scale.describe(explorer.run(parameters=1e9, speed=1e18))
    assert "hold 16 GB" in sentence
    assert "2 minutes at" in sentence


def test_all_that_is_in_memory_has_a_bar_and_a_phone_is_full_at_half_a_billion():
    figure = shown(explorer, explorer.run(parameters=1e9))
    words = [text.get_text() for text in figure.axes[0].texts]
    assert "together: 16 GB" in words
    assert scale.compute(5e8, "Adam", "float32", 1e10).memory.sum() == 8e9


def test_both_ends_of_all_sliders_are_drawn():
    for parameters in (scale.SMALLEST, scale.LARGEST):
        for speed in (1e9, 1e18):
            ends = {"parameters": parameters, "speed": speed}
            shown(explorer, explorer.run(**ends, optimiser="SGD"))
