"""One store: a real S3 server that is slow, hangs up and refuses; and fsspec's own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

from perftable_etl.errors import Interrupted, NotInStore, StoreDenied, StoreError, StoreSilent
from perftable_etl.stores import store as stores
from perftable_etl.stores.address import Address, address_of, place_of
from perftable_etl.stores.pages import StoredObject
from perftable_etl.stores.store import Store
from tests.object_store import Fault, ObjectStore, busy, denied, hung_up

STORE = Store("s3")
MANY = 2_000


@pytest.mark.parametrize("text", ["s3://bucket", "s3://bucket/a b/c.pdf", "s3://b/年度//x?.pdf", "gs://b/k"])
def test_addresses_stay_as_they_are_written(text: str) -> None:
    assert str(address_of(text)) == text
    assert address_of(f"{text}/") == address_of(text)


@pytest.mark.parametrize(
    "text", ["data", "/data/s3:/x", "https://example.cn/a.pdf", "file:///data", "s3:/bucket", "C://x"]
)
def test_what_names_no_store_is_a_path(text: str) -> None:
    assert place_of(text) == Path(text)


def test_an_address_knows_its_parts() -> None:
    address = Address("s3", "bucket/2021/上海/a.PDF")
    assert (address.name, address.suffix, address.bucket) == ("a.PDF", ".PDF", "s3://bucket")
    assert address.below(Address("s3", "bucket/2021")) == "上海/a.PDF"
    assert address.below(Address("s3", "bucket/202")) is None


def test_two_thousand_keys_come_in_pages_once_and_in_order(s3: ObjectStore) -> None:
    bucket = s3.new_bucket()
    keys = sorted(f"年度/{number:04}.txt" for number in range(MANY))
    s3.fill(bucket, keys)
    STORE.write(bucket / "年度-2/other.txt", b"")
    s3.requests.clear()
    found = [str(one.path.below(bucket)) for one in STORE.objects(bucket / "年度")]
    assert found == keys
    assert s3.asked("GET", "list-type=2") == 2


def test_what_consoles_make_for_a_folder_is_no_object(s3: ObjectStore) -> None:
    bucket = s3.new_bucket()
    s3.fill(bucket, ["2021/", "2021/a.txt"])
    assert [one.path.name for one in STORE.objects(bucket)] == ["a.txt"]


def test_an_object_a_folder_and_nothing_are_told_apart(s3: ObjectStore) -> None:
    bucket = s3.new_bucket()
    STORE.write(bucket / "2021/a.txt", b"text")
    found = STORE.look_at(bucket / "2021/a.txt")
    assert found is not None
    assert (found.size, [found]) == (4, list(STORE.objects(bucket / "2021")))
    assert STORE.look_at(bucket / "2021") is None
    assert STORE.look_at(bucket) is None
    assert list(STORE.objects(bucket / "2022")) == []
    for missing in (bucket / "2022", Address("s3", "no-such-bucket"), Address("s3", "no-such-bucket/x")):
        with pytest.raises(NotInStore, match=f"{missing} does not exist"):
            STORE.look_at(missing)
    with pytest.raises(NotInStore):
        list(STORE.objects(Address("s3", "no-such-bucket/x")))


@pytest.mark.parametrize("fault", [busy, hung_up])
def test_a_store_that_fails_for_a_while_is_asked_again(s3: ObjectStore, tmp_path: Path, fault: Fault) -> None:
    bucket = s3.new_bucket()
    (tmp_path / "a.txt").write_bytes(b"text")
    s3.fail(2, fault, method="PUT")
    s3.fail(2, fault, method="GET", path="a.txt")
    s3.fail(2, fault, method="GET", path="list-type")
    s3.fail(1, fault, method="HEAD")
    STORE.send(tmp_path / "a.txt", bucket / "a.txt")
    (one,) = STORE.objects(bucket)
    assert b"".join(STORE.chunks(one)) == b"text"
    STORE.fetch(one.path, tmp_path / "copy.txt")
    assert (tmp_path / "copy.txt").read_bytes() == b"text"
    assert s3.stop_failing() == 0


def test_a_large_file_goes_in_pieces_and_arrives_whole(
    s3: ObjectStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "PIECE", 5 << 20)
    bucket, data = s3.new_bucket(), os.urandom(12 << 20)
    (tmp_path / "large").write_bytes(data)
    s3.fail(1, hung_up, method="PUT", path="partNumber=2")
    STORE.send(tmp_path / "large", bucket / "large")
    assert s3.asked("PUT", "partNumber") == 4
    (one,) = STORE.objects(bucket)
    assert b"".join(STORE.chunks(one)) == data


def test_an_upload_that_breaks_off_leaves_nothing(
    s3: ObjectStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "PIECE", 5 << 20)
    bucket = s3.new_bucket()
    (tmp_path / "large").write_bytes(bytes(12 << 20))
    s3.fail(1, denied, method="PUT", path="partNumber=3")
    with pytest.raises(StoreDenied, match="is denied"):
        STORE.send(tmp_path / "large", bucket / "large")
    assert list(STORE.objects(bucket)) == []
    assert s3.asked("DELETE", "uploadId") == 1


def test_uploads_of_killed_processes_are_ended(s3: ObjectStore) -> None:
    bucket = s3.new_bucket()
    backend = STORE._backend
    for key in ("parts/a", "other/b"):
        backend.call_s3("create_multipart_upload", Bucket=bucket.path, Key=key)
    STORE.abandon_uploads(bucket / "parts")
    left = backend.call_s3("list_multipart_uploads", Bucket=bucket.path)["Uploads"]
    assert [upload["Key"] for upload in left] == ["other/b"]


def test_a_refusal_says_what_to_check(s3: ObjectStore) -> None:
    bucket = s3.new_bucket()
    s3.fail(1, denied, method="GET")
    with pytest.raises(StoreDenied, match=r"is denied.*Check the credentials"):
        list(STORE.objects(bucket))


def test_missing_credentials_are_told(s3: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(StoreDenied, match=r"needs credentials.*Set AWS_ACCESS_KEY_ID"):
        list(Store("s3", {"skip_instance_cache": True}).objects(Address("s3", "bucket")))


def test_a_store_that_is_down_is_told(s3: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with pytest.raises(StoreSilent, match=r"does not answer.*Check the network and AWS_ENDPOINT_URL"):
        list(Store("s3", {"skip_instance_cache": True}).objects(Address("s3", "bucket")))


def test_a_signal_is_no_failure_of_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store("memory", {"skip_instance_cache": True})

    def interrupted(_: str) -> NoReturn:
        raise Interrupted("It was interrupted.")

    monkeypatch.setattr(store._backend, "info", interrupted)
    with pytest.raises(Interrupted):
        store.look_at(Address("memory", "/x"))


def test_keys_of_versions_are_not_asked_for() -> None:
    with pytest.raises(StoreError, match="names a version"):
        next(STORE.chunks(StoredObject(Address("s3", "bucket/a?versionId=1.pdf"), 1)))


@pytest.mark.parametrize("protocol", ["memory"])
def test_any_store_that_fsspec_knows(protocol: str, tmp_path: Path) -> None:
    folder, store = Address(protocol, f"{tmp_path}/store"), Store(protocol)
    store.write(folder / "b/c.txt", b"text")
    (tmp_path / "a.txt").write_bytes(b"more")
    store.send(tmp_path / "a.txt", folder / "a.txt")
    assert [str(one.path) for one in store.objects(folder)] == [f"{folder}/a.txt", f"{folder}/b/c.txt"]
    assert [b"".join(store.chunks(one)) for one in store.objects(folder)] == [b"more", b"text"]
    store.delete([folder / "a.txt", folder / "gone.txt"])
    assert store.read(folder / "b/c.txt") == b"text"
    assert len(list(store.objects(folder))) == 1
