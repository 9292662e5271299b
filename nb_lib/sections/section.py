"""What a section says of itself, once; everything that lists sections reads it here."""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

WRITTEN, COMING = "written", "coming"


@dataclass(frozen=True)
class Section:
    """The record of one section: ``SECTION`` in the ``__init__`` of its room.

    ``room`` is the name of its package, ``s09_05_approximation``; number and notebook
    follow from it. ``afterwards`` says what a reader then can do, ``twins`` names the
    modules of ``nb_lib.numpy`` and ``nb_lib.torch`` that it tells, ``explorers`` the
    ids that its ``explorer.py`` declares, ``notation`` rows (symbol, meaning, in code)
    for what only this section calls so. Its exercises, predictions and claims are the
    tuples ``EXERCISES``, ``PREDICTIONS`` and ``CLAIMS`` of the modules of that name,
    where they are there.
    """

    room: str
    title: str
    afterwards: str
    twins: tuple[str, ...] = ()
    explorers: tuple[str, ...] = ()
    notation: tuple[tuple[str, str, str], ...] = ()
    status: str = WRITTEN

    def __post_init__(self):
        if self.status not in (WRITTEN, COMING):
            raise ValueError(
                f"section {self.room} wants the status {WRITTEN!r} or {COMING!r}, "
                f"got {self.status!r}"
            )

    @property
    def number(self):
        """The number in the chapter, such as "9.5"."""
        chapter, section = self.room.removeprefix("s").split("_")[:2]
        return f"{int(chapter)}.{int(section)}"

    @property
    def notebook(self):
        """The name of the notebook without its ending, such as 09_05_approximation."""
        return self.room.removeprefix("s")

    @property
    def is_written(self):
        """Whether there is a notebook to open."""
        return self.status == WRITTEN

    @property
    def exercises(self):
        """The exercises, imported when they are asked for."""
        return self._member("exercises", "EXERCISES")

    @property
    def predictions(self):
        """The predictions, imported when they are asked for."""
        return self._member("predictions", "PREDICTIONS")

    @property
    def claims(self):
        """The claims, imported when they are asked for."""
        return self._member("claims", "CLAIMS")

    @property
    def comment(self):
        """What the claims page says below the measured claims, in Markdown."""
        path = Path(__file__).parent / self.room / "claims.md"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def explorer(self, id):
        """Return one explorer; only this section's modules are imported for it.

        Raises ValueError for an id that the module does not declare.
        """
        module = import_module(f"{__package__}.{self.room}.explorer")
        for member in vars(module).values():
            if getattr(member, "id", None) == id:
                return member
        raise ValueError(
            f"the record of {self.room} lists an explorer {id!r}, but its explorer.py "
            "declares none of this id"
        )

    def _member(self, module, name):
        """Read a tuple of a module of the room, empty while it is still to come."""
        path = f"{__package__}.{self.room}.{module}"
        is_there = self.is_written and find_spec(path)
        return getattr(import_module(path), name) if is_there else ()
