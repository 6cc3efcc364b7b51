"""Who is knocking: the account and the network that the limits on tries and on mails count by."""

from collections.abc import Mapping
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

from accounts.models import User
from accounts.visitors import network_key


def typed_address(request: HttpRequest | None, credentials: Mapping[str, str] | None) -> str:
    """The address typed in the sign-in form, in lower case: changing the case does not give ten more tries."""
    typed = (credentials or {}).get("username") or (request.POST.get("username", "") if request else "")
    return User.objects.normalize_email(str(typed))[:254]


def client_address(request: HttpRequest) -> str:
    """The client's network address as seen by the outermost of our proxies; what a client claims is never read."""
    direct = _bare(request.META.get("REMOTE_ADDR", ""))
    if not settings.TRUSTED_PROXIES:
        return direct
    # Each proxy appends the address it saw: counted from the right, ours are the only ones to be believed.
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    return _bare(hops[-min(settings.TRUSTED_PROXIES, len(hops))]) or direct if hops else direct


def network_of(request: HttpRequest) -> str:
    """The network that a client cannot leave at each request: what every limit of ours by network counts by."""
    return network_key(client_address(request))


def _bare(hop: str) -> str:
    """The address without the port that some proxies add; empty for what is none, which PostgreSQL would not store."""
    host = hop[1:].partition("]")[0] if hop.startswith("[") else hop
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        return str(ip_address(host.partition("%")[0]))
    except ValueError:
        return ""
