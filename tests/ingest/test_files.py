from __future__ import annotations

from pathlib import Path

import pytest

from perftable_etl.errors import UsageError
from perftable_etl.ingest.files import find_files, known_file


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"content of {name}", encoding="utf-8")


def test_a_folder_is_searched_to_the_bottom_in_order(tmp_path: Path) -> None:
    make(tmp_path, "b.pdf", "a/2.txt", "a/1.PDF", "notes.docx", "a/.DS_Store")
    found = find_files([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in found.files] == ["a/1.PDF", "a/2.txt", "b.pdf"]
    assert found.of_other_kinds == 2
    assert found.named == frozenset()


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


@pytest.mark.parametrize(("name", "message"), [("missing.pdf", "does not exist"), ("a.docx", "no known kind")])
def test_a_named_file_must_exist_and_be_of_a_known_kind(tmp_path: Path, name: str, message: str) -> None:
    make(tmp_path, "a.docx")
    with pytest.raises(UsageError, match=message):
        find_files([tmp_path / name])


def test_one_file_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        known_file(tmp_path)
