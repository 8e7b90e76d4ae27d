"""Writes the golden files: `python -m tests.golden`."""

from __future__ import annotations

from perftable_etl import parse
from perftable_etl.fingerprint import fingerprint
from perftable_etl.formats import format_named
from tests.drawing.redraw import SAMPLES
from tests.golden import golden_path, golden_text
from tests.golden.record import write_golden

samples = sorted(path for path in SAMPLES.iterdir() if format_named(path.name))
write_golden({golden_path(sample): golden_text(parse(sample)) for sample in samples}, fingerprint())
