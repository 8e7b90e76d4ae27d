"""The import edges that keep the house in order; docs/decisions.md says why."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex

import perftable_etl

PACKAGE = "perftable_etl"
ROOT = Path(perftable_etl.__file__).parent
MODULES = {
    ".".join((PACKAGE, *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in ROOT.rglob("*.py")
}
"""The files of the package by the names they are imported by; a folder's is that of its `__init__.py`."""

STAGES = ("extract", "normalize", "load")

ROOMS = ("values", "layouts", "forms", "rebuild", "interpret", "checks")
"""The rooms of `normalize`, each of which imports only those before it. What stands beside them imports them all."""

FOUNDATIONS = {
    "document": set(),
    "errors": {"errors"},
    "version": set(),
    "fields": set(),
    "form_fields": {"fields", "target"},
    "messages": set(),
    "target": {"document"},
    "entries": {"fields", "target"},
    "records": {"entries", "form_fields", "messages", "target"},
    "geometry": {"document", "geometry"},
    "characters": {"characters", "document"},
    "formats": {"errors", "records"},
    "tables": {"document"},
    "web.pages": set(),
    "bounds": set(),
    "system": {"errors", "system"},
    "fingerprint": set(),
    "linking": {"characters", "linking"},
    "stores": {"errors", "stores"},
}
"""What the modules and packages at the bottom may import of ours."""

HOMES = {
    "duckdb": "load.database",
    "pyarrow": "load.arrow",
    "pymupdf": "extract.mupdf",
    "pdfplumber": "extract.plumber",
    "cv2": "extract.raster",
    "numpy": "extract.raster",
    "rapidocr": "extract.ocr",
    "fsspec": "stores.store",
    "httpx": "ingest.sources.client",
    "tenacity": "ingest.sources.client",
    "lxml": "extract.office",
    "selectolax": "web.pages",
    "xlrd": "extract.office",
    "pandas": "query.frames",
    "xlsxwriter": "load.export.sheets",
    "protego": "ingest.sources.robots",
    "PIL": "report.drawing",
    "rich": "report.terminal.console",
    "typer": "cli",
    "pebble": "ingest.isolation",
    "rapidfuzz": "linking.likeness",
}
"""Each outside library that does a job of its own is known to one module, or to one package of them."""

MOST_LINES = 300

WITHOUT_WORDS = ("forms", "rebuild", "interpret")
"""The rooms of `normalize` that know no word of a form: words are data, or stand in `layouts` and `values`."""

HAN = regex.compile(r"\p{Han}")

EVERYWHERE = {"pydantic", "pydantic_core", "regex"}
"""Outside libraries that are used like the standard one."""


def imports(path: Path) -> Iterator[str]:
    """The full names of all modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(path: Path) -> set[str]:
    """The modules of the package that a file imports, named from the package on."""
    return {name.removeprefix(f"{PACKAGE}.") for name in imports(path) if name.startswith(f"{PACKAGE}.")}


def outside(path: Path) -> set[str]:
    """The libraries that a file imports."""
    return {name.partition(".")[0] for name in imports(path)} - sys.stdlib_module_names - {PACKAGE}


def room(name: str) -> str | None:
    """The room of `normalize` that a module is in; None outside of them."""
    parts = name.split(".")
    return parts[1] if parts[0] == "normalize" and len(parts) > 1 and parts[1] in ROOMS else None


@pytest.mark.parametrize("stage", STAGES)
def test_stages_do_not_import_one_another(stage: str) -> None:
    others = tuple(f"{other}." for other in STAGES if other != stage)
    for path in (ROOT / stage).rglob("*.py"):
        assert not [name for name in ours(path) if name.startswith(others)], path


@pytest.mark.parametrize("name", ROOMS)
def test_each_room_imports_only_those_before_it(name: str) -> None:
    allowed = set(ROOMS[: ROOMS.index(name) + 1])
    for path in (ROOT / "normalize" / name).rglob("*.py"):
        below = {imported for imported in ours(path) if imported.startswith("normalize.")}
        assert {imported for imported in below if room(imported) not in allowed} == set(), path


def test_every_module_of_normalize_has_a_room_or_puts_the_rooms_together() -> None:
    beside = {path.name for path in (ROOT / "normalize").iterdir() if path.suffix == ".py"}
    assert beside == {"__init__.py", "agreement.py", "fallback.py", "reading.py"}
    assert {path.name for path in (ROOT / "normalize").iterdir() if path.is_dir()} - {"__pycache__"} == set(ROOMS)


def words_in(path: Path) -> list[str]:
    """The Chinese texts in a file's code; docstrings and comments are for people."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    docstrings = {
        id(node.value) for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    texts = (node.value for node in nodes if isinstance(node, ast.Constant) and id(node) not in docstrings)
    return [text for text in texts if isinstance(text, str) and HAN.search(text)]


def test_words_of_forms_are_data() -> None:
    paths = {path for name in WITHOUT_WORDS for path in (ROOT / "normalize" / name).rglob("*.py")}
    found = {path.relative_to(ROOT / "normalize").as_posix() for path in paths if words_in(path)}
    assert found == set()


def test_no_file_is_long() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8").count("\n") for path in MODULES.values()}
    assert {name for name, lines in lengths.items() if lines > MOST_LINES} == set()


@pytest.mark.parametrize(("module", "allowed"), FOUNDATIONS.items())
def test_foundations_import_only_downwards(module: str, allowed: set[str]) -> None:
    paths = [path for name, path in MODULES.items() if f"{name}.".startswith(f"{PACKAGE}.{module}.")]
    assert paths
    assert {name.partition(".")[0] for path in paths for name in ours(path)} <= allowed


def home_of(module: str) -> str:
    """The package that the module belongs to where a library is at home in all of it, else the module itself."""
    return next((package for package in HOMES.values() if module.startswith(f"{package}.")), module)


def test_each_library_is_known_to_one_module() -> None:
    users: dict[str, set[str]] = {}
    for module, path in MODULES.items():
        for library in outside(path) - EVERYWHERE:
            users.setdefault(library, set()).add(home_of(module.removeprefix(f"{PACKAGE}.")))
    assert {library: modules for library, modules in users.items() if len(modules) > 1} == {}
    assert {library: users.get(library) for library in HOMES} == {library: {home} for library, home in HOMES.items()}


def test_no_stage_knows_the_command_line_the_order_of_the_stages_or_when_files_are_read() -> None:
    for stage in STAGES:
        for path in (ROOT / stage).rglob("*.py"):
            below = {name.partition(".")[0] for name in ours(path)}
            assert not below & {"cli", "pipeline", "ingest"}, path
