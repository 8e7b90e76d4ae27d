"""The colours of what is to be told apart at a glance."""

from __future__ import annotations

STATUS_STYLES = {"ok": "green", "review": "yellow", "no_forms": "dim", "failed": "bold red"}
SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}
