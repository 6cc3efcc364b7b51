"""The bilan as plain tables, one sheet each: numbers and days in columns of their own, words in others. Pure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from french.words import NO, NOT_GIVEN, YES
from reporting.bilan import BilanData, Context, Movement
from reporting.boxes import CONTEXT, TYPED, ContextLine, Kind
from reporting.columns import GIVEN
from reporting.entries import absence, categories
from reporting.rows import headers, wide
from tabular.cells import Cell, Quantity, Table

Item = TypeVar("Item")

FIGURES_TITLE = "Indicateurs"
WORDS_WIDTH = 44
"""Characters of a label, in a table with many columns."""

SHEETS = {
    "Bilan": "Le département, la version, combien d’entreprises ont répondu et les rubriques rédigées.",
    FIGURES_TITLE: "Un indicateur ou un ratio par ligne, axe après axe\u00a0; ses colonnes sont définies plus bas.",
    "Signataires": "Une entreprise par ligne, sous sa dernière convention\u00a0; « Conventions » en donne le nombre.",
    "Signatures": "Conventions signées chaque mois du semestre, et combien viennent d’une charte.",
    "Partenaires": "Les associations et les autres acteurs.",
    "Exemples": "Les actions racontées\u00a0; « Publiable » dit si ceux dont il s’agit en sont d’accord.",
    "Mouvements": "Entrées, renouvellements et départs\u00a0; un résultat depuis le lancement par ligne.",
    "Recoupements": "Ce qu’un groupe et ses établissements déclarent plusieurs fois, et ce qui en est décidé.",
    "Comptés ailleurs": "Ce qu’un autre bilan compte aussi.",
    "Engagements spécifiques": "Hors catalogue\u00a0: listés, jamais additionnés.",
    "Contexte": "Les quartiers prioritaires du département, chaque donnée avec sa date et sa source.",
    "Sans chiffres": "Les entreprises silencieuses, et celles dont la remontée n’est pas validée.",
    "Modifications": "Ce que ce rectificatif change, avant et après.",
    "Versions": "Les versions déjà transmises, avec l’empreinte de leur PDF.",
}
"""What is on each sheet."""


def tables(data: BilanData) -> tuple[Table, ...]:
    """The whole bilan, box after box; a table without a line is not there."""
    every = (
        _identity(data),
        figures(data),
        _signatories(data),
        _signatures(data),
        _partners(data),
        _examples(data),
        _movements(data),
        _overlaps(data),
        _elsewhere(data),
        _specific(data),
        _context(data),
        _without_figures(data),
        _changes(data),
        _versions(data),
    )
    return tuple(table for table in every if table.rows)


def figures(data: BilanData) -> Table:
    """Every indicator, then every ratio, axis after axis."""
    rows = [with_axis(wide(line), axis.label) for axis in data.axes for line in axis.lines]
    return Table(FIGURES_TITLE, with_axis(headers(), "Axe"), tuple(rows), still=2, across=3, widest=WORDS_WIDTH)


def with_axis(row: tuple[Item, ...], axis: Item) -> tuple[Item, ...]:
    """Behind the code and the label, which stay in sight."""
    return (*row[:2], axis, *row[2:])


def _identity(data: BilanData) -> Table:
    sent = data.transmitted_at
    pairs: Sequence[tuple[str, Cell]] = (
        ("Département", f"{data.place.name} ({data.place.code})"),
        ("Région", data.place.region),
        ("Semestre", data.semester),
        ("Version", data.version if data.numbered else "projet"),
        ("État", "projet" if data.is_draft else "transmis"),
        ("Chiffres au", data.as_of),
        ("Transmis le", sent.date() if sent else "projet, non transmis"),
        ("Remontées attendues", data.completeness.expected),
        ("Remontées reçues", data.completeness.received),
        ("Remontées validées", data.completeness.validated),
        ("Remontées reçues après l’échéance", data.completeness.late),
        ("Chartes restant à convertir", data.charters_left),
    )
    # The reason first, since it is about the version; then who wrote, then what was written.
    order = sorted(TYPED, key=lambda box: (not box.rectificatif, box.kind is Kind.TEXT))
    texts = [(box.file_title, data.texts[box.name]) for box in order]
    note = [("Motif de l’envoi malgré des manques", data.sending_note)] if data.sending_note else []
    rows = ((label, NOT_GIVEN if value in {None, ""} else value) for label, value in (*pairs, *note, *texts))
    return Table("Bilan", ("Rubrique", "Contenu"), tuple(rows), widest=100, leftward=True)


def _signatories(data: BilanData) -> Table:
    rows = tuple(
        (
            line.company,
            line.siret,
            line.category,
            line.town,
            line.reference,
            line.conventions,
            ", ".join(line.axes),
            line.signed_on,
            line.starts_on,
            line.ends_on,
            line.charter or "nouvelle",
            YES if line.stays else NO,
            line.left_on or "",
            line.departure,
        )
        for line in data.signatories
    )
    names = (
        *("Entreprise", "SIRET", "Catégorie", "Commune", "Convention", "Conventions", "Axes", "Signée le", "Du", "Au"),
        *("Origine", "Engagée au dernier jour", "Partie le", "Départ"),
    )
    return Table("Signataires", names, rows, still=1, widest=WORDS_WIDTH)


def _signatures(data: BilanData) -> Table:
    rows = tuple((line.month, line.conventions, line.from_charter) for line in data.signatures)
    return Table("Signatures", ("Mois", "Conventions signées", "Dont issues d’une charte"), rows)


def _partners(data: BilanData) -> Table:
    rows = tuple((row.name, row.kind, row.part or NOT_GIVEN) for row in data.partners)
    return Table("Partenaires", ("Nom", "Nature", "Rôle"), rows, widest=80)


def _examples(data: BilanData) -> Table:
    rows = tuple(
        (
            axis.label,
            row.company or f"Préfecture {data.place.of_name}",
            row.title,
            row.text,
            YES if row.publishable else NO,
        )
        for axis in data.axes
        for row in axis.examples
    )
    return Table("Exemples", ("Axe", "Racontée par", "Action", "Récit", "Publiable"), rows, widest=80)


def _movements(data: BilanData) -> Table:
    rows = tuple(row for movement in data.movements for row in _movement(movement))
    names = ("Entreprise", "Mouvement", "Date", "Convention", "Résultat depuis le lancement", "Valeur", "Unité")
    return Table("Mouvements", names, rows, widest=WORDS_WIDTH)


def _movement(movement: Movement) -> Iterator[tuple[Cell, ...]]:
    """A line for each thing that it brought, one line when it brought nothing."""
    words = (movement.company, movement.kind, movement.on, movement.reference)
    for one in movement.outcomes:
        yield (*words, one.label, Quantity(one.value, one.unit), one.unit or "nombre")
    if not movement.outcomes:
        yield (*words, "", "", "")


def _overlaps(data: BilanData) -> Table:
    rows = tuple(
        (
            row.group,
            row.group_name,
            row.code,
            _counted(data, row.code, row.gross),
            _counted(data, row.code, row.overlap),
            _counted(data, row.code, row.net),
            row.decision,
            row.reason,
        )
        for row in data.overlaps
    )
    names = ("SIREN du groupe", "Groupe", "Code", "Brut", "Recoupement", "Net", "Décision", "Motif")
    return Table("Recoupements", names, rows, still=2, widest=80)


def _elsewhere(data: BilanData) -> Table:
    rows = tuple((row.code, _counted(data, row.code, row.value), ", ".join(row.companies)) for row in data.elsewhere)
    return Table("Comptés ailleurs", ("Code", "Valeur", "Entreprises"), rows, widest=90)


def _counted(data: BilanData, code: str, value: Decimal) -> Quantity:
    """In the unit of its figure."""
    figure = data.figure(code)
    return Quantity(value, figure.unit if figure else "")


def _specific(data: BilanData) -> Table:
    rows = tuple(
        (
            row.company,
            row.label,
            row.unit,
            Quantity(row.target),
            "" if row.cumulative is None else Quantity(row.cumulative),
            NOT_GIVEN if row.cumulative is None else GIVEN,
        )
        for row in data.specific
    )
    names = ("Entreprise", "Engagement", "Unité", "Objectif", "Cumul", "Statut du cumul")
    return Table("Engagements spécifiques", names, rows)


def _context(data: BilanData) -> Table:
    names = ("Donnée", "Valeur", "Statut", "Année", "Date", "Source")
    return Table("Contexte", names, tuple(_context_row(data.context, line) for line in CONTEXT))


def _context_row(context: Context, line: ContextLine) -> tuple[Cell, ...]:
    """A census has a year, a list has a day: each in its column."""
    value = getattr(context, line.name)
    dated = getattr(context, line.dated) if line.dated else None
    return (
        line.filed or line.label,
        "" if value is None else Quantity(value),
        NOT_GIVEN if value is None else GIVEN,
        dated if isinstance(dated, int) else "",
        "" if dated is None or isinstance(dated, int) else dated,
        _source(context, line),
    )


def _source(context: Context, line: ContextLine) -> str:
    """Where it comes from; of the job seekers, which categories were counted too."""
    if reason := absence(context, line):
        return f"motif\u00a0: {reason}"
    source: str = getattr(context, line.source)
    counted = categories(context, line)
    return f"{source} ({counted})" if counted else source


def _without_figures(data: BilanData) -> Table:
    silent = [(name, "silencieuse") for name in data.completeness.silent]
    pending = [(name, "reçue, non validée") for name in data.completeness.pending]
    return Table("Sans chiffres", ("Entreprise", "Remontée"), (*silent, *pending))


def _changes(data: BilanData) -> Table:
    rows = tuple((row.label, row.old, row.new) for row in data.changes)
    return Table("Modifications", ("Ce qui change", "Avant", "Après"), rows)


def _versions(data: BilanData) -> Table:
    rows = tuple((row.number, row.transmitted_on, row.sha256, row.reason) for row in data.versions)
    return Table("Versions", ("Version", "Transmise le", "Empreinte SHA-256 du PDF", "Motif"), rows, widest=70)
