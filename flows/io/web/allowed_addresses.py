"""Which addresses may be asked: http and https, and no machine of our own network.

A name is resolved, the resolved address is checked, and the connection goes to exactly that address: a name that
resolves differently a moment later (DNS rebinding) gains nothing. Proxies of the environment are not used, because
behind one nobody can check.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable
from functools import cache

import httpcore
import httpx

from flows.errors import UsageError
from flows.io.web.deadline import DeadlineBackend

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Allowed = Callable[[IPAddress], bool]

# What httpx raises for a malformed address; a host that is not valid Punycode is a UnicodeError.
NO_ADDRESS = (httpx.InvalidURL, UnicodeError)
# IPv6 ranges that carry an IPv4 address in their last 32 bits.
_TRANSLATED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))


def check_url(url: str) -> None:
    """Raise `UsageError` unless `url` is a plain http or https address."""
    try:
        parsed = httpx.URL(url)
        host = parsed.host  # raises for malformed Punycode
    except NO_ADDRESS as error:
        raise UsageError(f"{url!r} is not an address ({error}): write it as https://host/path.") from error
    if parsed.scheme not in ("http", "https") or not host:
        raise UsageError(f"{url} is not allowed: only http:// and https:// addresses are fetched.")
    if parsed.userinfo:
        raise UsageError(
            f"{parsed.copy_with(userinfo=None)} is not allowed with a user name or password in it."
        )


def is_public(address: IPAddress) -> bool:
    """Tell whether `address` belongs to the open internet; an IPv6 address that wraps an IPv4 one counts as that."""
    embedded = _embedded_address(address)
    if embedded is not None:
        return is_public(embedded)
    is_local = (
        address.is_multicast or address.is_reserved or address.is_unspecified or _is_site_local(address)
    )
    return address.is_global and not is_local


@cache
def _trust() -> ssl.SSLContext:
    """Read the trusted certificates once: that takes longer than most requests."""
    return httpx.create_ssl_context()


class CheckedTransport(httpx.HTTPTransport):
    """Connects only to allowed addresses, and gives up at a deadline: resolve, check, connect to that address.

    The name stays in the Host header and in the TLS handshake, so certificates are verified against it.
    """

    def __init__(self, is_allowed: Allowed, deadline: float) -> None:
        """Take the rule for addresses, and the time by `time.monotonic` at which all answers must be whole."""
        super().__init__(verify=_trust())
        # No connection is kept: one to an address must not serve another name at the same address. The pool is set
        # here because httpx offers no way to choose the backend.
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trust(), max_keepalive_connections=0, network_backend=DeadlineBackend(deadline)
        )
        self._is_allowed = is_allowed

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request` to the first of its addresses that accepts a connection."""
        failure: httpx.TransportError | None = None
        for address in self._resolve(request.url):
            pinned = httpx.Request(
                request.method,
                request.url.copy_with(host=str(address)),
                headers=request.headers,
                extensions={**request.extensions, "sni_hostname": _ascii_host(request.url)},
            )
            try:
                return super().handle_request(pinned)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failure = error
        raise failure or httpx.ConnectError("the name has no address")

    def _resolve(self, url: httpx.URL) -> list[IPAddress]:
        try:
            found = socket.getaddrinfo(_ascii_host(url), url.port or 0, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(f"its name cannot be resolved: {error}") from error
        addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
        allowed = [address for address in addresses if self._is_allowed(address)]
        if addresses and not allowed:
            raise UsageError(
                f"{url} is not allowed: {addresses[0]} is a private address; "
                "set QUALITY_WAREHOUSE_ALLOW_PRIVATE_ADDRESSES=true if you mean it."
            )
        return allowed


def _is_site_local(address: IPAddress) -> bool:
    """Tell whether an address is in fec0::/10, which networks may still use and which Python calls global."""
    return isinstance(address, ipaddress.IPv6Address) and address.is_site_local


def _ascii_host(url: httpx.URL) -> str:
    """Return the name in Punycode: given the letters, `socket` and `ssl` would take `faß.de` for `fass.de`."""
    return url.raw_host.decode("ascii")


def _embedded_address(address: IPAddress) -> ipaddress.IPv4Address | None:
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if any(address in network for network in _TRANSLATED):
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
