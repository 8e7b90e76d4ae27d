"""What came of publishing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perftable_etl.load.gates import Gate
from perftable_etl.load.publish import Publication
from perftable_etl.report.terminal.console import Table, new_table, printable, show
from perftable_etl.report.wording import new_documents_line, percent


def show_publication(publication: Publication) -> None:
    """What readers have now, or why they keep what they had."""
    for line in _publication_lines(publication):
        show(printable(line))
    if publication.failed_gates:
        show(_gates(publication.failed_gates))


def _publication_lines(publication: Publication) -> Iterator[str]:
    snapshot = publication.snapshot
    rows = snapshot.profile.rows
    if publication.is_published:
        holds = ", ".join(f"{rows[table]:,} {table}" for table in ("documents", "projects", "indicators"))
        yield f"Published {snapshot.name} to {publication.folder}: {holds}; {snapshot.bytes:,} bytes."
    if snapshot.run_id and not snapshot.run_finished_at:
        yield f"Run {snapshot.run_id} was interrupted: its stored documents are complete, others may be missing."
    if not publication.gates:
        yield "There was no earlier snapshot to compare with."
        return
    anyway = ", published anyway" if publication.is_published and publication.failed_gates else ""
    failed = len(publication.failed_gates)
    yield f"Compared with the last snapshot: {len(publication.gates) - failed} gates passed, {failed} failed{anyway}."
    if publication.new:
        yield new_documents_line(**publication.new.model_dump())


def _gates(gates: Sequence[Gate]) -> Table:
    right = ("Before", "Now", "May fall by")
    table = new_table("Gate", "Before", "Now", "May fall by", "", right=right, prose=("Gate",))
    for gate in gates:
        numbers = (_gate_number(gate, gate.before), _gate_number(gate, gate.now), percent(gate.max_fall))
        table.add_row(printable(gate.name), *numbers, "forced" if gate.is_forced else "")
    return table


def _gate_number(gate: Gate, number: float) -> str:
    return percent(number) if gate.scale == "share" else f"{number:,.0f}"
