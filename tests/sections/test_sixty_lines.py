"""The flagship: it learns the spirals, and what breaks is shown broken."""

import subprocess
import sys

import numpy as np
import pytest

from nb_lib.sections.s09_08_sixty_lines.explorer import STEPS, sixty_lines


@pytest.fixture(scope="module")
def start():
    return list(sixty_lines.frames())


def words(frame):
    """Collect all texts on the axes of the picture of a frame."""
    return [t.get_text() for ax in sixty_lines.figure_of(frame).axes for t in ax.texts]


def test_start_learns_the_spirals(start):
    assert start[-1].accuracy > 0.97
    assert start[-1].parameters == 3_330
    assert len(start[-1].losses) == STEPS


def test_every_step_offers_a_frame(start):
    assert [len(frame.losses) for frame in start] == [*range(1, STEPS + 1)]


def test_equal_settings_give_equal_frames(start):
    np.testing.assert_array_equal(sixty_lines.run().share, start[-1].share)


def test_norms_are_in_the_order_of_the_layers():
    frame = sixty_lines.run(activation="sigmoid", depth=16)
    assert frame.grad_norms.shape[1] == len(frame.delta_norms) == 17
    assert (np.diff(np.log10(frame.delta_norms)) > 0).all()
    assert frame.grad_norms[-1, 0] < 1e-6 * frame.grad_norms[-1, -1]


@pytest.mark.parametrize(
    "settings",
    [
        {"lr": 3.0},
        {"init": "standard_normal"},
        {"init": "standard_normal", "depth": 16},
    ],
    ids=str,
)
def test_divergence_is_said_with_its_step(settings):
    frame = sixty_lines.run(**settings)
    assert frame.diverged_at == len(frame.losses) < STEPS
    assert f"diverged at step {frame.diverged_at}" in words(frame)
    assert sixty_lines.describe(frame).startswith(
        f"Diverged at step {frame.diverged_at}:"
    )


def test_zeros_leave_every_hidden_gradient_exactly_zero():
    frame = sixty_lines.run(init="zeros")
    assert (frame.grad_norms[:, :-1] == 0).all()
    assert 0.68 < frame.losses[-1] < 0.71


def test_showing_it_needs_no_torch_and_little_memory():
    code = """
import resource, sys
import IPython, ipykernel.kernelapp
bare = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
from nb_lib.explore import sixty_lines
sixty_lines.show()._repr_mimebundle_()
print("torch" in sys.modules, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - bare)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    has_torch, kilobytes = done.stdout.split()
    assert has_torch == "False"
    assert int(kilobytes) < 200_000
