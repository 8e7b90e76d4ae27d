"""What is asked for often starts quickly: it loads what it needs and no more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import perftable_etl
from tests.drawing.redraw import SAMPLES

pytestmark = pytest.mark.apart

ENGINES = {"pymupdf", "pdfplumber", "pdfminer", "cv2", "rapidocr", "onnxruntime"}
ARRAYS = {"numpy", "pyarrow", "pandas"}
HEAVY = {*ENGINES, *ARRAYS, "duckdb", "httpx", "fsspec", "pebble", "regex"}

RUN = """
import sys
from perftable_etl.__main__ import main
names = sys.argv.pop(1)
try:
    main()
finally:
    open(names, "w").write("\\n".join(sys.modules))
"""


def loaded(folder: Path, *arguments: str | Path) -> set[str]:
    """The libraries that the console script loads for this."""
    names = folder / "names"
    subprocess.run([sys.executable, "-c", RUN, names, *arguments], cwd=folder, capture_output=True, check=False)
    return {name.partition(".")[0] for name in names.read_text("utf-8").splitlines()}


@pytest.mark.parametrize(
    "arguments",
    [
        "--help",
        "--version",
        "-h",
        "ingest -h",
        "schema -h",
        "status",
        "status --db missing.duckdb",
        "status --nothing",
        "ingest",
        "ingest missing --db new.duckdb",
        "ingest folder",
        "sync --config missing.toml",
        "sync --config wrong.toml",
        "inspect missing.pdf",
        "publish --to folder",
        "publish --db missing.duckdb --to folder",
        "retry",
        "nothing",
    ],
)
def test_help_the_version_and_wrong_calls_load_nothing_heavy(arguments: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "wrong.toml").write_text("db = 1", encoding="utf-8")
    assert loaded(tmp_path, *arguments.split()) & {*HEAVY, "rich"} == set()


def test_status_loads_the_database_and_no_reader(tmp_path: Path) -> None:
    db = tmp_path / "work.duckdb"
    with perftable_etl.connect() as connection:
        connection.execute(f"ATTACH '{db}' AS empty")
    assert loaded(tmp_path, "status", "--db", db) & HEAVY == {"duckdb"}


def test_the_package_is_light_and_parse_loads_what_it_needs() -> None:
    code = (
        "import sys, perftable_etl as p; light = set(sys.modules);"
        f"p.parse({str(SAMPLES / 'cac-2024.writer.pdf')!r}); print(*light); print(*sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    light, after = (set(line.split()) for line in result.stdout.splitlines())
    assert light & {*HEAVY, "pydantic"} == set()
    assert "pymupdf" in after
    assert "duckdb" not in after


def test_every_name_of_the_package_is_there_and_no_other() -> None:
    assert set(perftable_etl.__all__) <= set(dir(perftable_etl))
    assert all(getattr(perftable_etl, name) for name in perftable_etl.__all__)
    with pytest.raises(AttributeError, match="no attribute 'pars'"):
        _ = perftable_etl.pars  # type: ignore[attr-defined]
