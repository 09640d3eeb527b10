"""The table of evidence: indicator, what proves it, from when it is due, and what lacks.

Indicators of the national quality referential (decree of 6 June 2019, reading guide V9). Those that
concern the whole firm and no session in particular (18, 22 to 25) are prepared elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models

from . import checks
from .facts import SessionFacts, facts_of, sessions_of_year

#: The time that papers, answers and decisions take once a session is over.
AFTERWARDS = timedelta(days=30)


class Standing(models.TextChoices):
    """Where a session stands about one piece of evidence."""

    THERE = "there", "Réuni"
    MISSING = "missing", "Manque"
    TO_COME = "to_come", "À venir"
    NOT_CONCERNED = "not_concerned", "Sans objet"


class Due(models.TextChoices):
    """From when the lack of a proof is a fault."""

    START = "start", "au début de la session"
    END = "end", "à la fin de la session"
    AFTER = "after", "un mois après la session"


@dataclass(frozen=True)
class Evidence:
    indicators: tuple[int, ...]
    label: str
    due: Due
    check: checks.Check

    @property
    def numbers(self) -> str:
        return ", ".join(map(str, self.indicators))

    def finding(self, facts: SessionFacts, now: datetime) -> "Finding":
        missing = self.check(facts)
        if missing is None:
            return Finding(self, Standing.NOT_CONCERNED, [])
        if not missing:
            return Finding(self, Standing.THERE, [])
        late = now >= _due_at(facts, self.due)
        return Finding(self, Standing.MISSING if late else Standing.TO_COME, missing)


@dataclass(frozen=True)
class Finding:
    evidence: Evidence
    standing: Standing
    missing: Sequence[str]


@dataclass(frozen=True)
class AuditLine:
    """One session and its findings, in the order of EVIDENCE."""

    facts: SessionFacts
    findings: Sequence[Finding]

    @property
    def missing(self) -> int:
        return sum(finding.standing == Standing.MISSING for finding in self.findings)


def room(year: int, now: datetime) -> list[AuditLine]:
    """Every session of the year, with what proves each indicator."""
    return [line_of(facts, now) for facts in facts_of(list(sessions_of_year(year)), now)]


def line_of(facts: SessionFacts, now: datetime) -> AuditLine:
    return AuditLine(facts, [evidence.finding(facts, now) for evidence in EVIDENCE])


def _due_at(facts: SessionFacts, due: Due) -> datetime:
    if due == Due.START:
        return facts.starts_at
    return facts.ends_at + (AFTERWARDS if due == Due.AFTER else timedelta())


EVIDENCE: tuple[Evidence, ...] = (
    Evidence((1,), "Page publique complète et datée", Due.START, checks.public_information),
    Evidence((2,), "Indicateurs de résultats publiés", Due.START, checks.results),
    Evidence((3, 7, 16), "Certification décrite", Due.START, checks.certification),
    Evidence((4, 8), "Besoins et niveau recueillis", Due.START, checks.needs),
    Evidence((5, 6), "Objectifs et programme remis", Due.START, checks.programme),
    Evidence((6,), "Conventions et contrats signés", Due.START, checks.agreements),
    Evidence((9,), "Conditions de déroulement communiquées", Due.START, checks.welcome),
    Evidence((10,), "Assiduité suivie, demi-journée par demi-journée", Due.END, checks.followed),
    Evidence((12,), "Absences relevées et session close", Due.AFTER, checks.absences),
    Evidence((11,), "Acquis évalués et attestés", Due.AFTER, checks.assessed),
    Evidence((17,), "Moyens humains et techniques", Due.START, checks.means),
    Evidence((19,), "Ressources pédagogiques", Due.START, checks.resources),
    Evidence((21,), "Compétences des formateurs", Due.START, checks.competence),
    Evidence((26,), "Accueil des personnes handicapées", Due.START, checks.disability),
    Evidence((27,), "Sous-traitance encadrée", Due.START, checks.subcontracting),
    Evidence((30,), "Avis des parties prenantes", Due.AFTER, checks.opinions),
    Evidence((31,), "Réclamations traitées", Due.AFTER, checks.complaints),
    Evidence((32,), "Améliorations décidées", Due.AFTER, checks.improvement),
)
