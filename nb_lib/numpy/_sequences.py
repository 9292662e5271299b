"""Questions about sequences, asked once at the public door of both twins."""

import numbers

from nb_lib.numpy._checks import check_array, check_between


def check_sequence(name, x, features):
    """Want x of shape (N, T, features), with one step or more."""
    check_array(name, "x", x)
    shape = tuple(x.shape)
    if len(shape) != 3 or shape[2] != features or not shape[1]:
        raise ValueError(f"{name} wants x of shape (N, T, {features}), got {shape}")


def check_state_of(name, what, state, n, hidden):
    """Want a state of shape (N, hidden), or None where the state is all zeros."""
    if state is None:
        return
    check_array(name, what, state)
    if tuple(state.shape) != (n, hidden):
        got = tuple(state.shape)
        raise ValueError(f"{name} wants {what} of shape ({n}, {hidden}), got {got}")


def check_attention(query, key, value, mask):
    """Want queries (..., T, d), keys and values (..., S, d), and a mask that fits."""
    name, arrays = "attention", {"query": query, "key": key, "value": value}
    for what, array in arrays.items():
        check_array(name, what, array)
        if len(array.shape) < 2:
            raise ValueError(
                f"{name} wants {what} of shape (..., T, d), got {tuple(array.shape)}"
            )
    q, k, v = (tuple(array.shape) for array in arrays.values())
    if q[:-2] != k[:-2] or q[-1] != k[-1] or k[:-1] != v[:-1] or not k[-2]:
        raise ValueError(
            f"{name} wants query (..., T, d), key (..., S, d) and value (..., S, e), "
            f"got {q}, {k} and {v}"
        )
    if mask is not None:
        check_mask(mask, q[-2], k[-2])


def check_mask(mask, queries, keys):
    """Want a mask of bools (T, S) in which each query has one key or more."""
    check_array("attention", "a mask", mask)
    shape = tuple(mask.shape)
    if "bool" not in str(mask.dtype) or shape != (queries, keys):
        raise ValueError(
            f"attention wants a mask of bools ({queries}, {keys}), True where a query "
            f"may look, got {mask.dtype} {shape}"
        )
    if not bool(mask.any(-1).all()):
        raise ValueError("attention wants one key or more for each query, got none")


def check_heads(features, heads):
    """Want heads that divide the features; return both as Python numbers."""
    for what, value in (("features", features), ("heads", heads)):
        if not isinstance(value, numbers.Integral) or value < 1:
            raise ValueError(
                f"MultiHeadAttention wants {what} as a positive integer, got {value!r}"
            )
    if features % heads:
        raise ValueError(
            f"MultiHeadAttention wants features that divide into {heads} heads, "
            f"got {features}"
        )
    return int(features), int(heads)


def check_tokens(name, tokens, vocabulary, longest=None):
    """Want whole numbers (N, T) in 0 ... vocabulary - 1, T from 1 to ``longest``."""
    check_array(name, "tokens", tokens)
    if "int" not in str(tokens.dtype):
        raise TypeError(f"{name} wants tokens as whole numbers, got {tokens.dtype}")
    shape = tuple(tokens.shape)
    if len(shape) != 2 or 0 in shape or shape[1] > (longest or shape[1]):
        most = f", T at most {longest}" if longest else ""
        raise ValueError(f"{name} wants tokens of shape (N, T){most}, got {shape}")
    check_between(name, "tokens", tokens, 0, vocabulary - 1)
