"""The notebook of docs/ runs, and finds what the forms say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.apart

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebooks" / "two-years.ipynb"

RUN = """
import sys
import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": sys.argv[2]}}).execute()
nbformat.write(notebook, sys.argv[3])
"""


@pytest.mark.slow
def test_the_study_runs(tmp_path: Path) -> None:
    """In a process of its own: the client of kernels leaves sockets behind."""
    ran = tmp_path / "ran.ipynb"
    command = [sys.executable, "-W", "ignore", "-c", RUN, *map(str, (NOTEBOOK, NOTEBOOK.parent, ran))]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    text = "\n".join(str(cell.get("outputs")) for cell in cells(ran))
    assert "15365275.00" in text
    assert "15277696.00" in text
    assert "≤4.00(小时)" in text
    assert text.count("image/png") == 2


def test_the_notebook_is_kept_without_outputs() -> None:
    assert [cell for cell in cells(NOTEBOOK) if cell.get("outputs")] == []


def cells(notebook: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(notebook.read_text("utf-8"))["cells"]
    return found
