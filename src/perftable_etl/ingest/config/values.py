"""What a value in the config may be: a path, an address, a line of ASCII."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from perftable_etl.ingest.sources.addresses import canonical
from perftable_etl.stores.address import Address, address_of

T = TypeVar("T")


class TomlTable(BaseModel):
    """A table of the config: a key that it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def _beside_config(path: Path, info: ValidationInfo) -> Path:
    folder: Path = (info.context or {}).get("folder", Path())
    return folder / path.expanduser()


def _without_credentials(url: str) -> str:
    """Addresses are kept with what was found there, so nothing secret may be in them."""
    if "@" in urlsplit(url).netloc:
        raise ValueError("must not contain a user name or password; set them in the environment")
    return url


def _require_path(path: Path) -> Path:
    if "\0" in str(path):
        raise ValueError("must not contain a NUL character")
    return path


def require_addresses(pages: tuple[str, ...]) -> tuple[str, ...]:
    """The same. Raises ValueError where one cannot be asked for."""
    for page in pages:
        if canonical(page) is None:
            raise ValueError(f"{page} is not a valid address; check its host and port")
    return pages


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be a web address: http://… or https://…")
    return _without_credentials(url)


def require_ascii(text: str) -> str:
    """The same. Raises ValueError where a header of HTTP cannot hold it."""
    if not text.isascii() or not text.isprintable() or text != text.strip() or not text:
        raise ValueError("must be one line of ASCII, as headers of HTTP are; write Chinese names in Latin letters")
    return text


def require_some(things: tuple[T, ...]) -> tuple[T, ...]:
    """The same. Raises ValueError where there is none."""
    if not things:
        raise ValueError("must have at least one entry")
    return things


Place = Annotated[Path, AfterValidator(_require_path), AfterValidator(_beside_config)]
"""A path, from the folder the config is in."""


def _as_address(value: object) -> object:
    return address_of(value) or value if isinstance(value, str) else value


def _beside_config_or_stored(place: Path | Address, info: ValidationInfo) -> Path | Address:
    if isinstance(place, Address):
        _without_credentials(str(place))
        return place
    return _beside_config(_require_path(place), info)


PlaceOrAddress = Annotated[Path | Address, BeforeValidator(_as_address), AfterValidator(_beside_config_or_stored)]
"""A path, from the folder the config is in, or an address in an object store."""

StoreUrl = Annotated[str, AfterValidator(_without_credentials)]
WebUrl = Annotated[str, AfterValidator(_web_address)]
Host = Annotated[str, Field(pattern=r"^[^/@:\s]+$")]
