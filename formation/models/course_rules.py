"""What a course page must say before it is published, and what it would better say.

Sources: articles L6353-8, L6352-3, L6353-4 and D6313-3-1 of the labour code, indicators 1, 2, 3,
5, 11, 17, 19 and 26 of the national quality referential (reading guide V9), and the terms of use
of the Qualiopi mark, which keep its logo off the pages that describe one course.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import timezone

from formation.enums import ASK_FOR_CERTIFICATION, DeliveryMode, Funding, SessionState
from home.services import guiding

from .course_classification import FUNDING_FIELDS
from .results import results_of

#: Verbs that name a state of mind, which no assessment can observe.
VAGUE_VERBS = ("connaître", "comprendre", "savoir", "appréhender", "découvrir")


@dataclass(frozen=True)
class Said:
    """What the page says: the values of a form being filled in, or else those of the page."""

    course: Any
    values: dict[str, Any]

    def get(self, name: str) -> Any:
        return self.values[name] if name in self.values else getattr(self.course, name)

    def has(self, name: str) -> bool:
        return _filled_in(self.get(name))

    def has_or_inherits(self, name: str) -> bool:
        return self.has(name) or _filled_in(getattr(self.course.catalogue, name, None))


@dataclass(frozen=True)
class Item:
    """One item: the field it belongs beside, who asks for it, the sentence, and the test."""

    field: str
    source: str
    sentence: str
    satisfied: Callable[[Said], bool]


@dataclass(frozen=True)
class Finding:
    """Where a page stands about one item."""

    item: Item
    satisfied: bool


def _filled_in(value: Any) -> bool:
    if value is None:
        return False
    if hasattr(value, "exists"):
        return value.exists()
    if hasattr(value, "__len__") and not isinstance(value, str):
        return len(value) > 0 and not guiding.left_in(value)
    return bool(str(value).strip()) and not guiding.left_in(value)


def _always(field: str, source: str, sentence: str) -> Item:
    return Item(field, source, sentence, lambda said: said.has(field))


def _here_or_in_the_catalogue(field: str, source: str, sentence: str) -> Item:
    return Item(
        field,
        source,
        f"{sentence}, ici ou dans le catalogue.",
        lambda said: said.has_or_inherits(field),
    )


def _at_a_distance(field: str, sentence: str) -> Item:
    return Item(
        field,
        "article D6313-3-1",
        f"À distance, {sentence}",
        lambda said: said.get("delivery_mode") == DeliveryMode.ONSITE or said.has(field),
    )


def _when_certifying(field: str, source: str, sentence: str) -> Item:
    return Item(
        field, source, sentence, lambda said: not said.get("is_certifying") or said.has(field)
    )


def _has_results_or_will(said: Said) -> bool:
    """Answers that are counted, or the day from which there can be some."""
    if said.has("first_session_on"):
        return True
    if said.course.pk is None:
        return False
    now = timezone.now()
    return bool(results_of(said.course, now).answers) or said.course.sessions.upcoming(now).exists()


def _results_are_telling(said: Said) -> bool:
    """Enough answers once people were asked, and fresh ones."""
    if said.course.pk is None:
        return True
    now = timezone.now()
    results = results_of(said.course, now)
    return not results.asked or (results.are_enough and not results.are_old(now))


def _linked_by_the_catalogue(field: str, source: str, name: str) -> Item:
    return Item(
        NON_FIELD_ERRORS,
        source,
        f"Le catalogue doit indiquer {name}.",
        lambda said: getattr(said.course.catalogue, f"{field}_id", None) is not None,
    )


def _without_qualiopi_logo(said: Said) -> bool:
    """The only picture of a course page is the one that is shared; texts hold none."""
    picture = said.get("social_image")
    if picture is None:
        return True
    names = (picture.title, picture.file.name, *picture.tags.names())
    return not any("qualiopi" in name.lower() for name in names)


REQUIRED = (
    _always("theme", "catalogue", "Choisissez un thème."),
    _always("introduction", "indicateur 1", "Présentez la formation en quelques phrases."),
    _always("objectives", "indicateurs 1 et 5", "Indiquez au moins un objectif pédagogique."),
    _always("audience", "indicateur 1", "Indiquez le public visé."),
    _always("prerequisites", "indicateur 1", "Indiquez les prérequis, ou «\u00a0Aucun\u202f»."),
    _always("programme", "article L6353-8", "Décrivez le programme, module par module."),
    _always("teaching_methods", "indicateurs 1 et 17", "Décrivez les méthodes mobilisées."),
    _always("resources", "indicateurs 17 et 19", "Décrivez les moyens et les supports."),
    _always("assessment_methods", "indicateurs 1 et 11", "Décrivez les modalités d’évaluation."),
    _always("trainers", "articles L6353-4 et L6353-8", "Indiquez au moins un formateur."),
    _always("duration_hours", "indicateur 1", "Indiquez la durée en heures."),
    _always("duration_days", "indicateur 1", "Indiquez la durée en jours."),
    _always("access_modes", "indicateur 1", "Décrivez les modalités d’accès."),
    _always("access_delay_days", "indicateur 1", "Indiquez le délai d’accès en jours."),
    _at_a_distance("remote_support", "décrivez l’assistance technique et pédagogique."),
    _at_a_distance("remote_work", "décrivez les activités et leur durée moyenne."),
    _at_a_distance("remote_assessments", "décrivez les évaluations."),
    Item(
        "price_excl_tax",
        "indicateur 1",
        "Indiquez un tarif, ou la règle qui permet de le calculer.",
        lambda said: said.has("price_excl_tax") or said.has("price_note"),
    ),
    _always("funding_note", "indicateur 1", "Dites comment la formation peut être financée."),
    Item(
        "cpf_url",
        "article L6323-6",
        "Le CPF ne finance qu’une formation certifiante.",
        lambda said: bool(said.get("is_certifying")) or not said.has("cpf_url"),
    ),
    _here_or_in_the_catalogue(
        "contact_name", "article L6353-8, indicateur 1", "Indiquez la personne à contacter"
    ),
    _here_or_in_the_catalogue("contact_phone", "indicateur 1", "Indiquez son téléphone"),
    _here_or_in_the_catalogue("contact_email", "indicateur 1", "Indiquez son adresse électronique"),
    _here_or_in_the_catalogue(
        "accessibility_statement", "indicateurs 1 et 26", "Décrivez l’accessibilité"
    ),
    _here_or_in_the_catalogue(
        "disability_contact", "indicateur 26", "Indiquez le référent handicap"
    ),
    _when_certifying(
        "certification_title", "indicateur 3", "Indiquez le nom exact de la certification."
    ),
    _when_certifying("certification_code", "indicateur 3", "Indiquez le code RNCP ou RS."),
    _when_certifying("certifier", "indicateur 3", "Indiquez le certificateur."),
    _when_certifying(
        "certification_registered_on", "indicateur 3", "Indiquez la date d’enregistrement."
    ),
    _when_certifying(
        "certification_blocks",
        "indicateur 3",
        "Dites si des blocs de compétences peuvent être validés à part.",
    ),
    _when_certifying(
        "certification_pathways", "indicateur 3", "Indiquez les équivalences et les passerelles."
    ),
    _when_certifying("certification_prospects", "indicateur 3", "Indiquez les débouchés."),
    Item(
        "certification_success_rate",
        "indicateur 3",
        "Indiquez le taux de réussite, ou la date de la première session.",
        lambda said: (
            not said.get("is_certifying")
            or said.has("certification_success_rate")
            or said.has("first_session_on")
        ),
    ),
    Item(
        "first_session_on",
        "indicateur 2",
        "Programmez une session, ou indiquez la date de la première\u00a0: les résultats se "
        "comptent ensuite sur les réponses des participants.",
        _has_results_or_will,
    ),
    Item(
        "social_image",
        "règlement d’usage de la marque Qualiopi",
        "Le logo Qualiopi n’a pas sa place sur la page d’une formation.",
        _without_qualiopi_logo,
    ),
    _linked_by_the_catalogue("terms_page", "article L6353-8", "les conditions générales de vente"),
    _linked_by_the_catalogue("internal_rules_page", "article L6352-3", "le règlement intérieur"),
)


def _objectives_can_be_observed(said: Said) -> bool:
    objectives = (str(block.value).strip().lower() for block in said.get("objectives") or [])
    return not any(text.startswith(VAGUE_VERBS) for text in objectives)


def _sessions_last_as_announced(said: Said) -> bool:
    """Every session to come has half-days that add up to the announced duration."""
    announced = said.get("duration_hours")
    if announced is None or said.course.pk is None:
        return True
    sessions = said.course.sessions.exclude(
        state__in=[SessionState.DRAFT, SessionState.CANCELLED, SessionState.COMPLETED]
    ).prefetch_related("slots")
    return all(_length(session) == timedelta(hours=float(announced)) for session in sessions)


def _length(session: Any) -> timedelta:
    return sum((slot.ends_at - slot.starts_at for slot in session.slots.all()), timedelta())


def _says_who_may_pay(said: Said) -> bool:
    return said.has("cpf_url") or any(said.get(name) for name in FUNDING_FIELDS.values())


def _promises_only_what_is_certified(said: Said) -> bool:
    promised = {way for way, name in FUNDING_FIELDS.items() if said.get(name)}
    if said.has("cpf_url"):
        promised.add(Funding.CPF)
    if not promised & ASK_FOR_CERTIFICATION:
        return True
    catalogue = said.course.catalogue
    return catalogue is not None and catalogue.is_certified_on(timezone.localdate())


def _for_the_export(field: str, what: str) -> Item:
    return Item(
        field,
        "langage LHEO 2.3",
        f"Pour que les catalogues régionaux reprennent la formation, indiquez {what}.",
        lambda said: said.has(field),
    )


#: Without one of these codes, a course is left out of the LHEO export.
EXPORT_CODES = (
    _for_the_export("formacodes", "au moins un Formacode"),
    _for_the_export("nsf_code", "le code NSF"),
    _for_the_export("entry_level", "le niveau à l’entrée"),
    _for_the_export("public_codes", "au moins un code de public"),
    _for_the_export("learning_path", "le type de parcours"),
)

#: Said to the editor, never in the way of publication.
ADVISED = (
    Item(
        "objectives",
        "indicateur 5",
        "Préférez un verbe d’action à «\u00a0connaître\u202f» ou «\u00a0comprendre\u202f»\u00a0: "
        "il se vérifie.",
        _objectives_can_be_observed,
    ),
    Item(
        "duration_hours",
        "indicateur 1",
        "Une session à venir n’a pas la durée annoncée\u00a0: vérifiez ses demi-journées.",
        _sessions_last_as_announced,
    ),
    Item(
        "price_excl_tax",
        "indicateur 1",
        "Un tarif chiffré renseigne mieux qu’une règle seule.",
        lambda said: said.has("price_excl_tax"),
    ),
    Item(
        "first_session_on",
        "indicateur 2",
        "Moins de cinq réponses à chaud, ou aucune depuis un an\u00a0: relancez les "
        "participants, pour que la page montre un taux récent.",
        _results_are_telling,
    ),
    Item(
        "level",
        "catalogue",
        "Indiquez le niveau\u00a0: les visiteurs filtrent le catalogue par niveau.",
        lambda said: said.has("level"),
    ),
    Item(
        "employer_funding",
        "catalogue",
        "Cochez les financements possibles\u00a0: les visiteurs filtrent le catalogue par "
        "financement.",
        _says_who_may_pay,
    ),
    Item(
        "opco_funding",
        "article L6316-1",
        "L’OPCO, France Travail et le CPF ne financent qu’un organisme certifié Qualiopi\u00a0: "
        "indiquez dans le catalogue jusqu’à quand il l’est, ou retirez ces financements.",
        _promises_only_what_is_certified,
    ),
    *EXPORT_CODES,
)


def review(
    items: Iterable[Item], course: Any, values: dict[str, Any] | None = None
) -> list[Finding]:
    """Where the page stands about each item.

    `values` are those of a form being filled in; what is absent is read from the page.
    """
    said = Said(course, values or {})
    return [Finding(item, item.satisfied(said)) for item in items]


def missing_items(course: Any, values: dict[str, Any]) -> dict[str, list[str]]:
    """Return, by field, the French sentences of the required items that are missing."""
    missing: dict[str, list[str]] = {}
    for finding in review(REQUIRED, course, values):
        if not finding.satisfied:
            missing.setdefault(finding.item.field, []).append(finding.item.sentence)
    return missing
