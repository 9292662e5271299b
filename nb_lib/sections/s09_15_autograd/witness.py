"""The loss of one net in three libraries, and each operation of the engine in two."""

import numpy as np

from nb_lib.autograd import Tensor


def loss_of(params, x, labels):
    """Return the cross-entropy of a net of two tanh layers, on tensors of any kind.

    ``params`` are w1, w2, w3, b1, b2, b3, and x and ``labels`` arrays of that library.
    """
    w1, w2, w3, b1, b2, b3 = params
    logits = ((x @ w1 + b1).tanh() @ w2 + b2).tanh() @ w3 + b3
    log_p = logits - logits.exp().sum(axis=1, keepdims=True).log()
    return -log_p[range(len(labels)), labels].mean()


def ours(params, x, labels):
    """Return the gradients that the engine finds."""
    tensors = [Tensor(p) for p in params]
    loss_of(tensors, x, labels).backward()
    return [tensor.grad for tensor in tensors]


def torchs(params, x, labels):
    """Return the gradients that PyTorch finds."""
    import torch

    tensors = [torch.tensor(p, requires_grad=True) for p in params]
    loss_of(tensors, torch.tensor(x), labels.tolist()).backward()
    return [tensor.grad.numpy() for tensor in tensors]


def jaxs(params, x, labels):
    """Return the gradients that JAX finds, in float64 as everywhere here."""
    import jax
    import jax.numpy as jnp

    def loss(params):
        w1, w2, w3, b1, b2, b3 = params
        h = jnp.tanh(jnp.tanh(jnp.asarray(x) @ w1 + b1) @ w2 + b2)
        log_p = jax.nn.log_softmax(h @ w3 + b3)
        return -log_p[jnp.arange(len(labels)), labels].mean()

    jax.config.update("jax_enable_x64", True)
    return [np.asarray(g) for g in jax.grad(loss)([jnp.asarray(p) for p in params])]


def apart(gradients, others):
    """Return the greatest difference of two lists of gradients."""
    pairs = zip(gradients, others, strict=True)
    return max(float(np.abs(mine - its).max()) for mine, its in pairs)


ALONE = (  # formulas of x (3, 4), positive; b (4,) and w (4, 2) are tensors too
    lambda x, b, w: x + b,
    lambda x, b, w: x - b,
    lambda x, b, w: 2 - x,
    lambda x, b, w: x * b,
    lambda x, b, w: x / b,
    lambda x, b, w: 3 / x,
    lambda x, b, w: x**b,
    lambda x, b, w: x**2.5,
    lambda x, b, w: 2**x,
    lambda x, b, w: x @ w,
    lambda x, b, w: x.reshape(2, 2, 3) @ x @ w,
    lambda x, b, w: -x,
    lambda x, b, w: x.exp(),
    lambda x, b, w: x.log(),
    lambda x, b, w: x.tanh(),
    lambda x, b, w: (x - 1).relu(),
    lambda x, b, w: x.sum(axis=0),
    lambda x, b, w: x.sum(axis=(0, 1), keepdims=True) * x,
    lambda x, b, w: x.mean(axis=1),
    lambda x, b, w: x.mean(),
    lambda x, b, w: x.reshape(2, 6),
    lambda x, b, w: x.T,
    lambda x, b, w: x[[0, 2, 0, 0]],
    lambda x, b, w: x[1:, 2],
    lambda x, b, w: x * x + x,
    lambda x, b, w: (x @ w).tanh().sum() * x + b * x.sum(axis=1, keepdims=True),
)


def operation_gap(formula, rng):
    """Return how far value and gradients are from PyTorch's, relative to their size."""
    import torch

    arrays = [rng.uniform(0.5, 2, size=shape) for shape in ((3, 4), (4,), (4, 2))]
    mine = [Tensor(array) for array in arrays]
    its = [torch.tensor(array, requires_grad=True) for array in arrays]
    y, other = formula(*mine), formula(*its)
    seed = rng.normal(size=y.data.shape)
    y.backward(seed)
    other.backward(torch.tensor(seed))
    pairs = [(y.data, other.detach().numpy())]
    pairs += [
        (a.grad, b.grad.numpy())
        for a, b in zip(mine, its, strict=True)
        if b.grad is not None
    ]
    return max(float(np.abs(a - b).max() / max(np.abs(b).max(), 1)) for a, b in pairs)
