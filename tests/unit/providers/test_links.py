"""Links that others wrote: no key, no private address, under limits, and repeated where that is free."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from studio.domain.errors import (
    ImageTooLarge,
    LinkExpired,
    LinkRefused,
    Offline,
    ReferenceUnreadable,
    ResultUnreachable,
)
from studio.domain.values import Secret
from studio.providers.addresses import checked_link, is_public
from studio.providers.failures import Passage, Stakes
from studio.providers.links import Links
from studio.providers.messages import Endpoint, Reply, SecretHeader
from studio.providers.timeouts import Patience
from studio.providers.transport import Transport
from tests.fakes.faults import Answer, ResetInBody, WrongContentLength, gateway_page, gzip_bomb, redirect
from tests.fakes.file_host import FileHost
from tests.fakes.messages import Reply as ServerReply
from tests.unit.providers.clock import SkippingClock

PUBLIC = "93.184.216.34"
HERE = Endpoint("Vendor", "http://127.0.0.1:1", secret_headers=(SecretHeader("Authorization", Secret("key")),))
"""An account on this computer: what lies on the same host may be fetched."""


# ---------------------------------------------------------------------------------------------------- on real sockets


async def test_a_result_is_fetched_without_the_key(transport: Transport, file_host: FileHost) -> None:
    url = file_host.put(b"the picture")

    assert await transport.download(url, endpoint=HERE) == b"the picture"
    assert file_host.credentials_seen == []


async def test_an_expired_link(transport: Transport, file_host: FileHost, clock: SkippingClock) -> None:
    url = file_host.put(b"the picture")
    file_host.expire(url)

    with pytest.raises(LinkExpired) as told:
        await transport.download(url, endpoint=HERE)

    assert told.value.problem.charged == "yes"
    assert len(file_host.requests) == 1
    assert clock.slept_s == []


@pytest.mark.parametrize("fault", [ResetInBody(), WrongContentLength(10), gateway_page(503), Answer(ServerReply(429))])
async def test_what_breaks_is_repeated(
    transport: Transport, file_host: FileHost, clock: SkippingClock, fault: Any
) -> None:
    url = file_host.put(b"the picture")
    file_host.script(fault, times=3)

    assert await transport.download(url, endpoint=HERE) == b"the picture"
    assert clock.slept_s == [1, 2, 4]


async def test_what_breaks_each_time_is_given_back(transport: Transport, file_host: FileHost) -> None:
    url = file_host.put(b"the picture")
    file_host.script(ResetInBody(), times=9)

    with pytest.raises(ResultUnreachable):
        await transport.download(url, endpoint=HERE)

    assert len(file_host.requests) == 4


async def test_a_result_has_a_largest_size(transport: Transport, file_host: FileHost) -> None:
    url = file_host.put(b"x" * 5_000_000)

    with pytest.raises(ImageTooLarge, match="It was billed"):
        await transport.download(url, endpoint=HERE, limit_bytes=4 * 1024 * 1024)
    file_host.script(gzip_bomb(80 * 1024 * 1024))
    with pytest.raises(ImageTooLarge, match="64 MiB"):
        await transport.download(url, endpoint=HERE)


async def test_redirects_are_followed_up_to_a_limit(transport: Transport, file_host: FileHost) -> None:
    url = file_host.put(b"the picture")
    file_host.script(*[redirect(f"/moved/{step}") for step in range(4)], redirect(url))

    assert await transport.download(f"{file_host.origin}/start", endpoint=HERE) == b"the picture"

    file_host.script(redirect("/again"), times=9)
    with pytest.raises(LinkRefused, match="5 redirects"):
        await transport.download(f"{file_host.origin}/start", endpoint=HERE)


async def test_a_redirect_to_a_private_place_is_not_followed(transport: Transport, file_host: FileHost) -> None:
    for target in ("http://169.254.169.254/latest/meta-data", "https://10.0.0.1/x.png", "file:///etc/passwd"):
        file_host.script(redirect(target))
        with pytest.raises(LinkRefused) as told:
            await transport.download(f"{file_host.origin}/start", endpoint=HERE)
        assert told.value.problem.charged == "yes"


async def test_this_computer_is_closed_to_results_of_others(transport: Transport, file_host: FileHost) -> None:
    url = file_host.put(b"the picture")
    abroad = Endpoint("Vendor", "https://api.vendor.com/v1")

    for endpoint in (abroad, None):
        with pytest.raises(LinkRefused):
            await transport.download(url, endpoint=endpoint)
        with pytest.raises(LinkRefused):
            await transport.download(url.replace("http:", "https:"), endpoint=endpoint)
    with pytest.raises(LinkRefused):
        await transport.fetch(url)
    assert file_host.requests == ()


# ---------------------------------------------------------------------------------------------------- which addresses


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "ff02::1",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8", "198.18.0.7"]
)
def test_addresses_that_are_public(address: str) -> None:
    """198.18.0.0/15 is what local proxies in fake-IP mode answer for every name."""
    assert is_public(address)


def resolver(*addresses: str) -> Any:
    async def resolve(host: str, port: int) -> Sequence[str]:
        return addresses

    return resolve


@pytest.mark.parametrize(
    "url",
    [
        "http://files.vendor.com/x.png",
        "https://user@files.vendor.com/x.png",
        "https://user:word@files.vendor.com/x.png",
        "ftp://files.vendor.com/x.png",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "https:///x.png",
        "//files.vendor.com/x.png",
        "x.png",
        "",
        "https://[::1",
        "https://host:99999/",
    ],
)
async def test_links_that_are_no_plain_https(url: str) -> None:
    with pytest.raises(LinkRefused):
        await checked_link(url, trusted_host=None, resolve=resolver(PUBLIC), through_proxy=False)


@pytest.mark.parametrize("addresses", [("127.0.0.1",), (PUBLIC, "10.0.0.1"), ("::1", PUBLIC)])
async def test_a_name_that_leads_to_a_private_address(addresses: tuple[str, ...]) -> None:
    with pytest.raises(LinkRefused, match="not a public address"):
        await checked_link(
            "https://files.vendor.com/x", trusted_host=None, resolve=resolver(*addresses), through_proxy=False
        )


async def test_the_query_of_a_signed_link_stays_out_of_errors() -> None:
    with pytest.raises(LinkRefused) as told:
        await checked_link(
            "http://files.vendor.com/x?Signature=abc", trusted_host=None, resolve=resolver(PUBLIC), through_proxy=False
        )
    assert "abc" not in told.value.problem.detail


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "a.localhost", "[::1]", "2130706433", "127.1", "0x7f.1"])
async def test_behind_a_proxy_what_is_written_is_checked(host: str) -> None:
    with pytest.raises(LinkRefused):
        await checked_link(f"https://{host}/x", trusted_host=None, resolve=resolver(PUBLIC), through_proxy=True)


async def test_behind_a_proxy_names_are_left_to_it() -> None:
    link = await checked_link(
        "https://files.vendor.com/x", trusted_host=None, resolve=resolver("10.0.0.1"), through_proxy=True
    )
    assert link.addresses == ()


async def test_only_the_configured_host_itself_is_trusted() -> None:
    link = await checked_link(
        "http://nas:8080/x", trusted_host="nas", resolve=resolver("10.0.0.1"), through_proxy=False
    )
    assert link.addresses == ()
    with pytest.raises(LinkRefused):
        await checked_link("http://nas2/x", trusted_host="nas", resolve=resolver("10.0.0.1"), through_proxy=False)


# ---------------------------------------------------------------------------------------------------- how it connects


class Network:
    """Stands for the transport's sockets: records each request, answers or fails by address."""

    def __init__(self, replies: Mapping[str, int | Exception]) -> None:
        self._replies = replies
        self.seen: list[tuple[str, str | None, str | None]] = []

    @asynccontextmanager
    async def exchange(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        passage: Passage,
        idle_s: float,
        *,
        extensions: Mapping[str, Any],
    ) -> AsyncIterator[Any]:
        self.seen.append((url, headers.get("Host"), extensions.get("sni_hostname")))
        answer = next(reply for part, reply in self._replies.items() if part in url)
        if isinstance(answer, Exception):
            raise passage.failure(answer)
        status = answer

        class Whole:
            async def whole(self, *, limit_bytes: int) -> Reply:
                return Reply(status, {}, b"the picture", url)

        yield Whole()


