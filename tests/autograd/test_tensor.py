"""The engine of 9.15: its size, its promises, and what it refuses."""

import gc

import numpy as np
import pytest
import torch

from nb_lib.autograd import Tensor, tensor
from nb_lib.book.lines import count_code_lines
from nb_lib.data import moons
from nb_lib.numpy.sixty_lines import MLP, cross_entropy

LONG, WIDE = 30_000, 20_000  # Python calls a thousand deep


def test_engine_takes_at_most_sixty_lines():
    assert 40 < count_code_lines(tensor) <= 60


def test_shared_node_gets_the_sum_over_its_uses():
    x = Tensor(3.0)
    (x * x + x).backward()
    assert x.grad == 7


def test_second_backward_adds_as_in_torch_and_corrupts_nothing():
    x, twin = Tensor([1.0, 2.0]), torch.tensor([1.0, 2.0], requires_grad=True)
    middle, twin_middle = x * x, twin * twin
    twin_middle.retain_grad()
    for _ in range(3):
        (middle * middle).sum().backward()
        (twin_middle * twin_middle).sum().backward(retain_graph=True)
        assert x.grad.tolist() == twin.grad.tolist()
        assert middle.grad.tolist() == twin_middle.grad.tolist()


def test_same_root_walked_twice_doubles_the_gradients():
    x = Tensor(3.0)
    y = x * x * x
    y.backward()
    y.backward()
    assert x.grad == 54
    assert y.grad == 2


def test_gradients_share_no_memory():
    x, y = Tensor([1.0, 2.0]), Tensor([3.0, 4.0])
    (x + y).backward([1.0, 1.0])
    x.grad[:] = 7
    assert y.grad.tolist() == [1, 1]


@pytest.mark.slow
def test_long_chain_neither_walked_nor_freed_overflows_the_stack():
    x = Tensor(1.0)
    y = x
    for _ in range(LONG):
        y = y + 1
    y.backward()
    assert x.grad == 1
    del y
    gc.collect()


@pytest.mark.slow
def test_wide_sum_stays_quick():
    """Twenty thousand gradients wait at once, and are not searched one by one."""
    x = Tensor(np.ones(3))
    terms = [x[0] for _ in range(WIDE)]
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    total.backward()
    assert x.grad.tolist() == [WIDE, 0, 0]


def test_each_node_is_visited_once():
    """Doubled sixty times: in another order there would be 2^60 ways to walk."""
    x = Tensor(1.0)
    y = x
    for _ in range(60):
        y = y + y
    y.backward()
    assert x.grad == 2.0**60


def test_backward_without_a_seed_wants_one_number():
    with pytest.raises(ValueError, match=r"wants a seed of shape \(2, 3\)"):
        Tensor(np.ones((2, 3))).backward()


@pytest.mark.parametrize("seed", [1.0, [1.0], np.ones(3), np.ones((3, 2)), "a"])
def test_seed_of_another_shape_is_refused_even_if_it_could_be_broadcast(seed):
    x = Tensor(np.ones((2, 3)))
    with pytest.raises(ValueError, match=r"wants a seed of shape \(2, 3\)"):
        (x * 2).backward(seed)
    assert x.grad is None


@pytest.mark.parametrize("shape", [(), (1,), (1, 1)])
def test_one_entry_needs_no_seed_and_takes_a_number(shape):
    x = Tensor(np.ones(shape))
    (x * 2).backward()
    (x * 2).backward(10)
    assert x.grad == np.full(shape, 22)


def test_vector_is_no_matrix():
    """It is refused at once, not only on the way back."""
    row, matrix = Tensor(np.ones(3)), np.ones((3, 3))
    for product in (lambda: row @ matrix, lambda: matrix @ row, lambda: row @ row):
        with pytest.raises(ValueError, match="1 core dimensions, but 2"):
            product()


@pytest.mark.parametrize("base", [0.0, 0.5, 2.0])
@pytest.mark.parametrize("exponent", [0.0, 0.5, 3.0])
def test_slope_along_an_exponent_agrees_with_torch(base, exponent):
    """At base 0 it is 0, where the formula y log a has 0 times infinity."""
    b, twin = Tensor(exponent), torch.tensor(exponent, requires_grad=True)
    with np.errstate(divide="ignore"):  # of the slope along a, which nobody wants
        (base**b).backward()
    (base**twin).backward()
    assert b.grad == pytest.approx(twin.grad.item(), rel=1e-6)


