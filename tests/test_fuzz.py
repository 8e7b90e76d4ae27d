"""Samples with every kind of damage: whatever comes of them, no parse raises, crashes or exceeds its limits."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from perftable_etl.ingest.isolation import Limits, parse_all
from perftable_etl.pipeline import parse
from perftable_etl.records import Outcome
from tests.drawing.redraw import SAMPLES

LIMITS = Limits(seconds=60, megabytes=1024)

FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".pdf", ".txt"})
ORIGINALS = [path.read_bytes() for path in FILES]
OBJECT = re.compile(rb"\d+ 0 obj\b.*?endobj", re.DOTALL)

Mutate = Callable[[bytearray, random.Random], None]


def parse_without_recognition(path: Path) -> Outcome:
    """As where the extra is not installed: what is damaged is often illegible, and recognition takes seconds a page."""
    sys.modules["perftable_etl.extract.ocr"] = None  # type: ignore[assignment]
    return parse(path)


def flip_bits(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 10, 100, 1000))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def cut_out(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.choice((1, 100, 10_000))]


def splice(data: bytearray, chance: random.Random) -> None:
    """Puts in a piece of some sample."""
    other = chance.choice(ORIGINALS)
    start, at = chance.randrange(len(other)), chance.randrange(len(data))
    data[at:at] = other[start : start + chance.choice((10, 1000, 10_000))]


def repeat_object(data: bytearray, chance: random.Random) -> None:
    """Puts an object of the PDF in again, somewhere."""
    found = list(OBJECT.finditer(data))
    if found:
        again, at = chance.choice(found)[0], chance.choice(found).start()
        data[at:at] = again + b"\n"


def change_number(data: bytearray, chance: random.Random) -> None:
    """Makes a number, often a length, a place or a reference, another one."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return
    number = chance.choice(found)
    data[number.start() : number.end()] = str(chance.choice((-1, 0, 1, 7, 65_536, 2**31, 10**20))).encode()


def cut_off(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(1, len(data)) :]


MUTATIONS: tuple[Mutate, ...] = (flip_bits, cut_out, splice, repeat_object, change_number, cut_off)


def mutated(folder: Path, seeds: range) -> Iterator[Path]:
    """A damaged sample for each seed."""
    for seed in seeds:
        chance = random.Random(seed)
        index = chance.randrange(len(FILES))
        data = bytearray(ORIGINALS[index])
        for mutate in chance.choices(MUTATIONS, k=chance.randint(1, 3)):
            if data:
                mutate(data, chance)
        path = folder / f"{seed}-{FILES[index].name}"
        path.write_bytes(data)
        yield path


def assert_sound(folder: Path, seeds: range) -> None:
    broken = []
    for outcome in parse_all(mutated(folder, seeds), parse_without_recognition, 2, LIMITS):
        if outcome.error_code in {"crash", "timeout", "memory"}:
            broken.append(outcome.error_message)
        else:
            (folder / outcome.file_name).unlink()
        assert (outcome.error_code is not None) == (outcome.status == "failed")
    assert broken == []


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_damaged_samples(first: int, tmp_path: Path) -> None:
    assert_sound(tmp_path, range(first, first + 50))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 11_000, 1000))
def test_ten_thousand_damaged_samples(first: int, tmp_path: Path) -> None:
    assert_sound(tmp_path, range(first, first + 1000))
