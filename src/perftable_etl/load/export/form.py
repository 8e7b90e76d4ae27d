"""What an export may be, by the names that the command takes."""

from __future__ import annotations

from enum import StrEnum


class ExportFormat(StrEnum):
    """The kinds of export; all but a workbook are folders."""

    XLSX = "xlsx"
    CSV = "csv"
    PARQUET = "parquet"
    JSONL = "jsonl"
    DATAPACKAGE = "datapackage"


class Encoding(StrEnum):
    """The encodings of delimited text: with the mark by which Excel knows UTF-8, or without."""

    WITH_MARK = "utf-8-sig"
    PLAIN = "utf-8"
