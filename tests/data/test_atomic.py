"""A file appears whole or not at all."""

import pytest

from nb_lib.data.atomic import appear_whole


def test_a_finished_file_takes_its_name(tmp_path):
    with appear_whole(tmp_path / "new") as temporary:
        temporary.write_text("whole")
        assert not (tmp_path / "new").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    assert (tmp_path / "new").read_text() == "whole"


def write_half(path, fault):
    with appear_whole(path) as temporary:
        temporary.write_text("half")
        raise fault


@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError, SystemExit])
def test_an_unfinished_file_leaves_the_old_one(tmp_path, fault):
    (tmp_path / "old").write_text("old")
    with pytest.raises(fault):
        write_half(tmp_path / "old", fault)
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
    assert (tmp_path / "old").read_text() == "old"


def test_two_writers_do_not_share_a_temporary_file(tmp_path):
    path = tmp_path / "new"
    with appear_whole(path) as one, appear_whole(path) as two:
        assert one != two


def test_the_temporary_file_lies_beside_its_target(tmp_path):
    with appear_whole(tmp_path / "new") as temporary:
        assert temporary.parent == tmp_path  # a rename works within one disk only
