"""Which addresses may be opened for a link that somebody else wrote: results of a provider, references by URL."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from studio.domain.errors import LinkRefused

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Host and port to numeric addresses, best first. Raises OSError when the name is not known."""

_FAKE_IP = IPv4Network("198.18.0.0/15")
"""Local proxies in "fake IP" mode answer every name from this benchmark range and connect by name themselves;
nothing real lives there, so it opens no door and refusing it would lose paid results of everybody who uses one."""
_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class CheckedLink:
    """A link that may be opened. `addresses` are the ones to connect to, so that a second look-up cannot differ."""

    url: str
    host: str
    addresses: tuple[str, ...] = ()
    """Empty for a trusted host or behind a proxy: connect by name."""


async def resolve_by_system(host: str, port: int) -> Sequence[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def checked_link(url: str, *, trusted_host: str | None, resolve: Resolver, through_proxy: bool) -> CheckedLink:
    """`url` if it is safe to open. `trusted_host` is the host the user configured himself: it may be private and http.

    Raises LinkRefused for other schemes, for user names in it and for addresses that are not public; OSError when the
    name is not known."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise LinkRefused(detail=f"not an address: {_shown(url)}") from None
    if parts.scheme not in ("https", "http") or not host or parts.username or parts.password:
        raise LinkRefused(detail=f"not a plain web address: {_shown(url)}")
    if trusted_host is not None and host == trusted_host.lower():
        return CheckedLink(url, host)
    if parts.scheme != "https":
        raise LinkRefused(detail=f"not https: {_shown(url)}")
    if through_proxy:
        # The proxy looks the name up, perhaps in a view of the network we do not have: only what is written is checked.
        _refuse_private(_written_address(host), url)
        return CheckedLink(url, host)
    addresses = await resolve(host, port or 443)
    _refuse_private(addresses, url)
    return CheckedLink(url, host, tuple(addresses))


def _refuse_private(addresses: Sequence[str], url: str) -> None:
    private = [address for address in addresses if not is_public(address)]
    if private:
        raise LinkRefused(detail=f"{_shown(url)} leads to {private[0]}, which is not a public address")


def is_public(address: str) -> bool:
    """False for loopback, private, link-local (cloud metadata), carrier-grade NAT, multicast and reserved ranges."""
    number: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(number, IPv6Address):
        inner = (
            number.ipv4_mapped
            or number.sixtofour
            or (IPv4Address(int(number) & 0xFFFFFFFF) if number in _NAT64 else None)
        )
        if inner is not None:
            return is_public(str(inner))
    elif number in _FAKE_IP:
        return True
    return number.is_global and not number.is_multicast and not number.is_reserved


def _written_address(host: str) -> tuple[str, ...]:
    """The address that a host spells out, in any of the old forms too (``127.1``, ``2130706433``); else nothing."""
    if host == "localhost" or host.endswith(".localhost"):
        return ("127.0.0.1",)
    try:
        return (str(ip_address(host)),)
    except ValueError:
        pass
    try:
        return (socket.inet_ntoa(socket.inet_aton(host)),)
    except OSError:
        return ()


def _shown(url: str) -> str:
    """Scheme, host and path: the query of a signed link is a credential of its own."""
    return url.partition("?")[0][:200]
