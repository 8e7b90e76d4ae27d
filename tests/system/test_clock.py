from __future__ import annotations

from datetime import UTC, datetime

import pytest

from perftable_etl.load.lock import Holder
from perftable_etl.report.wording import moment, timestamp
from perftable_etl.system.clock import here, local

TWO = datetime(2026, 11, 22, 18, 0)

pytestmark = pytest.mark.usefixtures("in_shanghai")


def test_times_on_screen_are_local_and_their_zone_has_one_name() -> None:
    assert str(here()) == "UTC+08:00"
    assert moment(TWO) == moment(TWO.replace(tzinfo=UTC)) == "2026-11-23 02:00"
    assert local(TWO) == TWO.replace(tzinfo=UTC)


def test_times_in_files_have_their_zone() -> None:
    assert timestamp(TWO) == "2026-11-23T02:00+08:00"


@pytest.mark.parametrize("since", ["2026-11-22T18:00:00.123456+00:00", "2026-11-22 18:00:00"])
def test_who_holds_a_lock_is_told_in_local_time(since: str) -> None:
    assert str(Holder("sync", 1, "here", since)).endswith("(process 1 on here, since 2026-11-23 02:00:00 UTC+08:00)")
