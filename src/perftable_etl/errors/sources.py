"""Why a source did not give a file."""

from __future__ import annotations

from perftable_etl.errors.root import PerftableError


class SourceError(PerftableError):
    """A source could not be listed, or a file of it could not be fetched. It fails alone; a later run tries again."""

    code = "source"


class IncompleteListing(SourceError):
    """A part of a source could not be listed. Files that were not seen are not gone."""

    code = "incomplete_listing"


class NotFound(SourceError):
    """A file or page that is not where it should be."""

    code = "not_found"


class Unreachable(SourceError):
    """A server or store that does not answer."""

    code = "unreachable"


class Refused(SourceError):
    """The file is forbidden: by its host, which is private or not allowed, by robots.txt, or by the server."""

    code = "refused"


class WrongContent(SourceError):
    """The bytes are neither a PDF nor text, whatever their name or the server says."""

    code = "wrong_content"


class TooLarge(SourceError):
    """A file with more bytes than its source allows."""

    code = "too_large"


class NotAsked(SourceError):
    """A file was not requested: its server does not answer, or asked us to wait. Its ledger entry stays."""

    code = "not_asked"


class OverBudget(NotAsked):
    """The run has used up its bytes or its time; the next run fetches the rest."""

    code = "over_budget"


class InternalFault(SourceError):
    """The program failed at a source (EX_SOFTWARE of sysexits.h); the other sources go on."""

    exit_code = 70
    code = "internal"
