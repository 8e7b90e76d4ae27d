from __future__ import annotations

import os
from pathlib import Path

import pytest

from perftable_etl.errors import UsageError
from perftable_etl.ingest import folders
from perftable_etl.ingest.files import FoundFiles, find_files, known_file
from tests.strange_disks import close_folder, nested


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"content of {name}", encoding="utf-8")


def test_a_folder_is_searched_to_the_bottom_in_order(tmp_path: Path) -> None:
    make(tmp_path, "b.pdf", "a/2.txt", "a/1.PDF", "notes.doc", "a/b.doc", "README", "a/c.zip")
    found = find_files([tmp_path])
    assert [str(path).removeprefix(f"{tmp_path}/") for path in found.files] == ["a/1.PDF", "a/2.txt", "b.pdf"]
    assert found.other_kinds == ((".doc", 2), ("", 1), (".zip", 1))
    assert found.named == frozenset()


def test_what_the_system_and_editors_keep_beside_files_is_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a.docx", "~$a.docx", ".DS_Store", "._a.pdf", "b/.hidden.pdf")
    found = find_files([tmp_path])
    assert [path.name for path in found.files] == ["a.docx"]
    assert found.other_kinds == ()


def test_a_file_whose_name_misleads_is_known_by_its_bytes(tmp_path: Path) -> None:
    make(tmp_path, "letter.doc", "table.wps")
    (tmp_path / "form.doc").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "page.et").write_text("<!DOCTYPE html><table>", "utf-8")
    found = find_files([tmp_path])
    assert [path.name for path in found.files] == ["form.doc", "page.et"]
    assert found.other_kinds == ((".doc", 1), (".wps", 1))
    assert find_files([tmp_path / "form.doc"]).files == (tmp_path / "form.doc",)


def test_a_large_folder_is_looked_at_bit_by_bit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk may take its time for each."""
    monkeypatch.setattr(folders, "AT_ONCE", 2)
    make(tmp_path, *(f"{number}.pdf" for number in range(9)))
    assert [path.name for path in find_files([tmp_path]).files] == [f"{number}.pdf" for number in range(9)]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf")
    found = find_files([tmp_path / "a.pdf", tmp_path])
    assert found.files == (tmp_path / "a.pdf",)
    assert found.named == {tmp_path / "a.pdf"}


def test_an_empty_folder_is_no_error(tmp_path: Path) -> None:
    assert find_files([tmp_path]).files == ()


def test_a_broken_link_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "missing.pdf")
    assert find_files([tmp_path]).files == ()


@pytest.mark.parametrize(("name", "message"), [("missing.pdf", "does not exist"), ("a.doc", "not a supported file")])
def test_a_named_file_must_exist_and_be_of_a_known_kind(tmp_path: Path, name: str, message: str) -> None:
    make(tmp_path, "a.doc")
    with pytest.raises(UsageError, match=message):
        find_files([tmp_path / name])


def test_one_file_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        known_file(tmp_path)


def unseen(found: FoundFiles) -> list[tuple[str, str]]:
    return [(one.path.name, one.reason) for one in found.unseen]


def test_a_closed_folder_is_named_and_the_others_are_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a/1.pdf", "b/2.pdf", "c/3.pdf")
    close_folder("b", monkeypatch)
    found = find_files([tmp_path])
    assert [path.name for path in found.files] == ["1.pdf", "3.pdf"]
    assert unseen(found) == [
        ("b", "cannot be read (Permission denied); check its path and permissions, or leave it out")
    ]


def test_what_is_named_as_a_file_and_is_none_is_named(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf")
    os.mkfifo(tmp_path / "b.pdf")
    for paths in ([tmp_path], [tmp_path / "a.pdf", tmp_path / "b.pdf"]):
        found = find_files(paths)
        assert [path.name for path in found.files] == ["a.pdf"]
        assert [(path, reason.partition(";")[0]) for path, reason in unseen(found)] == [
            ("b.pdf", "cannot be read (it is a named pipe, not a file)")
        ]
    with pytest.raises(UsageError, match="it is a named pipe"):
        known_file(tmp_path / "b.pdf")


def test_a_folder_of_1300_levels_is_searched(tmp_path: Path) -> None:
    with nested(tmp_path / "deep", "d", 1300) as deepest:
        (deepest / "a.pdf").touch()
        assert [path.name for path in find_files([tmp_path]).files] == ["a.pdf"]


def test_a_path_that_is_too_long_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf")
    with nested(tmp_path / "deep", "d" * 200, 22):
        found = find_files([tmp_path])
    assert [path.name for path in found.files] == ["a.pdf"]
    assert [reason.partition(";")[0] for _, reason in unseen(found)] == ["cannot be read (File name too long)"]
    assert len(find_files([tmp_path / ("d" * 300)]).unseen) == 1


def test_a_path_with_a_nul_is_a_wrong_call() -> None:
    with pytest.raises(UsageError, match="is not a valid path: embedded null byte"):
        find_files([Path("a\0b.pdf")])
