"""The ledger's witness: the same cells from PyTorch's autograd."""

from nb_lib.sections.s09_07_by_hand import ledger


def cells_of(page):
    """List all numbers of one epoch, in the order of the ledger."""
    parts = [*page.forward.values(), *page.backward.values(), page.gradient]
    numbers = [cell for part in parts for cell in part.values()]
    return [*page.params.values(), *numbers, page.loss, *page.updated.values()]


def by_autograd(page, lr, activation):
    """Compute one epoch's cells from its parameters, derivatives by autograd."""
    import torch

    f = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}[activation]
    p = {
        name: torch.tensor(value, dtype=torch.float64, requires_grad=True)
        for name, value in page.params.items()
    }
    run, said, total = {}, {}, 0
    for name, (x, t) in ledger.examples().items():
        cells = _watched(p, x, f)
        loss = (cells["y"] - t) ** 2 / 2
        total = total + loss
        wanted = {key: cells[key] for key in ("y", "h1", "h2", "z1", "z2")} | p
        found = torch.autograd.grad(
            loss, list(wanted.values()), retain_graph=True, materialize_grads=True
        )
        slopes = {"d" + key: float(g) for key, g in zip(wanted, found, strict=True)}
        run[name] = {key: float(cell.detach()) for key, cell in cells.items()}
        said[name] = {key: slopes[key] for key in page.backward[name]}
    total.backward()
    gradient = {key: float(tensor.grad) for key, tensor in p.items()}
    updated = ledger.update(page.params, gradient, lr)
    return ledger.Epoch(
        page.params, run, said, float(total.detach()), gradient, updated
    )


def _watched(p, x, f):
    """Run one example forward in tensors, all cells kept."""
    z1 = x[0] * p["w11"] + x[1] * p["w21"] + p["b1"]
    z2 = x[0] * p["w12"] + x[1] * p["w22"] + p["b2"]
    h1, h2 = f(z1), f(z2)
    y = h1 * p["v1"] + h2 * p["v2"] + p["c"]
    return {"z1": z1, "z2": z2, "h1": h1, "h2": h2, "y": y}


def largest_gap(lr=ledger.RATE, init="mixed", activation="sigmoid"):
    """Return the largest difference between a cell of two epochs and autograd's."""
    gaps = []
    for page in ledger.epochs(lr, init, activation):
        theirs = cells_of(by_autograd(page, lr, activation))
        gaps += [abs(a - b) for a, b in zip(cells_of(page), theirs, strict=True)]
    return max(gaps)
