"""Writes the golden files: `python -m tests.golden`."""

from __future__ import annotations

from perftable_etl import parse
from tests.drawing.redraw import SAMPLES
from tests.golden import golden_path, golden_text

for sample in sorted([*SAMPLES.glob("*.pdf"), *SAMPLES.glob("*.txt")]):
    golden_path(sample).write_text(golden_text(parse(sample)), "utf-8")
