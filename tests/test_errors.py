"""The errors of the program."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from perftable_etl import errors
from perftable_etl.errors import ConfigError, OutOfMemory, PerftableError, TookTooLong, TooManyBytes


def kinds(error: type[PerftableError]) -> Iterator[type[PerftableError]]:
    yield error
    for kind in error.__subclasses__():
        yield from kinds(kind)


@pytest.mark.parametrize(
    "error",
    [
        *(kind("what happened") for kind in kinds(PerftableError) if kind.__module__ == errors.__name__),
        ConfigError("sources.toml cannot be followed:", ("  db: must be given",)),
        OutOfMemory(),
        TookTooLong.of(2),
        TooManyBytes.of(1000),
    ],
    ids=lambda error: type(error).__name__,
)
def test_each_gets_from_one_process_to_another(error: PerftableError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), copy.lines) == (type(error), str(error), error.lines)
