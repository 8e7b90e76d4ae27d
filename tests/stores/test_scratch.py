"""Copies of what is in stores go with the process that made them, however it ends."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from perftable_etl.stores.scratch import Scratch


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_copies_go_with_their_folder(place: Path) -> None:
    scratch = Scratch()
    assert list(place.iterdir()) == []
    first, second = scratch.new(".pdf"), scratch.new()
    first.write_bytes(b"copy")
    assert first != second
    del scratch
    assert list(place.iterdir()) == []


def test_what_a_killed_process_left_goes_and_what_another_has_stays(place: Path) -> None:
    mine = Scratch()
    mine.new().write_bytes(b"mine")
    script = (
        "import os, signal; from perftable_etl.stores.scratch import Scratch;"
        "s = Scratch(); s.new().write_bytes(b'x'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", script], env={**os.environ, "TMPDIR": str(place)}, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert len(list(place.iterdir())) == 2
    another = Scratch()
    another.new().write_bytes(b"another")
    assert sorted(place.iterdir()) == sorted([mine.folder, another.folder])
    assert len(list(mine.folder.glob("[0-9]*"))) == 1


def test_another_process_has_a_folder_of_its_own(place: Path) -> None:
    scratch = Scratch()
    copied = pickle.loads(pickle.dumps(scratch))
    assert scratch.folder != copied.folder