def links(network: Network, *addresses: str) -> Links:
    return Links(network.exchange, clock=SkippingClock(), resolve=resolver(*addresses), patience=Patience())


async def test_connects_to_the_very_address_that_was_checked() -> None:
    network = Network({PUBLIC: 200})

    await links(network, PUBLIC).fetch("https://files.vendor.com:8443/a/b.png?Signature=1", limit_bytes=1_000)

    assert network.seen == [(f"https://{PUBLIC}:8443/a/b.png?Signature=1", "files.vendor.com:8443", "files.vendor.com")]


async def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    network = Network({"2606": OSError("unreachable"), PUBLIC: 200})

    content = await links(network, "2606:4700::1", PUBLIC).fetch("https://files.vendor.com/x", limit_bytes=1_000)

    assert content == b"the picture"
    assert [url for url, _, _ in network.seen] == ["https://[2606:4700::1]/x", f"https://{PUBLIC}/x"]


async def test_no_address_answers() -> None:
    with pytest.raises(Offline):
        await links(Network({"": OSError("unreachable")}), "8.8.8.8", "8.8.4.4").fetch(
            "https://files.vendor.com/x", limit_bytes=1_000
        )


async def test_a_reference_that_is_not_there() -> None:
    with pytest.raises(ReferenceUnreadable, match="answers 404") as told:
        await links(Network({"": 404}), PUBLIC).fetch("https://files.vendor.com/x?token=abc", limit_bytes=1_000)

    assert "abc" not in str(told.value)
    assert told.value.problem.charged == "no"


async def test_a_name_that_is_not_known_is_no_reason_to_pay_again() -> None:
    async def unknown(host: str, port: int) -> Sequence[str]:
        raise OSError(-2, "Name or service not known")

    made = Links(Network({}).exchange, clock=SkippingClock(), resolve=unknown, patience=Patience())

    with pytest.raises(ResultUnreachable):
        await made.download("https://files.vendor.com/x", provider="Vendor", trusted_host=None, limit_bytes=1_000)
    with pytest.raises(Offline):
        await made.fetch("https://files.vendor.com/x", limit_bytes=1_000)


def test_stakes_are_told_apart() -> None:
    kinds = {stakes: type(Passage(stakes, provider="", host="", total_s=1).failure(OSError("x"))) for stakes in Stakes}
    assert kinds == {Stakes.PAID: Offline, Stakes.FREE: Offline, Stakes.OWED: ResultUnreachable}
