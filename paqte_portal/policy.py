"""What a page of the portal may load, and where its forms may lead: ours only, and the provider of identity if any."""

from collections.abc import Iterable


def content_security_policy(*, form_targets: Iterable[str] = ()) -> dict[str, dict[str, list[str]]]:
    """The policy as django-csp wants it. Browsers apply form-action to the redirections that follow a form too."""
    return {
        "DIRECTIVES": {
            "default-src": ["'none'"],
            "script-src": ["'self'"],
            "style-src": ["'self'"],
            "font-src": ["'self'"],
            "connect-src": ["'self'"],
            "manifest-src": ["'self'"],
            "img-src": ["'self'", "data:"],
            "form-action": ["'self'", *form_targets],
            "frame-ancestors": ["'none'"],
            "base-uri": ["'none'"],
            "object-src": ["'none'"],
        }
    }
