"""The claims of 9.18; two of them are measured in both of its halves."""

from nb_lib.book.claims.claim import Bound, Claim
from nb_lib.sections.s09_18_beyond.claims_order import ORDER
from nb_lib.sections.s09_18_beyond.claims_space import (
    SPACE,
    convolution_against_torch,
    shifts,
)
from nb_lib.sections.s09_18_beyond.order_measures import against_torch, permutations

LAYERS = ("conv2d", "RNN", "LSTM", "attention")


def symmetries():
    """Shift a convolution, shuffle attention."""
    return shifts() | permutations()


def same_as_torch():
    """Compare all four layers, each forward and back, with PyTorch's own."""
    return convolution_against_torch() | against_torch()


BOTH = (
    Claim(
        "C18.1",
        "Circular convolution commutes with shifts, attention without positions with "
        "permutations (1e-12).",
        symmetries,
        "shift and convolution differ by {circular:.0e}, with zeros beyond the edges "
        "by {zeros:.0f}; shuffle and attention by {attention:.0e}, with places by "
        "{with places:.1f}",
        core=(
            Bound("circular", high=1e-12),
            Bound("attention", high=1e-12),
            Bound("zeros", low=1e-3),
            Bound("with places", low=1e-3),
        ),
        note="normal numbers, untrained weights; the greatest difference",
    ),
    Claim(
        "C18.6",
        "Every layer equals torch.nn's (conv2d, RNN, LSTM, "
        "scaled_dot_product_attention) given the same weights.",
        same_as_torch,
        "greatest difference: conv2d {conv2d:.0e}, RNN {RNN:.0e}, LSTM {LSTM:.0e}, "
        "attention {attention:.0e}",
        core=tuple(Bound(name, high=1e-12) for name in LAYERS),
        note="float64, forward and back",
        needs=("PyTorch",),
    ),
)
CLAIMS = tuple(sorted((*SPACE, *ORDER, *BOTH), key=lambda claim: claim.id))
