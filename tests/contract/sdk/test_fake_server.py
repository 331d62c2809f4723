"""The loopback server itself: recording, gates, faults, TLS, disconnects, result files, the stand-alone process."""

from __future__ import annotations

import concurrent.futures
import gzip
import io
import signal
import socket
import ssl
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.fakes import FAKES
from tests.fakes.faults import (
    NAMED_FAULTS,
    Drip,
    ResetInBody,
    TruncatedChunkedBody,
    WrongContentLength,
    bad_gzip,
    gzip_bomb,
    redirect,
    truncated_gzip,
)
from tests.fakes.file_host import CredentialLeakError, FileHost
from tests.fakes.images import ImageOrder, decompression_bomb_png, draw, image_format, make_image, pixel_size
from tests.fakes.multipart import MultipartError, parse_multipart
from tests.fakes.server import FakeServer, deaf_origin


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=60) as made:
        yield made


@pytest.fixture
def pool() -> Iterator[concurrent.futures.ThreadPoolExecutor]:
    with concurrent.futures.ThreadPoolExecutor(4) as made:
        yield made


def test_records_requests_in_order(fake_server: FakeServer, client: httpx.Client) -> None:
    client.get(fake_server.origin + "/a?x=1&y=%20", headers={"X-Mark": "one"})
    client.post(fake_server.origin + "/b", json={"k": "vé"})
    client.post(fake_server.origin + "/c", data={"n": "1"}, files=[("f", ("é.bin", b"\r\n--\x00", "image/png"))])

    first, second, third = fake_server.requests
    assert (first.arrival, first.method, first.path, first.query) == (0, "GET", "/a", {"x": "1", "y": " "})
    assert first.header("x-mark") == "one"
    assert second.json == {"k": "vé"}
    assert third.text_fields == {"n": "1"}
    assert (third.parts[1].filename, third.parts[1].content) == ("é.bin", b"\r\n--\x00")
    assert first.connection == third.connection


@pytest.mark.parametrize(
    "body", [b"", b"--b\r\n", b"--b\r\n\r\nx\r\n--b--", b"junk\r\n--b--", b"--b\r\nX\r\n\r\n--b--"]
)
def test_broken_multipart_is_refused(body: bytes) -> None:
    with pytest.raises(MultipartError):
        parse_multipart("multipart/form-data; boundary=b", body)


def test_a_gate_holds_the_reply_until_the_test_opens_it(
    fake_server: FakeServer, client: httpx.Client, pool: concurrent.futures.ThreadPoolExecutor
) -> None:
    with fake_server.gate("before_response") as gate:
        waiting = [pool.submit(client.get, fake_server.origin) for _ in range(3)]
        gate.wait_reached(3)
        assert not any(answer.done() for answer in waiting)
        gate.step(2)
        done, left = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
        assert done
        assert left
    assert [answer.result().status_code for answer in waiting] == [200] * 3


def test_waits_name_what_did_not_come(fake_server: FakeServer, client: httpx.Client) -> None:
    client.get(fake_server.origin + "/only")

    assert len(fake_server.wait_for_requests(1, path="/only")) == 1
    with pytest.raises(TimeoutError, match="seen: GET /only"):
        fake_server.wait_for_requests(2, timeout_s=0)


def test_a_client_that_hangs_up_is_noticed(fake_server: FakeServer) -> None:
    with fake_server.gate("before_response") as gate:
        address = (fake_server.origin.split("/")[2].split(":")[0], int(fake_server.origin.rsplit(":", 1)[1]))
        with socket.create_connection(address) as raw:
            raw.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
            gate.wait_reached()
        (left,) = fake_server.wait_for_abandoned()

    assert left.path == "/slow"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (ResetInBody(), httpx.ReadError),
        (TruncatedChunkedBody(), httpx.RemoteProtocolError),
        (WrongContentLength(10), httpx.RemoteProtocolError),
        (bad_gzip(), httpx.DecodingError),
    ],
)
def test_faults_look_to_a_client_like_what_they_say(
    fake_server: FakeServer, client: httpx.Client, fault: Any, error: type[Exception]
) -> None:
    fake_server.script(fault)
    with pytest.raises(error):
        client.get(fake_server.origin)

    assert client.get(fake_server.origin).status_code == 200  # only one exchange was spoiled


def test_gzip_faults_and_redirects(fake_server: FakeServer, client: httpx.Client) -> None:
    fake_server.script(truncated_gzip(), gzip_bomb(2**22), redirect("http://127.0.0.1:9/x"))
    with client.stream("GET", fake_server.origin) as cut, pytest.raises(EOFError):
        gzip.decompress(b"".join(cut.iter_raw()))
    with client.stream("GET", fake_server.origin) as bomb:
        packed = b"".join(bomb.iter_raw())
    assert len(zlib.decompress(packed, 31)) == 2**22 > 500 * len(packed)
    assert client.get(fake_server.origin).headers["location"] == "http://127.0.0.1:9/x"


