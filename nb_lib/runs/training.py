"""What the explorers that train have in common."""

from nb_lib.numpy.train import has_diverged

# The initial weights that a reader may choose, under the names readers know.
SCHEMES = (
    ("He", "he_normal"),
    ("Xavier", "xavier_normal"),
    ("LeCun", "lecun_normal"),
    ("orthogonal", "orthogonal"),
    ("PyTorch default", "torch_default"),
    ("too small (std 0.01)", "normal"),
    ("zeros", "zeros"),
)


class Watched:
    """What the steps of one run have told so far."""

    def __init__(self):
        self.losses, self.watched, self.norms = [], [], []
        self.deltas, self.diverged_at = (), None

    def take(self, step):
        """Note one ``Step`` of ``descend``."""
        self.losses.append(step.loss)
        if step.grad_norms is not None:
            self.watched.append(step.count)
            self.norms.append(step.grad_norms)
            self.deltas = step.delta_norms
        if has_diverged(step.loss):
            self.diverged_at = step.count
