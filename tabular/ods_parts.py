"""What an ODS says besides its cells: properties, styles, what stays in sight, how it prints. Pure."""

from collections.abc import Iterable
from datetime import UTC
from xml.sax.saxutils import escape, quoteattr

from tabular.cells import MONEY, PERCENT, About, Quantity
from tabular.sheets import NARROWEST, WIDEST

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
MOST_ACROSS = 4
CHARACTER = 0.2
"""Centimetres that a character takes, about."""

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = {
    **{name: f"{_OASIS}:{name}:1.0" for name in ("office", "table", "text", "style", "meta", "config")},
    "number": f"{_OASIS}:datastyle:1.0",
    "fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_NAMES = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _SPACES.items())
_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'

MANIFEST = (
    f'{_DECLARED}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{ODS_TYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}.xml" manifest:media-type="text/xml"/>'
        for name in ("content", "styles", "meta", "settings")
    )
    + "</manifest:manifest>"
)
CONTENT_END = "</office:spreadsheet></office:body></office:document-content>"

_NUMBER = '<number:number number:grouping="true" number:min-integer-digits="1" number:decimal-places="{places}"/>'
_DATA = {
    "whole": ("number-style", _NUMBER.format(places=0)),
    "decimal": ("number-style", _NUMBER.format(places=2)),
    "money": ("number-style", _NUMBER.format(places=0) + "<number:text>\u00a0€</number:text>"),
    "cents": ("number-style", _NUMBER.format(places=2) + "<number:text>\u00a0€</number:text>"),
    "percent": ("percentage-style", _NUMBER.format(places=1) + "<number:text>\u00a0%</number:text>"),
    "day": (
        "date-style",
        '<number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/>'
        '<number:text>/</number:text><number:year number:style="long"/>',
    ),
}
"""How numbers and days are shown, by the name of their style."""


def cell_style(quantity: Quantity) -> str:
    """The name of the style that shows it."""
    if quantity.unit == PERCENT:
        return "percent"
    if quantity.unit == MONEY:
        return "money" if quantity.is_whole else "cents"
    return "whole" if quantity.is_whole else "decimal"


def meta(about: About | None) -> str:
    """The properties of the document; nothing that depends on the clock."""
    said = ""
    if about:
        author, made = escape(about.author), f"{about.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"
        said = (
            f"<dc:title>{escape(about.title)}</dc:title><meta:initial-creator>{author}</meta:initial-creator>"
            f"<dc:creator>{author}</dc:creator><meta:creation-date>{made}</meta:creation-date><dc:date>{made}</dc:date>"
        )
    body = f"<office:meta>{said}<dc:language>fr-FR</dc:language></office:meta>"
    return f'{_DECLARED}<office:document-meta {_NAMES} office:version="1.2">{body}</office:document-meta>'


def styles() -> str:
    """The pages: A4 landscape, so many beside one another."""
    across = range(1, MOST_ACROSS + 1)
    layouts = "".join(
        f'<style:page-layout style:name="layout{pages}"><style:page-layout-properties fo:page-width="29.7cm" '
        'fo:page-height="21cm" style:print-orientation="landscape" fo:margin="1cm" '
        f'style:print="grid" style:scale-to-X="{pages}" style:scale-to-Y="0"/><style:footer-style/></style:page-layout>'
        for pages in across
    )
    footer = (
        "<style:footer><text:p><text:sheet-name>?</text:sheet-name> – <text:page-number>1</text:page-number> / "
        "<text:page-count>1</text:page-count></text:p></style:footer>"
    )
    masters = "".join(
        f'<style:master-page style:name="across{pages}" style:page-layout-name="layout{pages}">{footer}'
        "</style:master-page>"
        for pages in across
    )
    return (
        f'{_DECLARED}<office:document-styles {_NAMES} office:version="1.2">'
        f"<office:automatic-styles>{layouts}</office:automatic-styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )


def content_start() -> str:
    """The styles that tables, columns and cells refer to, then the beginning of the tables."""
    return (
        f'{_DECLARED}<office:document-content {_NAMES} office:version="1.2"><office:automatic-styles>'
        f"{''.join(_content_styles())}</office:automatic-styles><office:body><office:spreadsheet>"
    )


def _content_styles() -> Iterable[str]:
    for name, (kind, body) in _DATA.items():
        yield f'<number:{kind} style:name="shown-{name}">{body}</number:{kind}>'
        data = f' style:data-style-name="shown-{name}"'
        yield _style(name, "table-cell", _TOP + _RIGHT, data=data)
        yield _style(f"{name}-left", "table-cell", _TOP + _LEFT, data=data)
    yield _style("plain", "table-cell", _TOP + _RIGHT)
    yield _style("plain-left", "table-cell", _TOP + _LEFT)
    yield _style("text", "table-cell", _WRAPPED)
    yield _style("header", "table-cell", _WRAPPED + '<style:text-properties fo:font-weight="bold"/>')
    for pages in range(1, MOST_ACROSS + 1):
        shown = '<style:table-properties table:display="true"/>'
        yield _style(f"across{pages}", "table", shown, data=f' style:master-page-name="across{pages}"')
    for width in range(NARROWEST, WIDEST + 1):
        size = f'<style:table-column-properties style:column-width="{width * CHARACTER:.2f}cm"/>'
        yield _style(f"width{width}", "table-column", size)


_TOP = '<style:table-cell-properties style:vertical-align="top" style:text-align-source="fix"/>'
_LEFT = '<style:paragraph-properties fo:text-align="start"/>'
_RIGHT = '<style:paragraph-properties fo:text-align="end" fo:margin-right="0.2cm"/>'
_WRAPPED = '<style:table-cell-properties style:vertical-align="top" fo:wrap-option="wrap"/>'


def _style(name: str, family: str, body: str, data: str = "") -> str:
    return f'<style:style style:name="{name}" style:family="{family}"{data}>{body}</style:style>'


def settings(stays: Iterable[tuple[str, int, int]]) -> str:
    """What stays in sight: of each table, its title, how many columns and how many rows."""
    tables = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(title)}>{_split('Horizontal', 'Right', columns)}"
        f"{_split('Vertical', 'Bottom', rows)}</config:config-item-map-entry>"
        for title, columns, rows in stays
    )
    return (
        f'{_DECLARED}<office:document-settings {_NAMES} office:version="1.2"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        '<config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1'
        '</config:config-item><config:config-item-map-named config:name="Tables">'
        f"{tables}</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )


def _split(way: str, after: str, count: int) -> str:
    """Frozen after so many rows or columns."""
    if not count:
        return ""
    return (
        f'<config:config-item config:name="{way}SplitMode" config:type="short">2</config:config-item>'
        f'<config:config-item config:name="{way}SplitPosition" config:type="int">{count}</config:config-item>'
        f'<config:config-item config:name="Position{after}" config:type="int">{count}</config:config-item>'
    )
