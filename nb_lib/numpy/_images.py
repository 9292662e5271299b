"""Questions about images and kernels, asked once; both twins ask them here."""

from nb_lib.numpy._checks import check_array
from nb_lib.numpy._settings import check_count, check_number, pick

PADDINGS = {"zeros": "with zeros", "circular": "with the other side"}


def check_images(name, x):
    """Want images x (N, C, H, W)."""
    check_array(name, "x", x)
    if x.ndim != 4:
        raise ValueError(f"{name} wants x of shape (N, C, H, W), got {tuple(x.shape)}")


def check_kernel(name, x, w, b):
    """Want kernels w (O, C, K, L) for the channels of x, and a bias b (O,) each."""
    check_images(name, x)
    for what, value in (("w", w), ("b", b)):
        check_array(name, what, value)
    if w.ndim != 4 or w.shape[1] != x.shape[1]:
        raise ValueError(
            f"{name} wants w of shape (O, {x.shape[1]}, K, L), got {tuple(w.shape)}"
        )
    if tuple(b.shape) != (w.shape[0],):
        raise ValueError(
            f"{name} wants b of shape ({w.shape[0]},), got {tuple(b.shape)}"
        )


def check_moves(name, x, w, stride, padding, padding_mode):
    """Want a stride above 0 and a padding that leaves room for the kernel."""
    check_count(name, "a stride", stride)
    check_number(name, "a padding", padding, 0)
    check_count(name, "a padding", padding + 1)
    pick(PADDINGS, padding_mode, "padding_mode")
    stride, padding = int(stride), int(padding)
    for side, kernel in zip(x.shape[2:], w.shape[2:], strict=True):
        if kernel > side + 2 * padding:
            raise ValueError(
                f"{name} wants a kernel no larger than the padded image, got "
                f"{tuple(w.shape[2:])} for {tuple(x.shape[2:])} and padding {padding}"
            )
        if padding_mode == "circular" and padding > side:
            raise ValueError(
                f"{name} wants a circular padding of {side} at most, got {padding}"
            )
    return stride, padding


def check_window(name, x, size):
    """Want windows that fit into the images; return their size as Python's own."""
    check_images(name, x)
    check_count(name, "a size", size)
    if size > min(x.shape[2:]):
        raise ValueError(
            f"{name} wants windows no larger than the image, got size {size} for "
            f"{tuple(x.shape[2:])}"
        )
    return int(size)


def check_channels(channels, size):
    """Want (channels, channels...), two or more, and an odd size of the kernels."""
    for number in (*channels, size):
        check_count("ConvNet", "channels and size", number)
    if len(channels) < 2 or size % 2 == 0:
        raise ValueError(
            "ConvNet wants two or more numbers of channels and an odd size, "
            f"got {tuple(channels)} and {size}"
        )
    return tuple(map(int, channels)), int(size)
