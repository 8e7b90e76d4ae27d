"""Lists that are longer than memory has room for."""

from __future__ import annotations

import errno
import os
import pickle
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import NoReturn

import pytest

from perftable_etl.errors import OutputError
from perftable_etl.system.disk_list import DiskList

MANY = range(123_456)


def test_it_is_read_in_order_as_often_as_one_likes() -> None:
    numbers = DiskList(MANY)
    assert len(numbers) == len(MANY)
    assert list(numbers) == list(MANY) == list(numbers)
    assert 1 in DiskList([1])


def test_it_grows_while_it_is_read() -> None:
    numbers = DiskList(range(2500))
    reading = iter(numbers)
    assert list(islice(reading, 1500)) == list(range(1500))
    numbers.extend(range(2500, 4500))
    assert list(reading) == list(range(1500, 4500))


def test_it_takes_little_memory() -> None:
    texts = DiskList(f"{number:01000}" for number in range(10_000))
    assert len(texts._last) + len(texts._starts) < 1010
    assert sum(map(len, texts)) == 10_000_000


def test_another_process_may_have_it() -> None:
    assert list(pickle.loads(pickle.dumps(DiskList(MANY[:5000])))) == list(MANY[:5000])


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(SpooledTemporaryFile, "seek", refuse)
    with pytest.raises(OutputError, match=r"No space left on device.* name another folder by TMPDIR"):
        DiskList(range(1000))
