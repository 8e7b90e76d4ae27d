"""The versions that are installed: bounds, pins and hashes agree."""

from __future__ import annotations

import re
import runpy
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYPROJECT = (ROOT / "pyproject.toml").read_text("utf-8")
PINS = (ROOT / "constraints.txt").read_text("utf-8")
HASHED = (ROOT / "deploy" / "requirements.txt").read_text("utf-8")
DEPLOYED = ("notify", "ocr", "s3")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(text: str) -> dict[str, str]:
    """The version of each package; those that Windows alone needs are left out, as it is not supported."""
    lines = re.findall(r"^([\w.-]+)==([\w.]+)(.*)$", text, re.MULTILINE)
    return {canonical(name): version for name, version, marker in lines if "win32" not in marker}


def bounds(*extras: str) -> Iterator[tuple[str, str]]:
    project = tomllib.loads(PYPROJECT)["project"]
    for requirement in (
        *project["dependencies"],
        *(each for x in extras for each in project["optional-dependencies"][x]),
    ):
        name, _, version = requirement.partition(">=")
        yield canonical(name.partition("[")[0]), version


def numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)))


def test_what_root_installs_is_pinned_as_everywhere_else() -> None:
    pins, hashed = pinned(PINS), pinned(HASHED)
    assert {name: pins.get(name) for name in hashed} == hashed, "run `make requirements`"
    assert {"hatchling", *(name for name, _ in bounds(*DEPLOYED))} <= set(hashed)


def test_what_root_installs_is_hashed_and_names_no_host() -> None:
    requirements = re.split(r"\n(?=\S)", HASHED.strip())
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}$", requirement) for requirement in requirements)
    assert "://" not in HASHED
    assert not re.search(r"^--", HASHED, re.MULTILINE)


def test_no_pin_is_below_its_bound() -> None:
    pins = pinned(PINS)
    for name, version in bounds("dev", "notify", "ocr", "s3", "samples"):
        assert numbers(pins[name]) >= numbers(version), name


def test_the_lowest_versions_are_those_of_the_bounds() -> None:
    lowest = runpy.run_path(str(ROOT / "scripts" / "lowest.py"))["lowest"]
    assert pinned("\n".join(lowest(PYPROJECT))) == dict(bounds("dev", "dask", "notify", "ocr", "s3"))
    with pytest.raises(ValueError, match="'fsspec' in pyproject"):
        list(lowest(PYPROJECT.replace('"fsspec>=', '"fsspec", "fsspec>=')))