def test_a_dripping_body_stops_between_pieces(
    fake_server: FakeServer, client: httpx.Client, pool: concurrent.futures.ThreadPoolExecutor
) -> None:
    fake_server.script(Drip(piece_bytes=8))
    with fake_server.gate("drip") as gate:
        answer = pool.submit(client.get, fake_server.origin)
        gate.step()
        gate.wait_reached(2)
        assert not answer.done()
    assert answer.result().json()["method"] == "GET"


@pytest.mark.parametrize("name", sorted(NAMED_FAULTS))
def test_every_named_fault_can_be_ordered_in_a_body(fake_server: FakeServer, client: httpx.Client, name: str) -> None:
    size = " size=1048576" if name in ("gzip_bomb", "oversized") else ""
    try:
        answer = client.post(fake_server.origin, content=f"[[fault:{name}{size}]]")
        ordinary = answer.status_code == 200 and answer.content == client.post(fake_server.origin).content
    except httpx.HTTPError:
        ordinary = False
    # A drip without a held gate, and faults that need an image in the body, change nothing here.
    assert not ordinary or name in ("drip", "bad_base64", "not_an_image")


def test_tls_is_verified_against_its_own_authority() -> None:
    with FakeServer(tls=True) as server:
        trusting = ssl.create_default_context(cadata=server.certificate_authority_pem.decode())
        with httpx.Client(verify=trusting, trust_env=False) as client:
            assert client.get(server.origin).status_code == 200
        with httpx.Client(trust_env=False) as client, pytest.raises(httpx.ConnectError, match="CERTIFICATE"):
            client.get(server.origin)


def test_refused_and_reset_connections(fake_server: FakeServer, client: httpx.Client) -> None:
    fake_server.refuse_connections(1)
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError, httpx.ConnectError, httpx.WriteError)):
        client.get(fake_server.origin)
    with deaf_origin() as origin, pytest.raises(httpx.ConnectError):
        client.get(origin)


def test_result_files_need_their_signature_and_expire(file_host: FileHost, client: httpx.Client) -> None:
    content = make_image(32, 16, "kite")
    url = file_host.put(content)

    assert client.get(url).content == content == file_host.content_of(url)
    assert client.head(url).headers["content-length"] == str(len(content))
    assert client.get(url, headers={"Range": "bytes=10-"}).content == content[10:]
    assert client.get(url.partition("?")[0]).status_code == 403
    file_host.expire(url)
    assert (client.get(url).status_code, client.get(file_host.origin + "/none").status_code) == (403, 404)


def test_a_key_sent_to_the_file_host_fails_the_test(client: httpx.Client) -> None:
    host = FileHost().start()
    refused = client.get(host.put(b"x"), headers={"Authorization": "Bearer secret"})
    host.stop()

    assert refused.status_code == 400
    with pytest.raises(CredentialLeakError, match="authorization"):
        host.check()


def test_a_bug_inside_a_fake_is_not_taken_for_an_answer(client: httpx.Client) -> None:
    class Broken(FakeServer):
        async def respond(self, request: Any) -> Any:
            raise KeyError("bug")

    with pytest.raises(ExceptionGroup, match="inside the fake"), Broken() as server:
        assert client.get(server.origin).status_code == 500


@pytest.mark.parametrize("form", ["png", "jpeg", "webp", "gif"])
def test_images_are_deterministic_and_sized(form: str) -> None:
    image = make_image(96, 64, "kite", format=form)

    assert (pixel_size(image), image_format(image)) == ((96, 64), form)
    draw.cache_clear()
    assert make_image(96, 64, "kite", format=form) == image != make_image(96, 64, "dragon", format=form)


def test_images_carry_what_was_ordered() -> None:
    order = ImageOrder(64, 64, "k", alpha=True, icc=True, text=(("parameters", "steps: 4 ✓"),))
    with Image.open(io.BytesIO(draw(order))) as picture:
        picture.load()
        assert picture.mode == "RGBA"
        assert picture.info["icc_profile"]
        assert picture.info["parameters"] == "steps: 4 ✓"


def test_the_bomb_is_small_and_huge() -> None:
    bomb = decompression_bomb_png()

    assert len(bomb) < 250_000
    assert int.from_bytes(bomb[16:20], "big") * int.from_bytes(bomb[20:24], "big") == 1_600_000_000


@pytest.mark.parametrize("vendor", sorted(FAKES))
def test_each_fake_runs_as_a_process(vendor: str, client: httpx.Client) -> None:
    command = [sys.executable, "-m", "tests.fakes", vendor, "--port", "0", "--fault", "gateway status=503"]
    root = Path(__file__).parents[3]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        base_url = process.stdout.readline().strip()
        assert client.post(base_url + "/anything").status_code == 503
        assert client.post(base_url + "/anything").status_code in range(400, 500)
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
