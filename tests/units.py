"""How the tests are shared out among the workers of pytest-xdist.

The tests of a unit run on one worker, one after the other, and share what was made for
them. Units are handed out in the order of ``ORDER``: first what others wait for, then
what takes long, small ones at the end, so that no worker is left alone with a long one.
"""

import re

MODULE, FUNCTION, CASE, PAGE, SECTION = "module", "function", "case", "page", "section"
EXPLORER, ALL = "explorer", "all"
CLAIM = re.compile(r"\[C\d+\.\d+\]$")  # claims of a section share what they train
PAGE_NAME = re.compile(r"[\w/]+")  # how the name of a case begins
EXPLORER_NAME = re.compile(r"\[(\w+)\]$")
ORDER = {  # the beginning of a test's name, and what makes a unit there
    ("tests/site/test_build",): MODULE,  # builds the site, for which the others wait
    ("tests/book/test_claims",): SECTION,  # before the page that takes their numbers
    ("tests/notebooks/test_nbval",): CASE,
    ("tests/lab",): MODULE,
    ("tests/site/test_launch",): MODULE,
    (
        "tests/site/test_pages",
        "tests/site/test_reading",
        "tests/site/test_player",
    ): PAGE,
    ("tests/site",): FUNCTION,
    ("tests/live/test_page_gate", "tests/live/test_program"): ALL,  # measure fonts
    ("tests/sections/test_verses", "tests/sections/test_attention"): ALL,  # one writer
    ("tests/sections/test_every_explorer",): EXPLORER,
    ("tests/sections",): MODULE,
    ("tests",): MODULE,
}


def rank(nodeid):
    """Return the place of a test in ``ORDER``."""
    starts = enumerate(ORDER)
    return next((n for n, start in starts if nodeid.startswith(start)), len(ORDER))


def unit(nodeid):
    """Name the unit of a test; the tests about one page of the site are one."""
    kind = [*ORDER.values(), MODULE][rank(nodeid)]
    if kind == SECTION and CLAIM.search(nodeid):
        return nodeid.rpartition(".")[0]
    if kind == ALL:
        return [*ORDER][rank(nodeid)][0]
    if kind == EXPLORER and (name := EXPLORER_NAME.search(nodeid)):
        return f"tests/sections/test_{name[1]}.py"  # where its painter is wanted too
    if kind in (CASE, SECTION):
        return nodeid
    function, _, case = nodeid.partition("[")
    module = function.partition("::")[0]
    if kind == PAGE and case:
        return f"tests/site[{PAGE_NAME.match(case)[0]}]"
    return module if kind == MODULE else function


def scheduler(config, log):
    """Make the scheduler that hands out units in the order of collection."""
    from xdist.scheduler import LoadScopeScheduling

    class Units(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return unit(nodeid)

    config.option.loadscopereorder = False
    return Units(config, log)
