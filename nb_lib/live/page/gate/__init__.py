"""The gate: an explorer computes in the page only if the page agrees with Python."""

from nb_lib.live.page.gate.door import Verdict, judge

__all__ = ["Verdict", "judge"]
