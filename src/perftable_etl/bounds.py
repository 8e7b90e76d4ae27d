"""How much of anything is read, unless another bound is given."""

from __future__ import annotations

MAX_BYTES = 200_000_000
"""Bytes of a file. A budget of 500 scanned pages has a tenth."""
