"""``python -m nb_lib.data``: one line, one exit code, no traceback."""

import subprocess
import sys

import pytest

from nb_lib.data import fetch
from nb_lib.data.__main__ import main


def test_command_downloads_and_says_where(mirrors, cache, capsys):
    assert main() == 0
    assert f"is in {cache}." in capsys.readouterr().out
    assert len(list(cache.iterdir())) == 4


def test_command_with_files_of_ones_own_only_checks_them(named, mirrors, capsys):
    assert main() == 0
    assert f"is in {named}." in capsys.readouterr().out
    assert [mirror.asked for mirror in mirrors] == [[], []]


def test_command_without_a_network_says_one_sentence(no_network, capsys):
    assert main() == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "train-images-idx3-ubyte.gz could not be fetched" in said.err


def test_command_refuses_a_damaged_file(named, capsys):
    (named / "t10k-labels-idx1-ubyte.gz").write_bytes(b"damaged")
    assert main() == 1
    assert "t10k-labels-idx1-ubyte.gz is damaged" in capsys.readouterr().err


def test_command_can_be_interrupted(mirrors, cache, monkeypatch, capsys):
    def interrupt(bar, n=1):
        raise KeyboardInterrupt

    monkeypatch.setattr(fetch.tqdm, "update", interrupt)
    assert main() == 130
    assert "Interrupted; the unfinished file is removed." in capsys.readouterr().err
    assert list(cache.iterdir()) == []


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command in its own process, with a missing folder as NB_LIB_DATA."""
    monkeypatch.setenv("NB_LIB_DATA", str(tmp_path / "nowhere"))
    command = [sys.executable, "-m", "nb_lib.data"]
    return lambda: subprocess.run(command, capture_output=True, text=True, check=False)


def test_module_runs_as_a_command(run):
    done = run()
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("NB_LIB_DATA names")


def test_importing_the_package_loads_no_downloader():
    code = "import sys, nb_lib.data; print({'pooch', 'requests'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
