"""The published versions of the catalogue, as the agency reads them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from accounts.policies import AuthenticatedRequest, allow
from accounts.roles import Role
from documents.attachments import attachment
from indicators.comparison import compared
from indicators.models import CatalogueDraft, CatalogueVersion
from indicators.models.catalogue import content_of
from territories.clock import today

TOML = "application/toml"


@require_safe
@allow(Role.CGET)
def catalogue_list(request: AuthenticatedRequest) -> HttpResponse:
    """Every version with its day and its fingerprint, and the one in preparation."""
    versions = CatalogueVersion.objects.order_by("-published_on", "-code")
    context = {
        "versions": versions,
        "in_force": CatalogueVersion.objects.in_force(on=today()),
        "today": today(),
        "draft": CatalogueDraft.objects.visible_to(request.user).open().first(),
    }
    return TemplateResponse(request, "indicators/catalogue_list.html", context)


@require_safe
@allow(Role.CGET)
def catalogue_detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """What a version says, what it changed of the one before, and who published it."""
    version = get_object_or_404(CatalogueVersion, pk=code)
    before = CatalogueVersion.objects.filter(published_on__lt=version.published_on).last()
    draft = CatalogueDraft.objects.visible_to(request.user).filter(version=version).first()
    context = {
        "version": version,
        "catalogue": version.catalogue,
        "former": before,
        "comparison": compared(version.catalogue, before.catalogue) if before else None,
        "journal": draft.logs.select_related("by").order_by("-pk") if draft else [],
    }
    return TemplateResponse(request, "indicators/catalogue_detail.html", context)


@require_safe
@allow(Role.CGET)
def catalogue_file(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The file of a version, byte for byte that of its fingerprint."""
    if not CatalogueVersion.objects.filter(pk=code).exists():
        raise Http404
    return attachment(content_of(code), TOML, f"{code}.toml")
