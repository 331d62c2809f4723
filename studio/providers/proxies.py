"""The proxy for an address: as the system and the usual environment variables say, never for this computer itself."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from studio.domain.errors import NetworkMisconfigured


def proxy_for(url: str) -> str | None:
    """``http://host:port`` or ``socks5://host:port`` of the proxy to use, None for a direct connection.

    May look names up on Windows: not on the event loop. Raises NetworkMisconfigured for a proxy that cannot be used."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if _is_this_computer(host) or proxy_bypass(host):
        return None
    configured = getproxies()
    address = configured.get(parts.scheme) or configured.get("all")
    if not address:
        return None
    address = address if "://" in address else f"http://{address}"
    scheme = urlsplit(address).scheme.lower()
    # With socks5, too, the proxy looks the name up, not this computer.
    if scheme in ("http", "https", "socks5", "socks5h"):
        return address
    reason = f"a {scheme} proxy cannot be used; set HTTPS_PROXY to its http:// or socks5:// address"
    raise NetworkMisconfigured(setting="Proxy", reason=reason)


def _is_this_computer(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
