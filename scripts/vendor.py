"""Fetches the scripts of the site from npm: minified, each with its licence, and `versions.json` that says which."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

VENDOR = Path(__file__).parents[1] / "src" / "perftable_etl" / "report" / "site" / "assets" / "vendor"


class Library(NamedTuple):
    """A package on npm, its version, and the files that the site needs of it."""

    package: str
    version: str
    files: tuple[str, ...]


LIBRARIES = (
    Library("d3", "7.9.2", ("dist/d3.min.js",)),
    Library("@observablehq/plot", "0.6.17", ("dist/plot.umd.min.js",)),
    Library("tabulator-tables", "6.5.3", ("dist/js/tabulator.min.js", "dist/css/tabulator.min.css")),
)


def main() -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    described = []
    with TemporaryDirectory() as folder:
        for library in LIBRARIES:
            package = unpacked(library, Path(folder) / library.package.replace("/", "-"))
            described.append({**copied(library, package), "name": library.package, "version": library.version})
    (VENDOR / "versions.json").write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(f"vendor: {', '.join(f'{one.package} {one.version}' for one in LIBRARIES)}\n")


def unpacked(library: Library, folder: Path) -> Path:
    """The folder of a package as npm has it."""
    folder.mkdir()
    subprocess.run(
        ["npm", "pack", "--silent", "--pack-destination", folder, f"{library.package}@{library.version}"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def copied(library: Library, package: Path) -> dict[str, object]:
    """Copies the files and the licence of a package; says what they are."""
    licence = VENDOR / f"{library.package.rpartition('/')[2]}.LICENSE.txt"
    licence.write_bytes((package / "LICENSE").read_bytes())
    hashes = {}
    for name in library.files:
        data = without_map((package / name).read_bytes())
        (VENDOR / Path(name).name).write_bytes(data)
        hashes[Path(name).name] = hashlib.sha256(data).hexdigest()
    licence_name = json.loads((package / "package.json").read_bytes())["license"]
    return {"licence": licence_name, "licence_file": licence.name, "sha256": hashes}


def without_map(data: bytes) -> bytes:
    """A script without the line that names its source map, which the site does not have."""
    return b"\n".join(line for line in data.split(b"\n") if b"# sourceMappingURL=" not in line)


if __name__ == "__main__":
    main()
