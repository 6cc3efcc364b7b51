"""What the file says that it conforms to: PDF/UA-1 (accessible) and PDF/A-3 (kept for good, with its data inside).

WeasyPrint declares one of the two; what each asks of the file itself holds together.
"""

from importlib import import_module
from importlib.resources import files
from typing import Any

VARIANT = "pdf/a-3a"
"""The one that WeasyPrint writes by itself: it asks more of the bytes, PDF/UA-1 of the structure."""

COLOURS = "sRGB2014.icc"
OPTIONS = {"pdf_variant": VARIANT, "output_intent": ""}
"""Of the writer: the variant, and no profile but the one that the document already has."""

END = b"</rdf:RDF>"
ACCESSIBLE = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
"""The declaration of PDF/UA-1, and the schema that PDF/A asks of any word which is not its own."""


def declare(document: Any) -> None:  # Any: WeasyPrint has no types
    """Make a document that is laid out declare both, and say what its colours are."""
    generate = document.metadata.generate_rdf_metadata

    def declared(variant: str, version: int, conformance: str) -> bytes:
        said: bytes = generate(variant, version, conformance)
        return said.replace(END, ACCESSIBLE + END)

    document.metadata.generate_rdf_metadata = declared
    # WeasyPrint would open the same profile by itself and leave the file to the collector, which is off.
    profile = import_module("weasyprint.css").ColorProfile
    with files("weasyprint.pdf").joinpath(COLOURS).open("rb") as opened:
        document.color_profiles["srgb"] = profile(opened, COLOURS, "relative-colorimetric", ("r", "g", "b"))


def settle(pdf: Any) -> None:  # Any: pydyf has no types
    """Each file that travels inside, named once: WeasyPrint names it twice."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
