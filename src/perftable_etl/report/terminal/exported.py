"""What was exported."""

from __future__ import annotations

from perftable_etl.load.export.export import Exported
from perftable_etl.report.terminal.console import new_table, printable, show
from perftable_etl.stores.address import Place


def show_exported(exported: Exported[Place]) -> None:
    """How many rows of each table went where."""
    table = new_table("Table", "Rows", right=("Rows",))
    for name, rows in exported.rows.items():
        table.add_row(printable(name), printable(f"{rows:,}"))
    show(table)
    show(printable(f"Exported to {exported.to}."))
