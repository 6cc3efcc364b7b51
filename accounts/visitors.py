"""What a request says of its visitor: a script or a person, the browser in words, the network without the person."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.http import HttpRequest

UNKNOWN_BROWSER = "Navigateur inconnu"

BROWSERS = (
    # Each also claims to be those below it.
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def is_fetch(request: HttpRequest) -> bool:
    """Whether a script of our pages asked, and no person looks at the answer."""
    return request.headers.get("X-Requested-With") == "fetch"


def browser_words(user_agent: str) -> str:
    """Firefox sur Windows; only names of this module come out, whatever goes in."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), UNKNOWN_BROWSER)
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} sur {system}" if system else browser


def network_key(address: str) -> str:
    """One place, when tries are counted: an IPv4 address, or the half of an IPv6 one that its subscriber cannot change.

    The other 64 bits may differ at each request.
    """
    parsed = _parsed(address)
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else address


def network_words(address: str) -> str:
    """Enough to tell the office from elsewhere, not enough to find a person again; empty when there is no address."""
    parsed = _parsed(address)
    if isinstance(parsed, IPv4Address):
        return f"{'.'.join(str(parsed).split('.')[:3])}.x"
    if isinstance(parsed, IPv6Address):
        return f"{':'.join(parsed.exploded.split(':')[:3])}:x"
    return ""


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    """The address, an IPv4 one inside an IPv6 one taken out; None for anything else."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    return (parsed.ipv4_mapped or parsed) if isinstance(parsed, IPv6Address) else parsed
