"""Files are read with bounds, as they are at one moment, and nothing else than a file is opened."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from perftable_etl.pipeline import parse
from perftable_etl.system import disk
from perftable_etl.system.disk import Changed, NotRegular, TooBig, answered, chunks_of, read_bytes
from tests.strange_disks import do_while_read, never_answer, write_while_read

SPARSE = 30 << 30


def sparse(path: Path, size: int = SPARSE) -> Path:
    """A file of so many bytes that takes no room."""
    with path.open("wb") as file:
        file.truncate(size)
    return path


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(path))  # the address may have 107 bytes


@pytest.mark.parametrize(
    ("make", "kind"),
    [(os.mkfifo, "a named pipe"), (make_socket, "a socket"), (Path.mkdir, "a folder")],
)
def test_what_is_no_file_is_not_opened(make: Callable[[Path], None], kind: str, tmp_path: Path) -> None:
    make(tmp_path / "x.pdf")
    with pytest.raises(NotRegular, match=f"it is {kind}, not a file"):
        read_bytes(tmp_path / "x.pdf", 1000)
    outcome = parse(tmp_path / "x.pdf")
    assert (outcome.error_code, outcome.byte_size) == ("unreadable", 0)
    assert f"x.pdf: it cannot be opened (it is {kind}, not a file)" in str(outcome.error_message)


def test_a_device_is_not_opened() -> None:
    with pytest.raises(NotRegular, match="a device"):
        read_bytes(Path("/dev/zero"), 1000)


def test_a_file_is_read_up_to_its_bound_only(tmp_path: Path) -> None:
    outcome = parse(sparse(tmp_path / "x.pdf"))
    assert (outcome.error_code, outcome.byte_size) == ("too_large", SPARSE)
    assert str(outcome.error_message) == (
        "x.pdf: it has more than 200,000,000 bytes; raise --max-bytes, or skip the file"
    )
    assert parse(sparse(tmp_path / "x.txt", 11), max_bytes=10).error_code == "too_large"
    assert parse(sparse(tmp_path / "x.txt", 10), max_bytes=10).error_code != "too_large"


def test_a_file_that_grows_is_read_up_to_its_bound_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sparse(tmp_path / "x.pdf", 10)
    do_while_read(path, lambda: None, monkeypatch)
    chunks = chunks_of(path, 12)
    next(chunks)
    with path.open("ab") as file:
        file.write(b"more")
    with pytest.raises(TooBig):
        tuple(chunks)


def test_a_file_that_is_written_meanwhile_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sparse(tmp_path / "x.pdf", 10)
    write_while_read(path, monkeypatch)
    with pytest.raises(Changed, match="it changed while it was read"):
        read_bytes(path, 1000)
    assert len(read_bytes(path, 1000)) == 14


def test_a_disk_that_gives_no_answer_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "PATIENCE", 0.1)
    never_answer("x.pdf", monkeypatch)
    path = sparse(tmp_path / "x.pdf", 10)
    with pytest.raises(TimeoutError, match="its disk did not answer for"):
        read_bytes(path, 1000)


def test_what_a_disk_says_is_passed_on(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        answered((tmp_path / "missing").stat)
    with pytest.raises(TimeoutError):
        answered(Event().wait, 0.01)


def test_a_path_with_a_nul_is_no_path() -> None:
    outcome = parse("a\0b.pdf")
    assert outcome.error_code == "unreadable"
    assert "embedded null byte" in str(outcome.error_message)