@pytest.mark.parametrize("given", [[Tensor(1.0), 2.0], Tensor(1.0), None, "3.5", 1j])
def test_what_is_no_number_is_refused(given):
    with pytest.raises(TypeError, match="Cannot cast"):
        Tensor(given)


def test_number_can_be_reshaped_and_indexed_after_a_step():
    """Arithmetic on arrays without axes gives NumPy's scalars, which are no arrays."""
    p = Tensor(3.0)
    p.data = p.data - 0.1
    assert p.reshape(1, 1).data.shape == p[None, None].data.shape == (1, 1)


def test_number_may_be_used_a_thousand_times():
    x = Tensor(2.0)
    y = x
    for _ in range(1_000):
        y = y + x * x
    y.backward()
    assert x.grad == 4_001


def test_inner_tensor_can_be_walked_back_from_alone():
    x = Tensor(2.0)
    inner = x * x
    outer = inner * 3
    inner.backward()
    assert (x.grad, outer.grad) == (4, None)
    outer.backward()
    assert x.grad == 16


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([1, 2], "float64"),
        ([True], "float64"),
        (np.ones(2, "f4"), "float32"),
        (3, "f8"),
    ],
)
def test_data_become_floats(given, kept):
    assert Tensor(given).data.dtype == kept


def test_float32_stays_float32():
    x = Tensor(np.ones(3, "float32"))
    y = ((2 - x) * 0.5 / (x + 1) ** 2 + 2**x).tanh().mean()
    y.backward()
    assert y.data.dtype == x.grad.dtype == "float32"


def test_arrays_and_numbers_stand_on_either_side():
    x, array = Tensor([[1.0, 2.0]]), np.array([[3.0], [4.0]])
    for y in (array + x, array - x, array * x, array / x, array**x, array @ x):
        assert isinstance(y, Tensor)
        assert y.data.shape == (2, 2)
    assert [(2 - x).data[0, 1], (2 / x).data[0, 1], (2**x).data[0, 1]] == [0, 1, 4]


def test_zero_to_the_power_of_zero_has_slope_zero():
    x = Tensor([0.0, 2.0])
    (x**0).sum().backward()
    assert x.grad.tolist() == [0, 0]


def test_mask_and_loop_with_plus_equals():
    x = Tensor([3.0, -1.0, 2.0])
    total = 0
    for number in x[x.data > 0]:
        total += number * number
    total.backward()
    assert x.grad.tolist() == [6, 0, 4]


def test_what_backward_does_not_reach_has_no_gradient():
    x, y = Tensor(1.0), Tensor(2.0)
    _ = x * y
    (x * 3).backward()
    assert y.grad is None


def test_moons_net_learns_the_weights_of_the_backward_pass_by_hand(rng):
    """The net of 9.8 and its twin without a backward pass: 300 steps, all weights."""
    x, labels = moons(100, rng=rng)
    net = MLP((2, 16, 16, 2), rng=rng)
    params = [Tensor(q.copy()) for q in net.w + net.b]
    (w1, w2, w3), (b1, b2, b3) = params[:3], params[3:]
    for _ in range(300):
        loss, delta = cross_entropy(net.forward(x), labels)
        net.backward(delta)
        for q, dq in zip(net.w + net.b, net.dw + net.db, strict=True):
            q -= 0.1 * dq
        h = ((x @ w1 + b1).tanh() @ w2 + b2).tanh()
        logits = h @ w3 + b3
        log_p = logits - logits.exp().sum(axis=1, keepdims=True).log()
        ours = -log_p[np.arange(100), labels].mean()
        for p in params:
            p.grad = None
        ours.backward()
        for p in params:
            p.data -= 0.1 * p.grad
    assert ours.data == pytest.approx(loss, rel=1e-12)
    pairs = zip(params, net.w + net.b, strict=True)
    assert max(np.abs(p.data - q).max() for p, q in pairs) < 1e-12
