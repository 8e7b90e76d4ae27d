"""Which hosts a source may ask."""

from __future__ import annotations

import socket
from fnmatch import fnmatchcase
from ipaddress import ip_address
from typing import NamedTuple

from perftable_etl.errors import Refused, Unreachable
from perftable_etl.ingest.sources.addresses import host_of


class Hosts(NamedTuple):
    """Hosts by name (`czj.sh.gov.cn`) or by pattern (`*.sh.gov.cn`); all ports of a host are meant.

    A page can name any host, also one inside our own network, and a public name can lead there. So a host that only
    a pattern allows must have public addresses alone; one named in full is the config's own choice.
    """

    allowed: frozenset[str]

    def check(self, address: str) -> None:
        """Raises Refused if the host must not be asked, Unreachable if its name leads nowhere."""
        host = host_of(address)
        if host in self.allowed:
            return
        if not any(fnmatchcase(host, pattern) for pattern in self.allowed):
            raise Refused(f"{address} is on a host that is not allowed; add {host!r} to the source's hosts to allow it")
        if not all(ip_address(found).is_global for found in _resolve(host)):
            raise Refused(f"{address} leads to a private address; name {host!r} in full in hosts to allow it")


def _resolve(host: str) -> list[str]:
    try:
        return [str(found[4][0]).partition("%")[0] for found in socket.getaddrinfo(host, None)]
    except OSError as error:
        raise Unreachable(f"the host {host} is not known ({error.strerror}); the next run tries again") from error
