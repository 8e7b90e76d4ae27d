"""Drawn forms that are not read yet as they should be, each with the reason; `tests.test_kinds` expects them to fail."""

from __future__ import annotations

from collections.abc import Mapping

PENDING: Mapping[tuple[str, str, str, int], str] = {}
"""By wording, kind, style, and seed."""
