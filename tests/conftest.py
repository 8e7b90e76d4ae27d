"""What holds for all tests.

Hypothesis tries the same examples everywhere. By default it tries a part of them; HYPOTHESIS_PROFILE=whole tries all,
deep tries many more and ever new ones, few tries only some, to see which lines of ours they reach.
The message of each finding is held against its details (`tests/findings.py`).
A fault of ours within `parse` is raised, and not made an outcome with the code `crash`, or a test that only looks at
some other file would hide it.
New databases are copies of one that was made the usual way, or a thousand tests would wait for their tables.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture import providers

from perftable_etl import pipeline
from perftable_etl.load import database
from perftable_etl.records import Finding
from tests.copied_databases import MAKE, Maker
from tests.findings import checked_init

if TYPE_CHECKING:
    from tests.object_store import ObjectStore

settings.register_profile(
    "whole",
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("usual", settings.get_profile("whole"), max_examples=30)
settings.register_profile("deep", settings.get_profile("whole"), derandomize=False, max_examples=2000)
settings.register_profile("few", settings.get_profile("whole"), max_examples=3, phases=(Phase.explicit, Phase.generate))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))

# Hypothesis draws numbers and texts also from the code of those modules of ours that are loaded by then. Which ones are
# depends on the tests that the same process ran before, so the examples would too. None is drawn from there.
vars(providers)["_get_local_constants"] = lambda: providers._local_constants


@pytest.fixture(autouse=True)
def faults_are_raised(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets errors of ours out of `parse`, but for tests that are about what becomes of them."""

    def let_out(_: Path, error: Exception, _max_bytes: int) -> NoReturn:
        raise error

    if "keeps_faults" not in request.keywords:
        monkeypatch.setattr(pipeline, "_crashed", let_out)


@pytest.fixture(autouse=True, scope="session")
def messages_are_checked() -> Iterator[None]:
    """Whatever varies in the message of a finding is in its details."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(Finding, "__init__", checked_init)
        yield


@pytest.fixture(autouse=True, scope="session")
def databases_are_copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Makes new databases quickly (`tests/copied_databases.py`)."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(database, "_make", Maker(tmp_path_factory.mktemp("databases")))
        yield


@pytest.fixture(autouse=True)
def databases_are_made(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes them as the program does, for tests that are about that."""
    if "makes_databases" in request.keywords:
        monkeypatch.setattr(database, "_make", MAKE)


@pytest.fixture
def in_shanghai(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock of this machine runs as in Shanghai, eight hours before UTC."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where copies are made to be read."""
    folder = tmp_path / "copies"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture(scope="session")
def s3_server() -> Iterator[ObjectStore]:
    """One real S3 server for all tests that want one."""
    from tests.object_store import object_store  # noqa: PLC0415 - to load it takes a second

    with object_store() as served:
        yield served


@pytest.fixture
def s3(s3_server: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> ObjectStore:
    """The server, named by the environment of this process and of those that it starts."""
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3_server.endpoint)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    s3_server.requests.clear()
    return s3_server
