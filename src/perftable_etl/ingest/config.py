"""The list of sources, `sources.toml`: what it may say."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ByteSize,
    ConfigDict,
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import ErrorDetails

from perftable_etl.bounds import MAX_BYTES
from perftable_etl.errors import ConfigError
from perftable_etl.ingest.sources.addresses import canonical
from perftable_etl.load.rules import MAX_FALL, complaint
from perftable_etl.version import VERSION

T = TypeVar("T")

READABLE = ("*.pdf", "*.txt")
_NUMBERED = re.compile(r"\{(\d+)\.\.(\d+)\}")
_MOST_NUMBERED = 1000


def _beside_config(path: Path, info: ValidationInfo) -> Path:
    folder: Path = (info.context or {}).get("folder", Path())
    return folder / path.expanduser()


def _without_credentials(url: str) -> str:
    """Addresses are kept with what was found there, so nothing secret may be in them."""
    if "@" in urlsplit(url).netloc:
        raise ValueError("must hold no user name or password; give them in the environment")
    return url


def _require_path(path: Path) -> Path:
    if "\0" in str(path):
        raise ValueError("must hold no NUL character")
    return path


def _require_addresses(pages: tuple[str, ...]) -> tuple[str, ...]:
    for page in pages:
        if canonical(page) is None:
            raise ValueError(f"{page} is no address that can be asked for; check its host and port")
    return pages


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be a web address: http://… or https://…")
    return _without_credentials(url)


def _require_ascii(text: str) -> str:
    if not text.isascii() or not text.isprintable() or text != text.strip() or not text:
        raise ValueError("must be one line of ASCII, as headers of HTTP are; write Chinese names in Latin letters")
    return text


def _require_some(things: tuple[T, ...]) -> tuple[T, ...]:
    if not things:
        raise ValueError("must hold one at least")
    return things


def _number(pages: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(page for template in pages for page in _numbered(template))


def _numbered(template: str) -> Iterator[str]:
    """The address, or where it holds {1..9} the nine it stands for."""
    span = _NUMBERED.search(template)
    if not span:
        yield template
        return
    first, last = int(span[1]), int(span[2])
    if not first <= last < first + _MOST_NUMBERED:
        raise ValueError(f"{span[0]} must count upwards, by {_MOST_NUMBERED} at most")
    for number in range(first, last + 1):
        yield template.replace(span[0], str(number), 1)


Place = Annotated[Path, AfterValidator(_require_path), AfterValidator(_beside_config)]
"""A path, from the folder the config is in."""

StoreUrl = Annotated[str, AfterValidator(_without_credentials)]
WebUrl = Annotated[str, AfterValidator(_web_address)]
Host = Annotated[str, Field(pattern=r"^[^/@:\s]+$")]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Caps(_Table):
    """How much a source may bring in, and how little: files it lists, bytes a file, bytes a run ("200 MB" or a number).

    A person is told of a source that lists no file for `silent_after` nights, or brings no new or changed one for
    `idle_after`; 0: never. Budgets are published once a year, hence a year and a month.
    """

    max_files: PositiveInt = 100_000
    max_bytes: ByteSize = ByteSize(MAX_BYTES)
    max_total_bytes: ByteSize = ByteSize(20_000_000_000)
    silent_after: NonNegativeInt = 3
    idle_after: NonNegativeInt = 400


class WebManners(Caps):
    """How a web server is asked. Times in seconds.

    `interval` lies between two requests to one host; `timeout` is how long a server may be silent, `max_seconds` how
    long one answer may take in all, `max_run_seconds` how long the source may take in one run; `retries` are further
    tries after a failure that may pass.
    """

    interval: NonNegativeFloat = 2.0
    timeout: PositiveFloat = 30.0
    max_seconds: PositiveFloat = 900.0
    max_run_seconds: PositiveFloat = 7200.0
    retries: NonNegativeInt = 3
    user_agent: Annotated[str, AfterValidator(_require_ascii)] = f"perftable-etl/{VERSION}"


class LocalSettings(Caps):
    """Folders on this machine, and which of the files below them; a relative one starts where the config is.

    Links that lead out of the folders are read only with `follow_symlinks`, links to folders likewise.
    """

    kind: Literal["local"]
    name: str
    folders: Annotated[tuple[Place, ...], AfterValidator(_require_some)]
    include: tuple[str, ...] = READABLE
    follow_symlinks: bool = False


class FsspecSettings(Caps):
    """All below one address fsspec knows. `options` go to its backend; secrets belong in the environment instead."""

    kind: Literal["fsspec"]
    name: str
    url: StoreUrl
    include: tuple[str, ...] = READABLE
    options: Mapping[str, Any] = Field(default_factory=dict, repr=False)


class WebSettings(WebManners):
    """Index pages of a web site.

    A file is listed where the link's address matches `links` and what it says matches `texts`. A link matching
    `follow`, in its address or in what it says, is another page of links, down to `depth` from the first. `{1..9}` in
    an address of `pages` stands for nine of them. The hosts of `pages` are allowed, and those in `hosts`.
    """

    kind: Literal["web"]
    name: str
    pages: Annotated[
        tuple[WebUrl, ...], AfterValidator(_require_some), AfterValidator(_number), AfterValidator(_require_addresses)
    ]
    links: re.Pattern[str] = re.compile(r"(?i)\.(pdf|txt)$")
    texts: re.Pattern[str] = re.compile("")
    follow: re.Pattern[str] | None = None
    depth: NonNegativeInt = 1
    max_pages: PositiveInt = 1000
    hosts: tuple[Host, ...] = ()


class UrlsSettings(WebManners):
    """Files on the web by their addresses, here or one a line in a text file (# starts a remark)."""

    kind: Literal["urls"]
    name: str
    urls: Annotated[tuple[WebUrl, ...], AfterValidator(_require_addresses)] = ()
    file: Place | None = None
    hosts: tuple[Host, ...] = ()

    @model_validator(mode="after")
    def _require_some(self) -> Self:
        if not self.urls and not self.file:
            raise ValueError("must have urls or a file of them")
        return self


SourceSettings = LocalSettings | FsspecSettings | WebSettings | UrlsSettings
_KINDS: Mapping[str, type[SourceSettings]] = {
    "local": LocalSettings,
    "fsspec": FsspecSettings,
    "web": WebSettings,
    "urls": UrlsSettings,
}


class ReportSettings(_Table):
    """The folder that keeps a report of each run."""

    folder: Place


class MailSettings(_Table):
    """A mail server, and who writes to whom. `*_from` name environment variables; `timeout` is in seconds."""

    host: Host
    port: PositiveInt = 587
    encryption: Literal["starttls", "tls", "none"] = "starttls"
    sender: str = Field(alias="from")
    to: Annotated[tuple[str, ...], AfterValidator(_require_some)]
    user_from: str | None = None
    password_from: str | None = None
    timeout: PositiveFloat = 10.0


class NotifySettings(_Table):
    """Who is told of a run: always, at any exit code but 0 (failure), or where anything needs a person (trouble).

    The report is sent as JSON to `webhook`, or to the address in the environment variable `webhook_from`, with
    `webhook_headers`: a header, and the environment variable that holds its value. `services_from` names the variable
    with the addresses of message services, as apprise writes them. `timeout` is in seconds.
    """

    on: Literal["always", "trouble", "failure"] = "trouble"
    webhook: WebUrl | None = None
    webhook_from: str | None = None
    webhook_headers: Mapping[str, str] = Field(default_factory=dict)
    timeout: PositiveFloat = 10.0
    mail: MailSettings | None = None
    services_from: str | None = None

    @model_validator(mode="after")
    def _require_one_webhook(self) -> Self:
        if self.webhook and self.webhook_from:
            raise ValueError("must have webhook or webhook_from, not both")
        return self


Share = Annotated[float, Field(ge=0, le=1)]


class PublishSettings(_Table):
    """How far numbers may fall from one snapshot to the next: `max_fall`, or what `gates` says of some by name.

    In a name `*` stands for anything; the first that matches counts. 0.05 is 5 % of a count, 5 points of a fill rate.
    1 lets it fall to nothing.
    """

    max_fall: Share = MAX_FALL
    gates: Mapping[str, Share] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _require_known_gates(self) -> Self:
        if wrong := complaint(self.gates):
            raise ValueError(wrong)
        return self


class Config(_Table):
    """What `sources.toml` says; every source has what [defaults] say unless it says otherwise itself.

    `db` is the database that is loaded into, `archive` the folder that keeps the bytes of all that was fetched.
    """

    db: Place
    archive: Annotated[Place, Field(validate_default=True)] = Path("archive")
    defaults: WebManners = WebManners()
    report: ReportSettings | None = None
    notify: NotifySettings | None = None
    publish: PublishSettings = PublishSettings()
    sources: tuple[Annotated[SourceSettings, Field(discriminator="kind")], ...] = Field(alias="source")

    @property
    def max_bytes(self) -> int:
        """The most bytes of a file that some source may bring in."""
        return max((source.max_bytes for source in self.sources), default=MAX_BYTES)

    @model_validator(mode="after")
    def _require_names_once(self) -> Self:
        for name, count in Counter(source.name for source in self.sources).items():
            if count > 1:
                raise ValueError(f"{count} sources are named {name}; give each a name of its own")
        return self


_TABLES: Mapping[str, type[_Table]] = {
    "defaults": WebManners,
    "report": ReportSettings,
    "notify": NotifySettings,
    "publish": PublishSettings,
}


def read_config(path: Path) -> Config:
    """The config in a file. Raises ConfigError, which names each key that is wrong and what it may be."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be opened ({error.strerror}). Give the file that lists the sources."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is no TOML: {error}.") from error
    try:
        return Config.model_validate(_with_defaults(data), context={"folder": path.parent})
    except ValidationError as error:
        complaints = tuple(f"  {_complaint(detail, data)}" for detail in error.errors())
        raise ConfigError(f"{path} cannot be followed:", complaints) from error


def _with_defaults(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same, each source with those of the defaults that its kind knows and that it does not set itself."""
    defaults, sources = data.get("defaults"), data.get("source")
    if not isinstance(defaults, dict) or not isinstance(sources, list):
        return data
    return {**data, "source": [_filled(source, defaults) for source in sources]}


def _filled(source: Any, defaults: Mapping[str, Any]) -> Any:
    kind = _KINDS.get(str(source.get("kind"))) if isinstance(source, dict) else None
    return {**{key: value for key, value in defaults.items() if key in kind.model_fields}, **source} if kind else source


def _complaint(detail: ErrorDetails, data: Mapping[str, Any]) -> str:
    """One line: at which table, which key, what is allowed."""
    match detail["loc"]:
        case ("source", int(number), *keys):
            kind = _KINDS.get(str(keys[0])) if keys else None
            return f"{_title(number, data)}: {_wrong(keys[1:], detail, kind)}"
        case ("notify", "mail", *keys) if keys:
            return f"[notify.mail]: {_wrong(keys, detail, MailSettings)}"
        case (str(name), *keys) if name in _TABLES:
            return f"[{name}]: {_wrong(keys, detail, _TABLES[name])}"
        case keys:
            return _wrong(keys, detail, Config)


def _title(number: int, data: Mapping[str, Any]) -> str:
    name = data["source"][number].get("name") if isinstance(data["source"][number], dict) else None
    return f"[[source]] {number + 1}" + (f" ({name})" if name else "")


def _wrong(keys: Sequence[int | str], detail: ErrorDetails, table: type[BaseModel] | None) -> str:
    key = f"{'.'.join(map(str, keys))}: " if keys else ""
    match detail["type"]:
        case "extra_forbidden" if table:
            allowed = sorted(field.alias or name for name, field in table.model_fields.items())
            return f"{key}is not known here; allowed are {', '.join(allowed)}"
        case "union_tag_invalid" | "union_tag_not_found":
            return f"kind: must be one of {', '.join(_KINDS)}"
        case "missing":
            return f"{key}must be given"
        case "value_error":
            return f"{key}{detail['ctx']['error']}"
        case _:
            return f"{key}{detail['msg'][0].lower()}{detail['msg'][1:]}"
