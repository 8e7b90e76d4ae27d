"""The rows of what a form prints as often as it likes: amounts, tasks, other fields, cells not understood."""

from __future__ import annotations

from collections.abc import Iterator

from perftable_etl.load.form_rows import AmountRow, OtherFieldRow, TaskRow, UnreadCellRow
from perftable_etl.load.ids import hash_of, project_id
from perftable_etl.records import Declaration


def amount_rows(document_id: str, declaration: Declaration) -> Iterator[AmountRow]:
    """A row for each printed amount of money."""
    project = project_id(document_id, declaration.ordinal)
    for ordinal, amount in enumerate(declaration.amounts, start=1):
        yield AmountRow(
            hash_of("amount", document_id, declaration.ordinal, ordinal),
            project,
            document_id,
            ordinal,
            amount.source,
            amount.phase,
            amount.amount,
            amount.raw,
            amount.label_raw,
            amount.place.page,
            *amount.place.box,
        )


def task_rows(document_id: str, declaration: Declaration) -> Iterator[TaskRow]:
    """A row for each task."""
    project = project_id(document_id, declaration.ordinal)
    for ordinal, task in enumerate(declaration.tasks, start=1):
        yield TaskRow(
            hash_of("task", document_id, declaration.ordinal, ordinal),
            project,
            document_id,
            ordinal,
            task.name,
            task.content,
            task.amount,
            task.basic_amount,
            task.project_amount,
            task.raw,
            task.place.page,
            *task.place.box,
        )


def other_field_rows(document_id: str, declaration: Declaration) -> Iterator[OtherFieldRow]:
    """A row for each label and value that no field stands for."""
    project = project_id(document_id, declaration.ordinal)
    for ordinal, field in enumerate(declaration.other_fields, start=1):
        page, box = field.place
        yield OtherFieldRow(project, document_id, ordinal, field.label, field.value, page, *box)


def unread_cell_rows(document_id: str, declaration: Declaration) -> Iterator[UnreadCellRow]:
    """A row for each cell that was not understood."""
    project = project_id(document_id, declaration.ordinal)
    for ordinal, cell in enumerate(declaration.unread_cells, start=1):
        yield UnreadCellRow(
            document_id,
            project,
            ordinal,
            cell.text,
            cell.row,
            cell.column,
            cell.row_span,
            cell.column_span,
            cell.place.page,
            *cell.place.box,
        )
