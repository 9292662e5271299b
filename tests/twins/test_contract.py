"""The contract of the twins: same modules, same public names, same parameters.

What may differ stands in the two tables of exemptions, with the reason.
"""

import ast
import importlib
import inspect
from pathlib import Path

import pytest
from loops import over

pytest.importorskip("torch")

# what only NumPy has, because in PyTorch autograd does it
BY_HAND = {
    "activations": {"DERIVATIVES", "SLOPES"},
    "classification_losses": {"cross_entropy_and_gradient"},
    "losses": {"derivative", "value_and_gradient"},
}
# methods that both have with other parameters, or NumPy alone
OTHER_METHODS = {
    "backward": "autograd walks back in PyTorch",
    "step": "torch.optim finds the gradients in the parameters, ours is given them",
    "state_dict": "torch.optim has its own",
    "load_state_dict": "torch.optim has its own",
}
PLAIN = (bool, int, float, str, tuple, type(None))


def topics(backend):
    folder = Path(importlib.import_module(f"nb_lib.{backend}").__path__[0])
    return sorted(path.stem for path in folder.glob("[a-z]*.py"))


def is_by_hand(topic, name):
    return name.startswith("d_") or name in BY_HAND.get(topic, ())


def public_names(backend, topic):
    """List what the module itself defines or lists in ``__all__``; tables too."""
    module = importlib.import_module(f"nb_lib.{backend}.{topic}")
    names = set(getattr(module, "__all__", ()))
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {t.id for t in node.targets if isinstance(t, ast.Name)}
    return {name for name in names if not name.startswith("_")}


def parameters(function):
    """List name, kind and, where it is plain, the default of every parameter."""
    return [
        (p.name, p.kind, p.default if isinstance(p.default, PLAIN) else None)
        for p in inspect.signature(function).parameters.values()
    ]


def methods(kind):
    """Map the public methods that the class itself defines to their parameters."""
    return {
        name: parameters(member)
        for name, member in vars(kind).items()
        if inspect.isfunction(member)
        and (name == "__init__" or not name.startswith("_"))
        and name not in OTHER_METHODS
    }


def test_twins_have_the_same_modules():
    assert topics("numpy") == topics("torch")


@over("topic", topics("numpy"))
def test_twins_have_the_same_public_names(topic):
    ours = {n for n in public_names("numpy", topic) if not is_by_hand(topic, n)}
    assert ours, f"nb_lib.numpy.{topic} defines nothing public"
    assert public_names("torch", topic) == ours


@over("topic", topics("numpy"))
def test_twins_take_the_same_parameters(topic):
    ours = importlib.import_module(f"nb_lib.numpy.{topic}")
    theirs = importlib.import_module(f"nb_lib.torch.{topic}")
    for name in public_names("torch", topic):
        pair = getattr(ours, name), getattr(theirs, name)
        if inspect.isfunction(pair[0]):
            assert parameters(pair[1]) == parameters(pair[0]), name
        elif isinstance(pair[0], type):
            assert methods(pair[1]) == methods(pair[0]), name
        elif isinstance(pair[0], dict):
            assert list(pair[1]) == list(pair[0]), name


@over("topic", topics("numpy"))
def test_a_derivative_takes_what_its_function_takes(topic):
    """``d_f`` has the parameters of f, and dy = dL/df where it is no plain slope."""
    module = importlib.import_module(f"nb_lib.numpy.{topic}")
    for name in public_names("numpy", topic):
        if name.startswith("d_"):
            function = getattr(module, name.removeprefix("d_"))
            own = [p for p in parameters(getattr(module, name)) if p[0] != "dy"]
            assert own == parameters(function), name


@over("topic", topics("numpy"))
def test_everything_public_is_documented(topic):
    for backend in ("numpy", "torch"):
        module = importlib.import_module(f"nb_lib.{backend}.{topic}")
        assert module.__doc__
        for name in public_names(backend, topic):
            member = getattr(module, name)
            if inspect.isfunction(member) or isinstance(member, type):
                assert inspect.getdoc(member), f"{module.__name__}.{name}"


@over("topic", topics("numpy"))
def test_randomness_is_keyword_only_and_never_made_up(topic):
    """``rng`` has no default: only notebooks and tests create a generator."""
    for backend, name in [
        (b, n) for b in ("numpy", "torch") for n in public_names(b, topic)
    ]:
        member = getattr(importlib.import_module(f"nb_lib.{backend}.{topic}"), name)
        if callable(member):
            p = inspect.signature(member).parameters.get("rng")
            assert p is None or (p.kind, p.default) == (p.KEYWORD_ONLY, p.empty), name
