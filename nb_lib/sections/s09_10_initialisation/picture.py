"""How 9.10's explorer looks: signals up, deltas down, the loss over the norms."""

from nb_lib.draw import propagation

STEPS = 150


def picture(figure):
    """Lay out signals going up, deltas coming down, and the loss over the norms."""
    grid = figure.add_gridspec(2, 3)
    show_forward = propagation.variances(
        figure.add_subplot(grid[:, 0]), title="Forward: variance of z"
    )
    show_backward = propagation.variances(
        figure.add_subplot(grid[:, 1]), title="Backward: variance of dL/dz"
    )
    show_loss = propagation.loss_from_guessing(
        figure.add_subplot(grid[0, 2]), steps=STEPS, classes=10
    )
    show_norms = propagation.norms_since_start(
        figure.add_subplot(grid[1, 2]), low=1e-12, high=1e9
    )

    def show(frame):
        show_forward(frame.forward, frame.forward_theory)
        show_backward(frame.backward, frame.backward_theory)
        show_loss(frame.losses, frame.diverged_at)
        show_norms(frame.first_norms, frame.norms)

    return show
