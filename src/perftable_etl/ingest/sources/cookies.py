"""Cookies: kept for a run, as some sites give nothing without them, but only those that can be sent back."""

from __future__ import annotations

from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from urllib.request import Request

MOST_COOKIES = 50
"""As many as browsers keep of a site at least (RFC 6265, 6.1); all sites of a source together have no more here."""

LONGEST_COOKIE = 4096
"""Characters of a cookie's name and value."""


def cookie_jar() -> CookieJar:
    """An empty jar."""
    policy = _Policy()
    jar = CookieJar(policy)
    policy.jar = jar
    return jar


class _Policy(DefaultCookiePolicy):
    """Takes what a header can hold. One cookie that none can would end every further request to its site."""

    jar: CookieJar

    def set_ok(self, cookie: Cookie, request: Request) -> bool:
        text = f"{cookie.name}{cookie.value or ''}"
        is_sendable = text.isascii() and text.isprintable() and len(text) <= LONGEST_COOKIE
        return is_sendable and len(self.jar) < MOST_COOKIES and super().set_ok(cookie, request)
