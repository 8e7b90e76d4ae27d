"""A workbook for people: notes, a sheet a table with Chinese headings, what the columns hold, how good the data are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from perftable_etl.load.database import Connection, identifier
from perftable_etl.load.ddl import VIEWS
from perftable_etl.load.export.cells import MOST_CHARACTERS, Cut
from perftable_etl.load.export.codebook import codebook
from perftable_etl.load.export.headings import headings, sheet_name
from perftable_etl.load.export.relation import FLAT, ExportColumn, OnRows, Relation
from perftable_etl.load.export.sheets import Book, Sheet, SheetColumn
from perftable_etl.load.export.validation import validation
from perftable_etl.system.clock import now
from perftable_etl.version import VERSION

_BATCH = 1000

_OTHERS = ("documents", "amounts", "tasks", "other_fields", "unread_cells", "findings", "corrections")
_STAND_INS = {"flat_indicators": "current_indicators", "flat_projects": "current_projects"}

_NAMED = (
    ExportColumn("file_name", "VARCHAR", None, is_required=False),
    ExportColumn("project_name", "VARCHAR", None, is_required=False),
)
"""What a person wants to see where a table has but the ids."""

_PLACES = ("ordinal", "page")
"""Columns that say which row comes first on the form."""

_WIDTHS = {"VARCHAR": 24, "JSON": 24, "DATE": 12, "BOOLEAN": 8, "TIMESTAMP": 20}
_WIDTH_OF_NUMBERS = 14


def workbook_names() -> tuple[str, ...]:
    """The tables and views that a workbook has unless others are named."""
    flat = (name if name in VIEWS else _STAND_INS[name] for name in FLAT)
    return (*flat, *_OTHERS)


class SheetContent(NamedTuple):
    """What a sheet shows of a relation: its columns, and a query for its rows."""

    relation: Relation
    query: str


def write_workbook(connection: Connection, relations: Sequence[Relation], path: Path, on_rows: OnRows) -> None:
    """Writes the relations to a workbook, each to a sheet, or to several where one has not enough rows."""
    with Book(path) as book:
        notes = book.sheet("说明", (SheetColumn("项目", 18), SheetColumn("内容", 100)))
        contents = [_content(relation) for relation in relations]
        written = [_write_relation(connection, book, content, on_rows) for content in contents]
        _write_all(book.sheet("字段", _FIELD_COLUMNS), _fields(contents))
        _write_all(book.sheet("质量", _QUALITY_COLUMNS), validation(connection))
        cuts = [cut for sheets in written for sheet in sheets for cut in sheet.cuts]
        if cuts:
            _write_all(book.sheet("长文本", _CUT_COLUMNS), _cut_rows(cuts))
        _write_all(notes, _notes(zip(contents, written, strict=True), cuts))


def _content(relation: Relation) -> SheetContent:
    """A relation, with the names of file and project before its columns where it has only their ids."""
    columns, name = relation.column_names, identifier(relation.name)
    if "document_id" not in columns or "file_name" in columns:
        return SheetContent(relation, f"SELECT * FROM {name} {relation.order}")
    own = [f"{name}.{identifier(column)}" for column in (*(place for place in _PLACES if place in columns), columns[0])]
    of_document = f"LEFT JOIN documents AS d ON d.document_id = {name}.document_id"
    if "project_id" not in columns or "first_page" in columns:  # of no project, or a project itself
        query = f"SELECT d.file_name, {name}.* FROM {name} {of_document} ORDER BY d.file_name, {', '.join(own)}"
        return SheetContent(_with(relation, _NAMED[:1]), query)
    query = (
        f"SELECT d.file_name, p.name, {name}.* FROM {name} {of_document}"
        f" LEFT JOIN projects AS p ON p.project_id = {name}.project_id"
        f" ORDER BY d.file_name, p.ordinal, {', '.join(own)}"
    )
    return SheetContent(_with(relation, _NAMED), query)


def _with(relation: Relation, named: Sequence[ExportColumn]) -> Relation:
    return relation._replace(columns=(*named, *relation.columns))


def _write_relation(connection: Connection, book: Book, content: SheetContent, on_rows: OnRows) -> list[Sheet]:
    relation = content.relation
    on_rows(relation.name, 0)
    columns = [_sheet_column(*pair) for pair in zip(relation.columns, headings(relation), strict=True)]
    sheets = [book.sheet(sheet_name(relation.name), columns)]
    found = connection.execute(content.query)
    while rows := found.fetchmany(_BATCH):
        for row in rows:
            if sheets[-1].is_full:
                sheets.append(book.sheet(sheet_name(relation.name), columns))
            sheets[-1].write(row)
        on_rows(relation.name, len(rows))
    for sheet in sheets:
        sheet.end()
    return sheets


def _sheet_column(column: ExportColumn, heading: str) -> SheetColumn:
    money = column.type.endswith(",2)")
    return SheetColumn(heading, _WIDTHS.get(column.type, _WIDTH_OF_NUMBERS), "#,##0.00" if money else "General")


def _write_all(sheet: Sheet, rows: Iterable[Sequence[Any]]) -> None:
    for row in rows:
        sheet.write(row)
    sheet.end()


_FIELD_COLUMNS = (
    SheetColumn("工作表", 16),
    SheetColumn("列", 24),
    SheetColumn("名称", 28),
    SheetColumn("类型", 16),
    SheetColumn("含义", 100),
)
_QUALITY_COLUMNS = (
    SheetColumn("指标", 36),
    SheetColumn("类别", 28),
    SheetColumn("数量", 14),
    SheetColumn("总数", 14),
    SheetColumn("比例", 14),
)
_CUT_COLUMNS = (
    SheetColumn("工作表", 16),
    SheetColumn("行", 10),
    SheetColumn("列", 24),
    SheetColumn("第几段", 10),
    SheetColumn("文字", 100),
)


def _fields(contents: Sequence[SheetContent]) -> Iterator[tuple[Any, ...]]:
    for content in contents:
        for entry in codebook([content.relation]):
            yield sheet_name(entry.table), entry.heading, entry.column, entry.type, entry.comment


def _cut_rows(cuts: Sequence[Cut]) -> Iterator[tuple[Any, ...]]:
    for cut in cuts:
        for number, piece in enumerate(cut.pieces, 1):
            yield cut.sheet, cut.row, cut.heading, number, piece


def _notes(written: Iterable[tuple[SheetContent, Sequence[Sheet]]], cuts: Sequence[Cut]) -> Iterator[tuple[str, str]]:
    yield "程序", f"perftable-etl {VERSION}"
    yield "导出时间", f"{now():%Y-%m-%d %H:%M:%S} UTC"
    for content, sheets in written:
        relation = content.relation
        yield (
            "、".join(sheet.name for sheet in sheets),
            f"{relation.rows:,} 行（{relation.name}）：{relation.comment or ''}",
        )
    yield from _FIXED_NOTES
    if cuts:
        yield (
            "长文本",
            f"{len(cuts)} 个单元格的文字超过 {MOST_CHARACTERS:,} 个字符，只显示开头；全文在工作表“长文本”中分段列出。",
        )


_FIXED_NOTES = (
    ("字段", "每一列的含义、类型和在数据库中的名称。"),
    ("质量", "识别率、问题和未能读取的文件的数量。"),
    ("金额", "除“原文”各列外，金额单位均为元。"),
    ("空白", "空白表示原表没有填写；0 表示原表写的是 0。"),
    ("文字", "以 = 开头的内容（如 =100.00(%)）是文字，不是公式。"),
    ("数字", "Excel 只保留 15 位有效数字；位数更多的数字以文字形式写出，一位不少。"),
    ("时间", "时间均为 UTC，以文字形式写出，精确到微秒。"),
    ("问题", "工作表“问题”列出需要人工核对之处，附文件、页码和原文。使用数据之前请先查看。"),
)
