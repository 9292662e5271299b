"""Who may import whom: the packages in one line, and nothing heavy in the models."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import nb_lib
from nb_lib.sections import SECTIONS

ROOT = Path(nb_lib.__path__[0])
ORDER = ["data", "autograd", "numpy", "torch", "runs", "draw", "live"]
ORDER += ["book", "sections", "explore"]
ALONE = ["doctor"]  # takes nothing of ours, and nothing of ours takes it
COMMON = {path.stem for path in ROOT.glob("[a-z]*.py")}  # take nothing: for everybody
MODULES = sorted(ROOT.rglob("*.py"))
HEAVY = {"matplotlib", "ipywidgets", "anywidget", "IPython", "pygments"}
MODELS = ("data", "autograd", "numpy", "torch")
# what each package may take from outside; what is not named here may take anything
OUTSIDE = {
    "data": {"numpy", "pooch", "requests", "tqdm"},
    "autograd": {"numpy"},
    "numpy": {"numpy", "scipy"},
    "torch": {"numpy", "torch"},
    "draw": {"numpy", "matplotlib", "cycler"},
    "doctor": {"torch"},
}
# what a translator of plain Python into the browser's language could not carry over
NOT_FOR_A_PAGE = {
    ast.FunctionDef: "**keywords",
    ast.Try: "try",
    ast.With: "with",
    ast.Global: "global",
    ast.Nonlocal: "nonlocal",
}
NEVER_IN_A_PAGE = {"precision"}  # lets numbers overflow on purpose, and says so


def parts(path):
    """Name the folders of nb_lib above a module, and the module."""
    return path.relative_to(ROOT).parts


def package_of(path):
    """Name the package of nb_lib in which a module lies, or none for nb_lib itself."""
    return parts(path)[0] if len(parts(path)) > 1 else None


def room_of(path):
    """Name the section's room in which a module lies, if it lies in one."""
    folder, *below = parts(path)
    return below[0] if folder == "sections" and len(below) > 1 else None


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path):
    """List the dotted names of all that a module imports, at any depth of code."""
    names = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            names += [f"{start}.{alias.name}" for alias in node.names]
    return names


def no_import(is_wrong):
    """Fail where ``is_wrong(path, name)`` of an import is true; list all of them."""
    none(
        f"{path.relative_to(ROOT).as_posix()} takes {name}"
        for path in MODULES
        for name in imports(path)
        if is_wrong(path, name)
    )


def none(faults):
    """Fail where there are faults, and list them all."""
    faults = list(faults)
    assert not faults, "\n" + "\n".join(faults)


def run_python(code):
    """Run code in an interpreter of its own; return what it printed."""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_package_has_its_place():
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert folders <= {*ORDER, *ALONE}
    assert {"data", "numpy", "torch"} <= folders


def test_imports_are_absolute():
    no_import(lambda path, name: name.startswith("."))


def test_imports_go_one_way():
    def goes_up(path, name):
        top, *rest = name.split(".")
        return top == "nb_lib" and rest and rest[0] not in allowed(package_of(path))

    no_import(goes_up)


def allowed(package):
    """Name what a package may take of ours: itself, what is below it, the common."""
    if package is None:
        return set()
    below = ORDER[: ORDER.index(package) + 1] if package in ORDER else [package]
    return {*below, *(COMMON if package in ORDER else ())}


def test_rooms_never_import_each_other():
    rooms = {section.room for section in SECTIONS.values()}

    def is_a_neighbours(path, name):
        own, taken = room_of(path), name.removeprefix("nb_lib.sections.").split(".")
        return own and taken[0] in rooms - {own}

    no_import(is_a_neighbours)


def test_nothing_draws_through_pyplot():
    """pyplot keeps figures alive for ever and belongs to one thread."""
    no_import(lambda _, name: "pyplot" in name or name.startswith("pylab"))


def test_models_know_nothing_of_plots():
    def is_heavy(path, name):
        return package_of(path) in MODELS and name.split(".")[0] in HEAVY

    no_import(is_heavy)


def test_packages_take_only_what_they_need():
    own = {"nb_lib", *sys.stdlib_module_names}

    def is_foreign(path, name):
        wanted = OUTSIDE.get(package_of(path))
        return wanted is not None and name.split(".")[0] not in wanted | own

    no_import(is_foreign)


def test_models_never_seed():
    """``rng`` is given: only notebooks, explorers and tests create a generator."""
    seeds = {"default_rng", "RandomState", "seed", "manual_seed"}
    none(
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
        for path in MODULES
        if package_of(path) in (*MODELS, "draw")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and seeds & set(ast.unparse(node.func).split("."))
    )


def test_models_of_numpy_are_plain_enough_for_a_page():
    """What an explorer computes with shall run in a browser one day, translated."""
    none(
        f"{path.relative_to(ROOT).as_posix()}, line {node.lineno}: {thing}"
        for path in MODULES
        if package_of(path) == "numpy" and path.stem not in NEVER_IN_A_PAGE
        for node in ast.walk(tree(path))
        for kind, thing in NOT_FOR_A_PAGE.items()
        if isinstance(node, kind)
        and (not isinstance(node, ast.FunctionDef) or node.args.kwarg)
    )


def test_numpy_works_without_torch_and_loads_nothing_heavy():
    modules = sorted(path.stem for path in (ROOT / "numpy").glob("[a-z]*.py"))
    imported = "\n".join(f"import nb_lib.numpy.{name}" for name in modules)
    code = f"import sys\nsys.modules['torch'] = None\n{imported}\n"
    assert run_python(code + f"print(set(sys.modules) & {HEAVY!r})") == "set()\n"


def test_torch_and_pyplot_are_loaded_only_by_what_needs_them():
    """All in one interpreter: the first that is printed brought it in."""
    steps = [f"import nb_lib.{name}" for name in ("data", "numpy", "draw", "live")]
    steps += [f"from nb_lib.explore import {id}" for id in ("sixty_lines", "twins")]
    steps += ["from nb_lib.book.claims import claims; claims()"]
    steps += ["from nb_lib.book import check, setup; setup(); check('9.8.1', None)"]
    steps += ["check('9.17.4', 3)"]
    code = f"import sys\nfor step in {steps!r}:\n    exec(step)\n"
    code += "    found = {'torch', 'matplotlib.pyplot'} & set(sys.modules)\n"
    code += "    if found: print(step, found)"
    assert run_python(code) == ""


def test_engines_name_the_sections_in_one_place():
    """A string could lead upwards unseen: only ``book.rooms`` may hold it."""
    below = ORDER[: ORDER.index("sections")]
    engines = [path for path in MODULES if package_of(path) in below]
    naming = [p for p in engines if "nb_lib.sections" in p.read_text(encoding="utf-8")]
    assert [p.relative_to(ROOT).as_posix() for p in naming] == ["book/rooms.py"]
