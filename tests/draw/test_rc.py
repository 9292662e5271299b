"""Parameters that one thread holds: the reader's stay what they are."""

import pickle
import threading

import matplotlib as mpl
import pytest

from nb_lib.draw import rc, style

WILD = {"font.size": 30, "axes.grid": False, "text.usetex": True}


@pytest.fixture(autouse=True)
def restored():
    with mpl.rc_context():
        yield


def elsewhere(act):
    """Return what ``act`` returns on another thread."""
    seen = []
    thread = threading.Thread(target=lambda: seen.append(act()))
    thread.start()
    thread.join()
    return seen[0]


def test_only_the_thread_that_holds_values_reads_them():
    mpl.rcParams["font.size"] = 30
    with rc.held({"font.size": 7}):
        assert mpl.rcParams["font.size"] == 7
        assert elsewhere(lambda: mpl.rcParams["font.size"]) == 30
    assert mpl.rcParams["font.size"] == 30


def test_what_is_assigned_meanwhile_is_kept():
    with rc.held({"font.size": 7}):
        elsewhere(lambda: mpl.rcParams.update(WILD))
        assert mpl.rcParams["font.size"] == 7
    assert {key: mpl.rcParams[key] for key in WILD} == WILD


def test_inner_values_end_with_their_block():
    with rc.held({"font.size": 7}):
        with rc.held({"font.size": 8}):
            assert mpl.rcParams["font.size"] == 8
        assert mpl.rcParams["font.size"] == 7


def test_style_holds_every_parameter_but_the_backend():
    mpl.rcParams.update(WILD)
    with style.context():
        assert mpl.rcParams["text.usetex"] is False
        assert mpl.rcParams["font.size"] == style.RC["font.size"]
    held = rc.complete(style.RC)
    assert set(mpl.rcParamsDefault) - set(held) == {"backend"}


def test_readers_object_stays_what_it_is():
    before, words = mpl.rcParams, repr(mpl.rcParams)
    with style.context():
        pass
    assert mpl.rcParams is before
    assert isinstance(mpl.rcParams, mpl.RcParams)
    assert repr(mpl.rcParams) == words
    assert pickle.loads(pickle.dumps(mpl.rcParams)) == mpl.rcParams
    with mpl.rc_context(WILD):
        assert mpl.rcParams["font.size"] == 30
    assert repr(mpl.rcParams) == words
    with pytest.raises(KeyError, match="no_such"):
        mpl.rcParams["no_such"] = 1
