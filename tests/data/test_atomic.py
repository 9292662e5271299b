"""A file appears whole or not at all."""

import pytest

from nb_lib.data.atomic import appear_whole, write_whole


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


def test_the_temporary_file_is_hidden(tmp_path):
    with appear_whole(tmp_path / "new") as temporary:
        assert temporary.name.startswith(".new.")


def test_the_folder_is_made(tmp_path):
    write_whole(tmp_path / "some" / "where" / "new", b"whole")
    assert (tmp_path / "some" / "where" / "new").read_bytes() == b"whole"


def test_a_new_file_has_the_rights_of_any_new_file(tmp_path):
    (tmp_path / "plain").write_bytes(b"")
    write_whole(tmp_path / "new", b"whole")
    modes = {path.stat().st_mode for path in tmp_path.iterdir()}
    assert len(modes) == 1


@pytest.mark.parametrize("content", ["größer\n", "größer\n".encode()])
def test_text_is_written_as_utf_8_without_other_line_ends(tmp_path, content):
    write_whole(tmp_path / "new", content)
    assert (tmp_path / "new").read_bytes() == b"gr\xc3\xb6\xc3\x9fer\n"


@pytest.mark.parametrize(("content", "is_renewed"), [("old", False), ("new", True)])
def test_the_same_content_may_be_left_alone(tmp_path, content, is_renewed):
    path = tmp_path / "file"
    path.write_text("old")
    before = path.stat().st_ino
    write_whole(path, content, keep_same=True)
    assert (path.stat().st_ino != before) is is_renewed
    assert path.read_text() == content


def test_the_same_content_is_written_anew_unless_told(tmp_path):
    path = tmp_path / "file"
    path.write_text("old")
    before = path.stat().st_ino
    write_whole(path, "old")
    assert path.stat().st_ino != before


def test_a_fault_while_writing_leaves_the_old_file(tmp_path, monkeypatch):
    (tmp_path / "old").write_text("old")

    def half(path, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", half)
    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "old", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
    assert (tmp_path / "old").read_text() == "old"
