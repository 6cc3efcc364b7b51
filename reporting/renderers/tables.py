"""The bilan as plain tables, for every format that a program reads. Pure."""

from collections.abc import Sequence

from reporting.bilan import BilanData, Context
from reporting.boxes import CONTEXT, TYPED, ContextLine, Kind
from reporting.columns import FILE, file_row
from tabular.cells import Cell, Table


def tables(data: BilanData) -> tuple[Table, ...]:
    """The whole bilan, box after box."""
    return (
        _identity(data),
        figures(data),
        _signatories(data),
        Table("Partenaires", ("Nom", "Nature", "Rôle"), tuple((row.name, row.kind, row.part) for row in data.partners)),
        _examples(data),
        _movements(data),
        _overlaps(data),
        _elsewhere(data),
        _specific(data),
        _context(data),
        _completeness(data),
    )


def figures(data: BilanData) -> Table:
    """Every indicator, then every ratio, axis after axis."""
    rows: list[tuple[Cell, ...]] = []
    for axis in data.axes:
        rows += [(axis.label, *file_row(line)) for line in axis.lines]
    return Table("Indicateurs", ("Axe", *(column.file for column in FILE)), tuple(rows))


def _identity(data: BilanData) -> Table:
    pairs: Sequence[tuple[str, Cell]] = (
        ("Département", f"{data.place.name} ({data.place.code})"),
        ("Région", data.place.region),
        ("Semestre", data.semester),
        ("Version", data.version),
        ("État", "projet" if data.is_draft else "transmis"),
        ("Chiffres au", data.as_of),
        ("Transmis le", data.transmitted_at.date() if data.transmitted_at else None),
    )
    # The reason first, since it is about the version; then who wrote, then what was written.
    order = sorted(TYPED, key=lambda box: (not box.rectificatif, box.kind is Kind.TEXT))
    texts = ((box.file_title, data.texts[box.name]) for box in order)
    return Table("Bilan", ("Rubrique", "Contenu"), tuple((label, value or None) for label, value in (*pairs, *texts)))


def _signatories(data: BilanData) -> Table:
    rows = tuple(
        (
            line.company,
            line.siret,
            line.category,
            line.town,
            line.reference,
            ", ".join(line.axes),
            line.signed_on,
            line.starts_on,
            line.ends_on,
            line.charter or "nouvelle",
        )
        for line in data.signatories
    )
    headers = ("Entreprise", "SIRET", "Catégorie", "Commune", "Convention", "Axes", "Signée le", "Du", "Au", "Origine")
    return Table("Signataires", headers, rows)


def _examples(data: BilanData) -> Table:
    rows = tuple((axis.label, row.company, row.title, row.text) for axis in data.axes for row in axis.examples)
    return Table("Exemples", ("Axe", "Entreprise", "Action", "Récit"), rows)


def _movements(data: BilanData) -> Table:
    rows = tuple(
        (
            row.company,
            row.kind,
            row.on,
            row.reference,
            "\u00a0; ".join(f"{one.label}\u00a0: {one.value}" for one in row.outcomes),
        )
        for row in data.movements
    )
    return Table("Mouvements", ("Entreprise", "Mouvement", "Date", "Convention", "Résultats depuis le lancement"), rows)


def _overlaps(data: BilanData) -> Table:
    rows = tuple(
        (row.group, row.group_name, row.code, row.gross, row.overlap, row.net, row.decision, row.reason)
        for row in data.overlaps
    )
    headers = ("SIREN du groupe", "Groupe", "Code", "Brut", "Recoupement", "Net", "Décision", "Motif")
    return Table("Recoupements", headers, rows)


def _elsewhere(data: BilanData) -> Table:
    rows = tuple((row.code, row.value, ", ".join(row.companies)) for row in data.elsewhere)
    return Table("Comptés ailleurs", ("Code", "Valeur", "Entreprises"), rows)


def _specific(data: BilanData) -> Table:
    rows = tuple((row.company, row.label, row.unit, row.target, row.cumulative) for row in data.specific)
    return Table("Engagements spécifiques", ("Entreprise", "Engagement", "Unité", "Objectif", "Cumul"), rows)


def _context(data: BilanData) -> Table:
    rows = tuple(
        (
            line.filed or line.label,
            getattr(data.context, line.name),
            getattr(data.context, line.dated) if line.dated else None,
            _source(data.context, line),
        )
        for line in CONTEXT
    )
    return Table("Contexte", ("Donnée", "Valeur", "Date", "Source"), rows)


def _source(context: Context, line: ContextLine) -> str:
    """Where it comes from; of the job seekers, which categories were counted too."""
    if line.reason and getattr(context, line.name) is None and (reason := getattr(context, line.reason)):
        return f"motif\u00a0: {reason}"
    source: str = getattr(context, line.source)
    categories = context.defm_category if line.name == "defm" else ""
    return f"{source} (catégories {categories})" if categories else source


def _completeness(data: BilanData) -> Table:
    counts = data.completeness
    rows: list[tuple[Cell, ...]] = [
        ("Remontées attendues", counts.expected),
        ("Remontées reçues", counts.received),
        ("Remontées validées", counts.validated),
        ("Remontées reçues après l’échéance", counts.late),
    ]
    rows += [("Silencieuse", name) for name in counts.silent]
    rows += [("Reçue, non validée", name) for name in counts.pending]
    rows += [("Motif de l’envoi", data.sending_note)] if data.sending_note else []
    return Table("Réponses", ("Rubrique", "Valeur"), tuple(rows))
