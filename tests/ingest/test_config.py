from __future__ import annotations

from pathlib import Path

import pytest

from perftable_etl.errors import ConfigError
from perftable_etl.ingest.config import FsspecSettings, LocalSettings, UrlsSettings, WebSettings, read_config

WEB = '[[source]]\nname = "财政局"\nkind = "web"\npages = ["https://czj.sh.gov.cn/"]\n'


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sources.toml"
    path.write_text(f'db = "work.duckdb"\n{text}', encoding="utf-8")
    return path


def test_all_kinds_with_defaults(tmp_path: Path) -> None:
    config = read_config(
        write(
            tmp_path,
            """
            [defaults]
            interval = 5
            max_bytes = "50 MB"

            [[source]]
            name = "收件箱"
            kind = "local"
            folders = ["inbox", "/data"]

            [[source]]
            name = "bucket"
            kind = "fsspec"
            url = "s3://disclosures/2021"
            options = { anon = true }
            max_bytes = 1000

            [[source]]
            name = "财政局"
            kind = "web"
            pages = ["https://czj.sh.gov.cn/index.html", "https://czj.sh.gov.cn/index_{1..3}.html"]
            links = '\\.pdf$'
            follow = '下一页|next'
            depth = 3
            hosts = ["*.sh.gov.cn"]

            [[source]]
            name = "list"
            kind = "urls"
            file = "urls.txt"
            interval = 1
            """,
        )
    )
    local, bucket, web, urls = config.sources
    assert isinstance(local, LocalSettings)
    assert (local.folders, local.max_bytes) == ((tmp_path / "inbox", Path("/data")), 50_000_000)
    assert isinstance(bucket, FsspecSettings)
    assert (bucket.max_bytes, dict(bucket.options)) == (1000, {"anon": True})
    assert isinstance(web, WebSettings)
    assert (web.interval, web.pages[-1], len(web.pages)) == (5, "https://czj.sh.gov.cn/index_3.html", 4)
    assert isinstance(urls, UrlsSettings)
    assert (urls.interval, urls.file) == (1, tmp_path / "urls.txt")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "source: is required"),
        (WEB.replace('"https://czj.sh.gov.cn/"', ""), "pages: must have at least one entry"),
        ("source = 1", "source: "),
        ("[[source]]\nname = 'x'", "[[source]] 1 (x): kind: must be one of local, fsspec, web, urls"),
        ("[[source]]\nname = 'x'\nkind = 'ftp'", "[[source]] 1 (x): kind: must be one of local, fsspec, web, urls"),
        (
            WEB + "dept = 3",
            "[[source]] 1 (财政局): dept: is not a known key; the known keys are depth, follow, hosts, "
            "idle_after, interval",
        ),
        (WEB + "depth = -1", "[[source]] 1 (财政局): depth: input should be greater than or equal to 0"),
        (WEB + "links = '('", "[[source]] 1 (财政局): links: input should be a valid regular expression"),
        (WEB + "max_bytes = '3 apples'", "max_bytes: could not interpret byte unit: apples"),
        (WEB + "hosts = ['https://x.cn/']", "hosts.0: "),
        (
            WEB + "[defaults]\nspeed = 3",
            "[defaults]: speed: is not a known key; the known keys are idle_after, interval",
        ),
        (WEB + "[defaults]\ninterval = 'x'", "[defaults]: interval: input should be a valid number"),
        (WEB + "[report]\npath = 'x'", "[report]: folder: is required"),
        (
            WEB + "[notify]\nhook = 'x'",
            "[notify]: hook: is not a known key; the known keys are mail, on, services_from, timeout",
        ),
        (WEB + "[notify]\nwebhook = 'https://me:secret@x.cn/'", "[notify]: webhook: must not contain a user name"),
        (
            WEB + "[notify.mail]\nfrom = 'a@x.cn'\nto = []\nhost = 'x'",
            "[notify.mail]: to: must have at least one entry",
        ),
        (
            WEB + "[notify.mail]\nsender = 'a@x.cn'",
            "[notify.mail]: sender: is not a known key; the known keys are encryption",
        ),
        (WEB + WEB, "2 sources are named 财政局"),
        (WEB.replace("https", "ftp"), "pages.0: must be a web address"),
        (
            WEB.replace("https://czj", "https://czj .."),
            "pages: https://czj ...sh.gov.cn/ is not a valid address",
        ),
        (WEB.replace(".cn/", ".cn:99999/{1..2}"), "pages: https://czj.sh.gov.cn:99999/1 is not a valid address"),
        ("[[source]]\nname='x'\nkind='urls'\nurls=['http://a..b/']", "urls: http://a..b/ is not a valid address"),
        (WEB + "user_agent = '财政数据/1.0'", "[[source]] 1 (财政局): user_agent: must be one line of ASCII"),
        (WEB + '[defaults]\nuser_agent = "a\\nb"', "[defaults]: user_agent: must be one line"),
        (WEB + '[report]\nfolder = "a\\u0000b"', "[report]: folder: must not contain a NUL character"),
        (WEB.replace("//", "//me:secret@"), "pages.0: must not contain a user name or password"),
        (WEB.replace(".cn/", ".cn/{9..1}"), "pages: {9..1} must count upwards"),
        ("[[source]]\nname = 'x'\nkind = 'local'", "[[source]] 1 (x): folders: is required"),
        ("[[source]]\nname = 'x'\nkind = 'urls'", "[[source]] 1 (x): must have urls or file"),
        ("[[source]\n", "is not valid TOML"),
    ],
)
def test_errors_name_the_key_and_what_is_allowed(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        read_config(write(tmp_path, text))
    assert message in str(error.value)
    assert "sources.toml" in str(error.value)
    assert "secret" not in str(error.value)


def test_a_config_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be opened"):
        read_config(tmp_path / "sources.toml")
