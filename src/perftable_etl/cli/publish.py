"""A database for readers."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from perftable_etl.cli.options import AsJson, LogAs, LogFrom, Metrics
from perftable_etl.cli.settings import ConfigFile, Db, config_in, existing_database
from perftable_etl.cli.streams import print_line
from perftable_etl.report.log_style import LogLevel

if TYPE_CHECKING:
    from perftable_etl.ingest.config import Config
    from perftable_etl.load.release import Release
    from perftable_etl.load.rules import Rules

ANY_GATE = "*"


class PublishCommand(TyperCommand):
    """The command whose option --force needs no value. typer knows no such options."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Reads --force without a gate as one that names all."""
        named = [
            f"{arg}={ANY_GATE}" if arg == "--force" and after.startswith("-") else arg
            for arg, after in pairwise([*args, "--"])
        ]
        return super().parse_args(ctx, named)


def publish(  # noqa: PLR0913, PLR0917 - an argument an option
    to: Annotated[
        str,
        typer.Option(
            metavar="FOLDER",
            help="Folder or s3:// address to publish to. Readers open perftable.duckdb, or latest.json in a store.",
        ),
    ],
    db: Db = None,
    config: ConfigFile = None,
    keep: Annotated[int, typer.Option(min=2, metavar="N", help="Number of snapshots to keep, with the new one.")] = 7,
    release: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Name of a release. It is kept for ever as releases/NAME, to be cited."),
    ] = None,
    parquet: Annotated[
        bool, typer.Option("--parquet", help="Also publish Parquet files, a folder for each table.")
    ] = False,
    max_fall: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            metavar="SHARE",
            help="Share by which counts and fill rates may fall.",
            show_default="the config's or 0.05",
        ),
    ] = None,
    force: Annotated[
        list[str] | None,
        typer.Option("--force", metavar="[GATE]", help="Publish even if this gate fails. Without GATE: all gates."),
    ] = None,
    log_format: LogAs = None,
    log_level: LogFrom = LogLevel.INFO,
    metrics: Metrics = None,
    as_json: AsJson = False,
) -> None:
    """Publish a checked copy of the database for readers.

    It publishes nothing if the copy lost too much since the last snapshot. With --force GATE it ignores a gate that
    fails. GATE is a name as the command shows it ("rows of projects") or a pattern ("filled indicators.*"). You may
    give --force several times.
    """
    settings = config_in(config)
    source = existing_database(db, settings)
    rules = _rules(settings, max_fall, tuple(force or ()))
    edition = _release(settings, release, parquet)

    from perftable_etl.cli.operation import audience_at, deliver_report, fail, operation
    from perftable_etl.errors import GatesFailed
    from perftable_etl.load import publish
    from perftable_etl.load.lock import one_job
    from perftable_etl.report.journal import Journal
    from perftable_etl.report.machine import publication_json
    from perftable_etl.report.terminal.publication import show_publication
    from perftable_etl.stores.address import place_of

    log = Journal(log_format, log_level)
    audience = audience_at(config, settings, metrics)
    with operation("publish", source, log, audience) as job:
        with one_job(source, "publish"):
            publication = publish.publish(source, place_of(to), keep=keep, rules=rules, release=edition)
        log.published(publication)
        deliver_report(job.report_publication(publication), audience, log)
    print_line(publication_json(publication)) if as_json else show_publication(publication)
    if not publication.is_published:
        refusal = "nothing was published; readers keep the last snapshot. To publish anyway, use --force GATE."
        fail(GatesFailed(refusal), log)


def _release(settings: Config | None, name: str | None, parquet: bool) -> Release:
    from perftable_etl.load.release import Release

    return Release(name, parquet or bool(settings and settings.publish.parquet))


def _rules(settings: Config | None, max_fall: float | None, forced: tuple[str, ...]) -> Rules:
    """How far gates may fall: what the call says counts before what the config says."""
    from perftable_etl.load.rules import MAX_FALL, Rules, complaint

    if wrong := complaint(forced):
        raise typer.BadParameter(f"{wrong}.", param_hint="--force")
    configured = Rules(settings.publish.max_fall, settings.publish.gates) if settings else Rules(MAX_FALL, {})
    return configured._replace(max_fall=configured.max_fall if max_fall is None else max_fall, forced=forced)
