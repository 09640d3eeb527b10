"""What a course page must say before it is published.

Source: articles L6353-8, D6313-3-1 and L6352-3 of the labour code, and indicators 1, 2 and 26 of
the national quality referential (reading guide V9).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS

from formation.enums import DeliveryMode

Values = Callable[[str], Any]


@dataclass(frozen=True)
class Item:
    """One item: the field it belongs beside, the sentence, and when it is satisfied."""

    field: str
    sentence: str
    satisfied: Callable[[Values], bool]


def _filled(field: str, sentence: str) -> Item:
    return Item(field, sentence, lambda get: _has(get(field)))


def _has(value: Any) -> bool:
    if value is None:
        return False
    if hasattr(value, "stream_block") or hasattr(value, "exists") or isinstance(value, list):
        return len(value) > 0 if hasattr(value, "__len__") else value.exists()
    return bool(str(value).strip())


def _remote(field: str, sentence: str) -> Item:
    return Item(
        field,
        sentence,
        lambda get: get("delivery_mode") == DeliveryMode.ONSITE or _has(get(field)),
    )


def _certifying(field: str, sentence: str) -> Item:
    return Item(field, sentence, lambda get: not get("is_certifying") or _has(get(field)))


ITEMS = (
    _filled("theme", "Choisissez un thème."),
    _filled("introduction", "Présentez la formation en quelques phrases."),
    _filled("objectives", "Indiquez au moins un objectif pédagogique."),
    _filled("prerequisites", "Indiquez les prérequis, ou « Aucun »."),
    _filled("audience", "Indiquez le public visé."),
    _filled("programme", "Décrivez le programme, module par module."),
    _filled("teaching_methods", "Décrivez les méthodes mobilisées."),
    _filled("resources", "Décrivez les moyens et les supports."),
    _filled("assessment_methods", "Décrivez les modalités d’évaluation."),
    _filled("trainers", "Indiquez au moins un formateur."),
    _filled("duration_hours", "Indiquez la durée en heures."),
    _filled("duration_days", "Indiquez la durée en jours."),
    _filled("access_modes", "Décrivez les modalités d’accès."),
    _filled("access_delay_days", "Indiquez le délai d’accès en jours."),
    _remote("remote_support", "À distance, décrivez l’assistance technique et pédagogique."),
    _remote("remote_work", "À distance, décrivez les activités et leur durée moyenne."),
    _remote("remote_assessments", "À distance, décrivez les évaluations."),
    Item(
        "price_excl_tax",
        "Indiquez un tarif, ou la règle qui permet de le calculer.",
        lambda get: _has(get("price_excl_tax")) or _has(get("price_note")),
    ),
    _certifying("certification_title", "Indiquez le nom exact de la certification."),
    _certifying("certification_code", "Indiquez le code RNCP ou RS."),
    _certifying("certifier", "Indiquez le certificateur."),
    _certifying("certification_registered_on", "Indiquez la date d’enregistrement."),
    Item(
        "cpf_url",
        "Le CPF ne finance qu’une formation certifiante.",
        lambda get: bool(get("is_certifying")) or not _has(get("cpf_url")),
    ),
    Item(
        "results_rate",
        "Indiquez un résultat, ou la date de la première session.",
        lambda get: _has(get("results_rate")) or _has(get("first_session_on")),
    ),
    Item(
        "results_answers",
        "Un taux s’accompagne du nombre de réponses.",
        lambda get: not _has(get("results_rate")) or _has(get("results_answers")),
    ),
    Item(
        "results_period",
        "Un taux s’accompagne de sa période.",
        lambda get: not _has(get("results_rate")) or _has(get("results_period")),
    ),
    Item(
        "results_source",
        "Un taux s’accompagne de sa source.",
        lambda get: not _has(get("results_rate")) or _has(get("results_source")),
    ),
)

#: Items that the catalogue may say once for all courses.
INHERITED = (
    ("contact_name", "Indiquez la personne à contacter, ici ou dans le catalogue."),
    ("contact_phone", "Indiquez son téléphone, ici ou dans le catalogue."),
    ("contact_email", "Indiquez son adresse électronique, ici ou dans le catalogue."),
    ("accessibility_statement", "Décrivez l’accessibilité, ici ou dans le catalogue."),
    ("disability_contact", "Indiquez le référent handicap, ici ou dans le catalogue."),
)
#: Pages that the catalogue links for all courses.
LINKED = (
    ("terms_page", "les conditions générales de vente"),
    ("internal_rules_page", "le règlement intérieur"),
)


def missing_items(course: Any, values: dict[str, Any]) -> dict[str, list[str]]:
    """Return, by field, a French sentence for each item that is missing.

    `values` are those of a form being validated; what is absent is read from the page.
    """

    def get(name: str) -> Any:
        return values[name] if name in values else getattr(course, name)

    missing = {item.field: [item.sentence] for item in ITEMS if not item.satisfied(get)}
    common = course.catalogue
    for field, sentence in INHERITED:
        if not _has(get(field)) and not _has(getattr(common, field, "")):
            missing[field] = [sentence]
    absent = [name for field, name in LINKED if not getattr(common, f"{field}_id", None)]
    if absent:
        missing[NON_FIELD_ERRORS] = [f"Le catalogue doit indiquer {' et '.join(absent)}."]
    return missing
