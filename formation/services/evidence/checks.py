"""What proves each indicator in one session: each check names what is missing.

An empty list means that the proof is there, None that there is nothing to prove.
"""

from collections.abc import Callable, Sequence

from formation.enums import (
    UNANSWERED,
    DeliveryMode,
    DocumentKind,
    EnrolmentState,
    SessionState,
    SurveyKind,
)
from site_enys.french import plural

from .facts import SessionFacts

Check = Callable[[SessionFacts], list[str] | None]


def _people(people: Sequence[object], what: str) -> list[str]:
    if not people:
        return []
    return [f"{plural(len(people), 'personne')} sans {what}"]


def public_information(facts: SessionFacts) -> list[str]:
    course = facts.session.course
    found = [] if course.live else ["la page de la formation n’est pas publiée"]
    return found + ([] if course.updated_on else ["la page n’est pas datée"])


def results(facts: SessionFacts) -> list[str]:
    if facts.results.are_enough or facts.session.course.first_session_on:
        return []
    answers = plural(facts.results.answers, "réponse")
    return [f"{answers} pour cette formation\u00a0: pas encore de taux"]


def needs(facts: SessionFacts) -> list[str]:
    asked = facts.asked(SurveyKind.NEEDS)
    silent = len(facts.people) - asked.answered
    return [f"{plural(silent, 'recueil')} des besoins sans réponse"] if silent > 0 else []


def programme(facts: SessionFacts) -> list[str]:
    return [] if facts.has(DocumentKind.PROGRAMME) else ["programme non délivré"]


def resources(facts: SessionFacts) -> list[str]:
    return [] if facts.session.course.resources else ["moyens et supports non décrits"]


def agreements(facts: SessionFacts) -> list[str]:
    unsigned = facts.requests - facts.signed_requests
    words = ("convention ou contrat non signé", "conventions ou contrats non signés")
    return [plural(unsigned, *words)] if unsigned else []


def welcome(facts: SessionFacts) -> list[str]:
    rules = facts.catalogue and facts.catalogue.internal_rules_page_id
    found = [] if rules else ["pas de règlement intérieur dans le catalogue"]
    silent = [
        one
        for one in facts.without(DocumentKind.CONVOCATION, facts.people)
        if one.convoked_at is None
    ]
    return found + _people(silent, "convocation")


def followed(facts: SessionFacts) -> list[str]:
    people = len(facts.people)
    open_slots = [
        slot
        for slot in facts.slots
        if slot.pk not in facts.signed_slots or facts.lines[slot.pk] < people
    ]
    if not open_slots:
        return []
    return [f"{plural(len(open_slots), 'demi-journée')} sans émargement complet"]


def absences(facts: SessionFacts) -> list[str]:
    if facts.session.state != SessionState.COMPLETED:
        return ["la session n’est pas close"]
    pending = [one for one in facts.people if one.state == EnrolmentState.CONFIRMED]
    return _people(pending, "présence comptée")


def assessed(facts: SessionFacts) -> list[str]:
    taught = facts.taught
    return [
        *absences(facts),
        *_people([one for one in taught if not one.assessment], "évaluation des acquis"),
        *_people(facts.without(DocumentKind.ATTESTATION, taught), "attestation"),
        *_people(facts.without(DocumentKind.CERTIFICATE, taught), "certificat de réalisation"),
    ]


def means(facts: SessionFacts) -> list[str]:
    session = facts.session
    found = [] if facts.trainers else ["aucun formateur n’est nommé"]
    if session.delivery_mode != DeliveryMode.ONLINE and session.venue is None:
        found.append("pas de lieu")
    if session.delivery_mode != DeliveryMode.ONSITE and not session.remote_details:
        found.append("outil à distance non précisé")
    return found


def competence(facts: SessionFacts) -> list[str]:
    nameless = [one.name for one in facts.trainers if not one.qualifications]
    return [f"titres à renseigner\u00a0: {name}" for name in nameless]


def disability(facts: SessionFacts) -> list[str]:
    course = facts.session.course
    found = []
    if not course.shown_disability_contact:
        found.append("pas de référent handicap")
    if not course.shown_accessibility:
        found.append("accessibilité non décrite")
    waiting = [one for one in facts.people if one.wants_accommodation_call]
    return found + ([f"{plural(len(waiting), 'personne')} à contacter"] if waiting else [])


def subcontracting(facts: SessionFacts) -> list[str] | None:
    outside = [one for one in facts.trainers if one.subcontractor]
    if not outside:
        return None
    return [
        f"déclaration d’activité à demander\u00a0: {one.name}"
        for one in outside
        if not one.declaration_number
    ]


def certification(facts: SessionFacts) -> list[str] | None:
    course = facts.session.course
    if not course.is_certifying:
        return None
    wanted = {
        "code RNCP ou RS": course.certification_code,
        "certificateur": course.certifier,
        "taux de réussite": course.certification_success_rate,
    }
    return [f"{name} à renseigner" for name, value in wanted.items() if value in {None, ""}]


def opinions(facts: SessionFacts) -> list[str]:
    found = []
    for kind, who in (
        (SurveyKind.HOT, "les stagiaires"),
        (SurveyKind.COMPANY, "l’entreprise"),
        (SurveyKind.TRAINER, "le formateur"),
    ):
        if kind == SurveyKind.COMPANY and not facts.companies:
            continue
        if not facts.asked(kind).sent:
            found.append(f"avis non demandé\u00a0: {who}")
    if not facts.asked(SurveyKind.HOT).answered:
        found.append("aucune réponse à chaud")
    return found


def complaints(facts: SessionFacts) -> list[str] | None:
    if not facts.complaints:
        return None
    waiting = [one for one in facts.complaints if one.state in UNANSWERED]
    return [f"{plural(len(waiting), 'réclamation')} sans réponse"] if waiting else []


def improvement(facts: SessionFacts) -> list[str] | None:
    if not facts.complaints:
        return None
    idle = [one for one in facts.complaints if not one.has_action]  # type: ignore[attr-defined]
    return [f"{plural(len(idle), 'réclamation')} sans action d’amélioration"] if idle else []
