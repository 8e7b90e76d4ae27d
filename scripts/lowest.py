"""Prints the lowest versions that pyproject.toml allows, as constraints for pip: `make test-lowest` installs these."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

EXTRAS = ("dev", "dask", "notify", "ocr", "s3")
"""What the tests need."""

_BOUND = re.compile(r"(?P<name>[\w.-]+)(?:\[[^]]*\])?>=(?P<version>[\w.]+)")


def lowest(pyproject: str) -> Iterator[str]:
    """A line for each dependency. Raises ValueError where one has no lower bound."""
    project = tomllib.loads(pyproject)["project"]
    extras = project["optional-dependencies"]
    for requirement in (*project["dependencies"], *(each for extra in EXTRAS for each in extras[extra])):
        bound = _BOUND.fullmatch(requirement)
        if bound is None:
            raise ValueError(f"{requirement!r} in pyproject.toml must be written name>=version")
        yield f"{bound['name']}=={bound['version']}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in lowest(Path("pyproject.toml").read_text(encoding="utf-8")))
