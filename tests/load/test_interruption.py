"""Ctrl-C and SIGTERM during a long query: it ends at once, in order, and with the error of the signal's handler."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import duckdb
import pytest

from perftable_etl.errors import WarehouseError
from perftable_etl.load.database import explained, transaction
from perftable_etl.load.interruption import heard_afterwards

ENDLESS = "SELECT count(*) FROM range(1000000000000) AS t(x) WHERE x * x % 7 = 3"

QUERY = f"""
import signal, sys
import duckdb
from perftable_etl.load.database import explained, transaction

class Ended(Exception):
    pass

def end(number, _):
    raise Ended(signal.Signals(number).name)

for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, end)
connection = duckdb.connect()
connection.execute("SET enable_progress_bar = false; CREATE TABLE a (x BIGINT)")
try:
    with {{block}}:
        connection.execute("INSERT INTO a VALUES (1)")
        print("asked", flush=True)
        connection.execute({ENDLESS!r})
except Ended as error:
    print(error, connection.execute("SELECT count(*) FROM a").fetchall())
connection.close()
"""


@pytest.fixture(autouse=True)
def _ctrl_c_is_heard() -> Iterator[None]:
    """Also where whoever started the tests has them ignore it, as shells do with what runs in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    ("block", "rows"), [("explained(connection, 'failed')", 1), ("transaction(connection, 'failed')", 0)]
)
def test_a_long_query_ends_at_once(number: signal.Signals, block: str, rows: int) -> None:
    command = [sys.executable, "-c", QUERY.format(block=block)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "asked\n"
        process.send_signal(number)
        assert process.stdout.read() == f"{number.name} [({rows},)]\n"
        assert process.stderr.read() == ""


def test_a_signal_between_queries_is_heard_at_the_end_and_handlers_are_as_before() -> None:
    before = signal.getsignal(signal.SIGINT)
    done = []
    with pytest.raises(KeyboardInterrupt), heard_afterwards(lambda: None):
        signal.raise_signal(signal.SIGINT)
        done.append("all")
    assert done == ["all"]
    assert signal.getsignal(signal.SIGINT) is before
    assert signal.set_wakeup_fd(-1) == -1


def test_a_query_that_begins_after_the_signal_ends_too() -> None:
    with (
        duckdb.connect() as connection,
        pytest.raises(KeyboardInterrupt),
        heard_afterwards(connection.interrupt),
    ):
        connection.execute("SET enable_progress_bar = false")
        signal.raise_signal(signal.SIGINT)
        time.sleep(0.2)  # the watcher has answered, but there was nothing to interrupt
        with pytest.raises(duckdb.InterruptException):
            connection.execute(ENDLESS)


def test_one_within_another_is_heard_once() -> None:
    with (
        duckdb.connect() as connection,
        pytest.raises(KeyboardInterrupt),
        explained(connection, "outer"),
        transaction(connection, "inner"),
    ):
        signal.raise_signal(signal.SIGINT)
    with duckdb.connect() as connection, transaction(connection, "again"):
        connection.execute("SELECT 1")


def test_in_another_thread_signals_stay_what_they_were() -> None:
    heard: list[object] = []

    def work() -> None:
        with heard_afterwards(lambda: None):
            heard.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert heard == [signal.getsignal(signal.SIGINT)]


def test_an_error_of_the_database_stays_one() -> None:
    with (
        duckdb.connect() as connection,
        pytest.raises(WarehouseError, match="failed: "),
        explained(connection, "failed"),
    ):
        connection.execute("SELECT nothing")
