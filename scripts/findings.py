"""Writes docs/findings.md and docs/findings.zh-CN.md from what the package says of codes."""

from __future__ import annotations

from pathlib import Path

from perftable_etl.explanations.pages import PAGES, page_text

if __name__ == "__main__":
    for name, language in PAGES.items():
        (Path("docs") / name).write_text(page_text(language), encoding="utf-8")
