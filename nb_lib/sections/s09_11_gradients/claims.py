"""The claims of 9.11, vanishing and exploding gradients."""

import numpy as np

from nb_lib.book.claims.claim import Bound, Claim, about
from nb_lib.numpy.losses import d_cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import clip_grad_norm_
from nb_lib.runs import tunnel
from nb_lib.runs.small_digits import digits
from nb_lib.sections.s09_11_gradients.explorer import switches

WIDTH, SEEDS = 64, range(3)
SIGMOID = {"activation": "sigmoid", "init": "xavier_normal"}


def stepped(seed, depth=50, width=WIDTH, **how):
    """Return a fresh net after one pass forward and back over 32 small digits."""
    x, labels = digits()
    sizes = (x.shape[1], *[width] * depth, 10)
    net = MLP(sizes, rng=np.random.default_rng(seed), **how)
    net.backward(d_cross_entropy(net.forward(x[:32]), labels[:32]))
    return net


def ratio(net):
    """Return the norm of dL/dz in the first by that in the last hidden layer."""
    return np.linalg.norm(net.deltas[0]) / np.linalg.norm(net.deltas[-2])


def ratios():
    """Measure the four cases of fifty sigmoid layers, and batch norm alone."""
    cases = {
        "plain": {},
        "residual": {"skip": True},
        "layer norm": {"norm": "layer"},
        "both": {"skip": True, "norm": "layer"},
        "batch norm": {"norm": "batch"},
    }
    return {
        name: np.median([ratio(stepped(seed, **SIGMOID, **how)) for seed in SEEDS])
        for name, how in cases.items()
    }


def balance():
    """Compare the sum of w dL/dw over the layers of bias-free nets, ReLU and tanh."""
    found = {}
    for activation in ("relu", "tanh"):
        how = {"activation": activation, "bias": False, "init": "torch_default"}
        nets = [stepped(s, d, w, **how) for s, d, w in ((0, 5, 17), (1, 20, 64))]
        found[activation] = max(map(spread, nets))
    return found | vanishing()


def spread(net):
    """Return how far the sums of w dL/dw differ between layers, by the greatest."""
    sums = np.array([np.sum(w * net.grads[name]) for name, w in net.params.items()])
    return np.ptp(sums) / np.abs(sums).max()


def vanishing():
    """Compare both norms of thirty default ReLU layers: greatest by smallest."""
    net = stepped(2, 30, bias=False, init="torch_default")
    deltas = [np.linalg.norm(d) for d in net.deltas[1:-1]]
    grads = [np.linalg.norm(net.grads[f"{layer}.w"]) for layer in range(1, 30)]
    return {"deltas": max(deltas) / min(deltas), "weights": max(grads) / min(grads)}


def clipping():
    """Clip long gradients, then look at what clipping does for fifty sigmoid layers."""
    lengths = []
    for seed, bound in ((0, 0.5), (1, 3.0), (2, 1e-3)):
        net = stepped(seed, 10, skip=True)
        clip_grad_norm_(net.grads, bound)
        lengths.append(clip_grad_norm_(net.grads, np.inf) / bound)
    off, on = (switches.run(clip=clip, bound=0.1) for clip in (False, True))
    gained = on.first_deltas[0] / off.first_deltas[0]
    return {
        "least": min(lengths),
        "greatest": max(lengths),
        "gained": gained,
        "loss": on.losses[-10:].mean(),
    }


def doubling():
    """Follow the variance of z and of dL/dz through blocks of ReLU and He."""
    found, rng = [], np.random.default_rng(11)
    how = {"activation": "relu", "skip": True}
    for _ in range(6):
        layers = tunnel.Layers(256, depth=21, init="he_normal", rng=rng)
        x, dz = rng.normal(size=(2, 64, 256))
        up = list(tunnel.signals(x, layers, **how))
        down = list(tunnel.deltas(dz, layers, up, **how))
        found.append([tunnel.mean_square(zs[-1]) / tunnel.mean_square(zs[0])
                      for zs in (up, down)])  # fmt: skip
    forward, backward = np.mean(found, axis=0) ** (1 / 20)
    return {"forward": forward, "backward": backward}


CLAIMS = (
    Claim(
        "C11.1",
        "Through 50 sigmoid layers the error signal arrives with about 1e-31 of its "
        "norm, with about all of it under residual connections, with about 1e-20 under "
        "normalisation alone, with about all of it under both.",
        ratios,
        "{plain:.0e} plain, {residual:.1f} with residual connections, "
        "{layer norm:.0e} with a layer norm alone, {both:.1f} with both; "
        "{batch norm:.1f} with a batch norm alone",
        core=(
            Bound("plain", 1e-33, 1e-29),
            Bound("residual", 0.2, 5),
            Bound("layer norm", 1e-22, 1e-18),
            Bound("both", 0.2, 5),
        ),
        beyond=(Bound("batch norm", high=1e-10),),
        verdict="holds with limits",
        limits="the 1e-20 is that of a layer norm; a batch norm alone keeps the signal",
        note="first by last hidden layer; Xavier, width 64, median of 3 seeds",
    ),
    Claim(
        "C11.2",
        "In a bias-free ReLU net the sum of w times dL/dw is the same in every layer, "
        "so weight-gradient norms hide vanishing.",
        balance,
        "the sums differ by {relu:.0e} of the greatest with ReLU, {tanh:.0e} with "
        "tanh; over 29 layers the error signals differ {deltas:.0e}-fold, the weight "
        "gradients {weights:.1f}-fold",
        core=(
            Bound("relu", high=1e-12),
            Bound("tanh", low=1e-3),
            Bound("deltas", low=1e9),
            Bound("weights", high=20),
        ),
        note="PyTorch's default weights; nets of 5 and 20 layers, then of 30",
    ),
    Claim(
        "C11.3",
        "Clipping bounds the norm at exactly c and cannot cure vanishing, so clipping "
        "is one of four cures.",
        clipping,
        "clipped norms are {least:.7f} to {greatest:.7f} of the bound; in fifty "
        "sigmoid layers clipping multiplies the error signal of layer 1 by "
        "{gained:.0f}, and the loss stays at {loss:.2f} nats",
        core=(
            Bound("least", 0.99, 1),
            Bound("greatest", 0.99, 1),
            Bound("gained", 1, 1),
            Bound("loss", low=2.2),
        ),
        beyond=(Bound("gained", low=10),),
        verdict="holds with limits",
        limits="a cure for exploding steps only; it changes no Jacobian",
        note="PyTorch's 1e-6 keeps the norm a little below a tiny bound",
    ),
    Claim(
        "C11.4",
        "Residual blocks without normalisation double the variance in each block.",
        doubling,
        "× {forward:.2f} a block on the way up, × {backward:.2f} on the way back",
        core=(
            about("forward", 2, within=0.03),
            about("backward", 2, within=0.03),
        ),
        note="ReLU and He; 20 blocks of 256 units, mean of 6 nets",
    ),
)
