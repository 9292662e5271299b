"""Who may import whom: the packages in one line, and nothing heavy in the models."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import nb_lib

ROOT = Path(nb_lib.__path__[0])
ORDER = ["data", "autograd", "numpy", "torch", "runs", "draw", "live"]
ORDER += ["book", "sections", "explore"]
MODULES = sorted(ROOT.rglob("*.py"))
names = [path.relative_to(ROOT).as_posix() for path in MODULES]
each_module = pytest.mark.parametrize("path", MODULES, ids=names)
HEAVY = {"matplotlib", "ipywidgets", "anywidget", "IPython", "pygments"}
# what each package may take from outside; what is not named here may take anything
OUTSIDE = {
    "data": {"numpy", "pooch", "requests", "tqdm"},
    "autograd": {"numpy"},
    "numpy": {"numpy", "scipy"},
    "torch": {"numpy", "torch"},
    "draw": {"numpy", "matplotlib", "cycler"},
}


def package_of(path):
    """Name the package of nb_lib in which a module lies, or none for nb_lib itself."""
    parts = path.relative_to(ROOT).parts
    return parts[0] if len(parts) > 1 else None


def imports(path):
    """List the dotted names of all that a module imports, at any depth of code."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def run_python(code):
    """Run code in an interpreter of its own."""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_package_has_its_place():
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert folders <= set(ORDER)
    assert {"data", "numpy", "torch"} <= folders


@each_module
def test_imports_go_one_way(path):
    own = package_of(path)
    allowed = ORDER[: ORDER.index(own) + 1] if own else []
    for name in imports(path):
        top, *rest = name.split(".")
        if top == "nb_lib" and rest:
            assert rest[0] in allowed, f"nb_lib.{own} must not import {name}"


@each_module
def test_nothing_draws_through_pyplot(path):
    """pyplot keeps figures alive for ever and belongs to one thread."""
    assert not [n for n in imports(path) if "pyplot" in n or n.startswith("pylab")]


@each_module
def test_models_know_nothing_of_plots(path):
    if package_of(path) in ("data", "autograd", "numpy", "torch"):
        assert not {name.split(".")[0] for name in imports(path)} & HEAVY


@each_module
def test_packages_take_only_what_they_need(path):
    wanted = OUTSIDE.get(package_of(path))
    if wanted is not None:
        tops = {name.split(".")[0] for name in imports(path)}
        assert tops - set(sys.stdlib_module_names) - {"nb_lib"} <= wanted


def test_numpy_works_where_torch_is_missing():
    modules = sorted(path.stem for path in (ROOT / "numpy").glob("[a-z]*.py"))
    imported = "\n".join(f"import nb_lib.numpy.{name}" for name in modules)
    run_python(f"import sys\nsys.modules['torch'] = None\n{imported}")


@pytest.mark.parametrize("package", ["data", "numpy", "draw", "live", "explore"])
def test_torch_is_loaded_only_by_what_needs_it(package):
    if not (ROOT / package / "__init__.py").exists():
        pytest.skip(f"nb_lib.{package} is not written yet")
    code = f"import sys, nb_lib.{package}\nprint('torch' in sys.modules)"
    assert run_python(code).strip() == "False"


def test_the_flagship_needs_no_torch():
    code = "import sys; from nb_lib.explore import sixty_lines\n"
    code += "print('torch' in sys.modules)"
    assert run_python(code).strip() == "False"


def test_models_load_no_matplotlib():
    code = "import sys, nb_lib.numpy.train, nb_lib.torch.train\n"
    heavy = run_python(code + f"print(set(sys.modules) & {HEAVY!r})")
    assert heavy.strip() == "set()"


@each_module
def test_models_never_seed(path):
    """``rng`` is given: only notebooks, explorers and tests create a generator."""
    if package_of(path) in ("data", "autograd", "numpy", "torch", "draw"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        words = {word for func in called for word in ast.unparse(func).split(".")}
        assert not words & {"default_rng", "RandomState", "seed", "manual_seed"}
