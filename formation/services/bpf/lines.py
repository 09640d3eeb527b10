"""The lines of the form, each with the facts that it adds up."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from formation.enums import BuyerType, Funder, TraineeStatus
from formation.models import CoursePage, EnrolmentRequest

from .facts import Followed, Product, Taught, hours

Fact = Followed | Taught | Product
F = TypeVar("F", Followed, Taught, Product)
K = TypeVar("K")

#: Part C: from whom the products come. The form has more lines than a small firm needs; those
#: that nothing here can fill are left out.
PRODUCT_LINES = {
    Funder.EMPLOYER: ("C-1", "Entreprises, pour la formation de leurs salariés"),
    Funder.OPCO: ("C-2h", "OPCO, plan de développement des compétences et autres dispositifs"),
    Funder.FAF: ("C-2g", "Fonds d’assurance formation des non-salariés"),
    Funder.PUBLIC: ("C-8", "Autres ressources publiques"),
    Funder.OTHER: ("C-11", "Autres produits de la formation professionnelle"),
}
PRIVATE_LINE = ("C-9", "Contrats conclus avec des personnes à titre individuel et à leurs frais")
STATUS_LINES = {
    TraineeStatus.EMPLOYEE: ("F-1a", "Salariés d’employeurs privés, hors apprentis"),
    TraineeStatus.APPRENTICE: ("F-1b", "Apprentis"),
    TraineeStatus.JOB_SEEKER: ("F-1c", "Personnes en recherche d’emploi"),
    TraineeStatus.PRIVATE: ("F-1d", "Particuliers à leurs propres frais"),
    TraineeStatus.OTHER: ("F-1e", "Autres stagiaires"),
}
OBJECTIVE_LINES = {
    "RNCP": ("F-3a", "Diplôme, titre ou CQP inscrit au RNCP"),
    "RS": ("F-3b", "Certification ou habilitation inscrite au Répertoire spécifique"),
    "": ("F-3d", "Autres formations professionnelles"),
}
#: The form names this many specialities, and adds up the others.
SPECIALITIES = 5


@dataclass(frozen=True)
class Line:
    """One line of the form. `facts` are what it adds up, for whoever wants to see them."""

    code: str
    label: str
    facts: Sequence[Fact] = ()

    @property
    def people(self) -> int:
        """Trainees, or trainers: somebody followed twice is two trainees, and one trainer."""
        followed = sum(isinstance(fact, Followed) for fact in self.facts)
        trainers = {fact.trainer for fact in self.facts if isinstance(fact, Taught)}
        return followed + len(trainers)

    @property
    def hours(self) -> Decimal:
        return hours(fact.minutes for fact in self.facts if not isinstance(fact, Product))

    @property
    def amount(self) -> Decimal:
        """In euros, before tax."""
        amounts = (fact.amount for fact in self.facts if isinstance(fact, Product))
        return sum(filter(None, amounts), Decimal(0))


@dataclass(frozen=True)
class Part:
    """One part (« cadre ») of the form; `unit` says which figures its lines have."""

    code: str
    title: str
    lines: Sequence[Line]
    in_euros: bool = False
    note: str = ""


def product_part(products: Sequence[Product]) -> Part:
    by_line = _grouped(products, lambda fact: product_line(fact.request))
    lines = [*PRODUCT_LINES.values(), PRIVATE_LINE]
    return Part(
        "C",
        "Bilan financier hors taxes\u00a0: origine des produits",
        [*(Line(*line, by_line.get(line, ())) for line in lines), Line("C", "Total", products)],
        in_euros=True,
        note="Un produit compte l’année où sa session finit. Les charges (cadre D) viennent de la "
        "comptabilité.",
    )


def product_line(request: EnrolmentRequest) -> tuple[str, str]:
    """Where a product goes; an employer who has named no funder is taken to pay by itself."""
    if request.buyer_type == BuyerType.INDIVIDUAL:
        return PRIVATE_LINE
    return PRODUCT_LINES[Funder(request.funder or Funder.EMPLOYER)]


def teaching_part(taught: Sequence[Taught]) -> Part:
    inside = [fact for fact in taught if fact.trainer and not fact.trainer.subcontractor]
    outside = [fact for fact in taught if fact.trainer and fact.trainer.subcontractor]
    return Part(
        "E",
        "Personnes dispensant des heures de formation",
        [
            Line("E-1", "Personnes de l’organisme", inside),
            Line("E-2", "Personnes extérieures, sous contrat de prestation", outside),
        ],
    )


def trainee_part(followed: Sequence[Followed]) -> Part:
    by_status = _grouped(followed, lambda fact: fact.enrolment.bpf_status)
    return Part(
        "F-1",
        "Type de stagiaires",
        [
            *(Line(*line, by_status.get(status, ())) for status, line in STATUS_LINES.items()),
            Line("F-1", "Total", followed),
            Line(
                "F-1 dont",
                "Dont formés en tout ou partie à distance",
                [fact for fact in followed if fact.remote],
            ),
        ],
    )


def subcontracted_part(followed: Sequence[Followed]) -> Part:
    handed = [
        Followed(fact.enrolment, fact.subcontracted, fact.subcontracted)
        for fact in followed
        if fact.subcontracted
    ]
    return Part(
        "F-2",
        "Dont activité sous-traitée de l’organisme",
        [Line("F-2", "Formation confiée à un autre organisme ou à un indépendant", handed)],
    )


def objective_part(followed: Sequence[Followed]) -> Part:
    by_objective = _grouped(followed, lambda fact: objective(fact.enrolment.session.course))
    return Part(
        "F-3",
        "Objectif général des prestations",
        [
            *(Line(*line, by_objective.get(key, ())) for key, line in OBJECTIVE_LINES.items()),
            Line("F-3", "Total", followed),
        ],
    )


def objective(course: CoursePage) -> str:
    """« RNCP », « RS », or nothing for a course that certifies nothing."""
    if not course.is_certifying:
        return ""
    return "RNCP" if course.certification_code.startswith("RNCP") else "RS"


def speciality_part(followed: Sequence[Followed]) -> Part:
    by_code = _grouped(followed, lambda fact: fact.enrolment.session.course.nsf_code)
    coded = [Line(f"F-4 {code}", f"Spécialité {code}", by_code[code]) for code in by_code if code]
    coded.sort(key=lambda line: (-line.hours, line.code))
    rest = [fact for line in coded[SPECIALITIES:] for fact in line.facts]
    return Part(
        "F-4",
        "Spécialités de formation (NSF)",
        [
            *coded[:SPECIALITIES],
            Line("F-4 autres", "Autres spécialités", [*rest, *by_code.get("", ())]),
            Line("F-4", "Total", followed),
        ],
    )


def _grouped(facts: Iterable[F], key: Callable[[F], K]) -> dict[K, list[F]]:
    groups: dict[K, list[F]] = {}
    for fact in facts:
        groups.setdefault(key(fact), []).append(fact)
    return groups
