"""Options that several commands have."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol, get_args

import typer

from perftable_etl.bounds import MAX_BYTES
from perftable_etl.report.log_style import LogFormat, LogLevel

if TYPE_CHECKING:
    from perftable_etl.extract.source import OnPage
    from perftable_etl.ingest.archive import Archive
    from perftable_etl.ingest.config import Config
    from perftable_etl.normalize.layouts.collection import Layouts
    from perftable_etl.records import Outcome

Workers = Annotated[int, typer.Option(min=1, metavar="N", help="Number of worker processes.")]
Timeout = Annotated[float, typer.Option(min=1, metavar="SECONDS", help="Time limit for one file.")]
Memory = Annotated[int, typer.Option(min=256, metavar="MB", help="Memory limit for one worker process (Linux).")]
MaxBytes = Annotated[
    int,
    typer.Option(
        parser=lambda text: byte_count(str(text)),
        metavar="SIZE",
        show_default="200MB",
        help="Size limit for one file.",
    ),
]
LogAs = Annotated[
    LogFormat | None,
    typer.Option("--log-format", metavar="FORMAT", help="Log to standard error as text or json, without progress."),
]
LogFrom = Annotated[
    LogLevel,
    typer.Option("--log-level", metavar="LEVEL", help="Lowest level to log: debug, info, warning or error."),
]
LayoutsIn = Annotated[
    Path | None,
    typer.Option(
        "--layouts",
        exists=True,
        file_okay=False,
        metavar="DIR",
        help="Folder of your layouts (.toml), used before the built-in ones.",
    ),
]
KnownCode = Annotated[
    str | None,
    typer.Option(
        "--code",
        parser=lambda text: known_code(str(text)),
        metavar="CODE",
        help="Only findings of this code, and documents with one.",
    ),
]
ArchiveIn = Annotated[
    str | None,
    typer.Option(
        "--archive", metavar="FOLDER", help="Folder or s3:// address with copies of files. Default: the config's."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


Metrics = Annotated[
    Path | None,
    typer.Option("--metrics", dir_okay=False, metavar="FILE", help="Write metrics for Prometheus to this .prom file."),
]


class Parser(Protocol):
    """Reads one file, as `pipeline.parse` does."""

    def __call__(
        self,
        path: Path,
        /,
        *,
        layouts: Layouts | None = None,
        on_page: OnPage | None = None,
        max_bytes: int = MAX_BYTES,
    ) -> Outcome:
        """What the file yields by some layouts; `on_page` hears before a page is recognised."""


def byte_count(text: str) -> int:
    """How many bytes "500MB", "2 GiB" or "1000" are. Raises BadParameter."""
    if text.isdecimal():
        return int(text)
    from pydantic import ByteSize, TypeAdapter, ValidationError

    try:
        return int(TypeAdapter(ByteSize).validate_python(text))
    except ValidationError as error:
        raise typer.BadParameter(f"{text} is not a size. Write a size as 500MB, 2GB or 1000000.") from error


def known_code(text: str) -> str:
    """A code of findings. Raises BadParameter for any other word, with the codes that are like it."""
    from difflib import get_close_matches

    from perftable_etl.records import FindingCode

    codes = get_args(FindingCode)
    if text not in codes:
        like = ", ".join(get_close_matches(text, codes)) or "those in the column findings.code"
        raise typer.BadParameter(f"no finding has the code {text}; some codes are {like}.")
    return text


def layouts_in(folder: Path | None, settings: Config | None = None) -> Layouts | None:
    """The layouts of a folder, where one is named: by the call, else by the config."""
    folder = folder or (settings.layouts if settings else None)
    if folder is None:
        return None
    from perftable_etl.normalize.layouts.collection import read_layouts

    return read_layouts(folder)


def archives_of(place: str | None, settings: Config | None) -> list[Archive]:
    """What to look for documents in: the archive that the call names, the config's, the stores they came from."""
    from perftable_etl.ingest.stored_archive import Origins, archive_at
    from perftable_etl.stores.address import place_of

    places = (place_of(place) if place else None, settings.archive if settings else None)
    return [*(archive_at(one) for one in places if one), Origins()]


def parser_of(context: typer.Context, layouts: Layouts | None = None) -> Parser:
    """What reads files: ours, or what tests bring in its place as the context's object."""
    from perftable_etl.ingest.reader import parse

    parser: Parser = context.obj or parse
    return partial(parser, layouts=layouts) if layouts else parser


def reader_of(layouts: Layouts | None) -> str:
    """The fingerprint of what reads by these layouts."""
    from perftable_etl.fingerprint import fingerprint

    return fingerprint(layouts.digest if layouts else "")
