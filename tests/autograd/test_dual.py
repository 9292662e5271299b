"""Dual numbers find, along each input, what one walk back finds along all."""

import numpy as np
import pytest

from nb_lib.autograd import Tensor, dual
from nb_lib.autograd.dual import Dual
from nb_lib.book.lines import count_code_lines


def program(w, x, b):
    h = (w * x + b).tanh()
    return h * h + w * h


def test_dual_numbers_take_a_dozen_lines():
    assert count_code_lines(dual) <= 14


def test_both_modes_agree_along_every_input(rng):
    numbers = rng.normal(size=3)
    tensors = [Tensor(number) for number in numbers]
    program(*tensors).backward()
    for place, tensor in enumerate(tensors):
        seeds = np.eye(3)[place]
        pairs = zip(numbers, seeds, strict=True)
        y = program(*(Dual(number, seed) for number, seed in pairs))
        assert y.slope == pytest.approx(tensor.grad, rel=1e-12)


def test_slope_is_that_of_a_complex_step(rng):
    """A third witness: f(x + ih) has the slope as its imaginary part over h."""
    w, x, b = rng.normal(size=3)
    step = program_on_numbers(w + 1e-30j, x, b).imag / 1e-30
    assert program(Dual(w, 1.0), Dual(x), Dual(b)).slope == pytest.approx(step)


def program_on_numbers(w, x, b):
    h = np.tanh(w * x + b)
    return h * h + w * h
