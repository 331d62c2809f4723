"""No test reaches outside the loopback: the attempt is refused, and the test fails even if the program hides it."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest

LOOPBACK_NAMES = {"localhost", "localhost.localdomain"}
# Names that the standards keep free: nobody has them, so they are answered as unknown without asking anybody.
NOBODYS_ENDINGS = (".invalid", ".test", ".example")

_attempts: list[str] = []


class OutsideAddressError(OSError):
    """A test tried to reach an address outside the loopback."""


def _numeric(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.split("%", maxsplit=1)[0])
    except ValueError:
        return None


def _check_address(family: int, address: Any) -> None:
    if family not in {socket.AF_INET, socket.AF_INET6} or not isinstance(address, tuple):
        return
    host = str(address[0])
    number = _numeric(host)
    if host in LOOPBACK_NAMES or (number is not None and number.is_loopback):
        return
    _attempts.append(f"connection to {host} port {address[1]}")
    raise OutsideAddressError(f"refused in tests: {_attempts[-1]}")


def _check_name(host: bytes | str | None) -> None:
    name = (host.decode("ascii", "replace") if isinstance(host, bytes) else host or "").rstrip(".").lower()
    if not name or name in LOOPBACK_NAMES or _numeric(name) is not None:
        return
    if name.endswith(NOBODYS_ENDINGS):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    _attempts.append(f"look-up of {name}")
    raise OutsideAddressError(f"refused in tests: {_attempts[-1]}")


def _guard_sockets() -> None:
    """Done once, on the class that asyncio and every client use; a socket of the loopback pays one comparison."""
    connect, connect_ex, sendto, getaddrinfo = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.socket.sendto,
        socket.getaddrinfo,
    )

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _check_address(self.family, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _check_address(self.family, address)
        return connect_ex(self, address)

    def guarded_sendto(self: socket.socket, data: Any, *flags_and_address: Any) -> int:
        _check_address(self.family, flags_and_address[-1])
        return sendto(self, data, *flags_and_address)

    def guarded_getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
        _check_name(host)
        return getaddrinfo(host, *arguments, **options)

    patches: dict[str, Any] = {
        "connect": guarded_connect,
        "connect_ex": guarded_connect_ex,
        "sendto": guarded_sendto,
    }
    for name, replacement in patches.items():
        setattr(socket.socket, name, replacement)
    setattr(socket, "getaddrinfo", guarded_getaddrinfo)  # noqa: B010  a plain assignment is an error to mypy


_guard_sockets()


@pytest.fixture(autouse=True)
def _stay_on_this_machine() -> Iterator[None]:
    _attempts.clear()
    yield
    if _attempts:
        pytest.fail(f"the test reached outside the loopback: {'; '.join(_attempts)}", pytrace=False)
