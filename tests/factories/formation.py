"""Courses, sessions and sign-ups."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from wagtail.models import Page, Site

import factory
import wagtail_factories
from factory.django import DjangoModelFactory

from formation.enums import (
    BuyerType,
    CourseLevel,
    CoursePath,
    EntryLevel,
    PriceUnit,
    SessionState,
    SurveyKind,
)
from formation.models import (
    Agreement,
    CatalogueIndexPage,
    Complaint,
    CoursePage,
    CourseTheme,
    Enrolment,
    EnrolmentRequest,
    Session,
    Survey,
    TailoredRequest,
    TimeSlot,
    Trainer,
    TrainingInformationPage,
    Venue,
)
from formation.services import agreements, complaints, tailored
from formation.services.enrolment import SignUp, Trainee, enrol
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from home.models import OrganisationSettings
from site_enys.states import Actor, Role


class CourseThemeFactory(DjangoModelFactory):
    class Meta:
        model = CourseTheme
        django_get_or_create = ("slug",)

    slug = "recherche"
    name = factory.LazyAttribute(lambda theme: f"Thème {theme.slug}")


class TrainerFactory(DjangoModelFactory):
    class Meta:
        model = Trainer
        django_get_or_create = ("name",)

    name = "Marc Delattre"
    qualifications = "docteur en sociologie"


class VenueFactory(DjangoModelFactory):
    class Meta:
        model = Venue
        django_get_or_create = ("name",)

    name = "Maison des associations"
    address = "28 rue des Tilleuls\n69007 Lyon"
    city = "Lyon"


def catalogue() -> CatalogueIndexPage:
    """The only catalogue, with what its courses inherit."""
    existing = CatalogueIndexPage.objects.first()
    if existing:
        return existing
    root = Page.objects.get(pk=Site.objects.get(is_default_site=True).root_page_id)
    page = CatalogueIndexPage(
        slug="formation",
        title="Formation",
        introduction="Nos formations.",
        contact_name="Nadia Benali",
        contact_phone="04 00 00 00 00",
        contact_email="formation@enys.test",
        disability_contact="Inès Corbel, handicap@enys.test",
        accessibility_statement="Nos salles sont accessibles.",
        siret="732 829 320 00074",
        qualiopi_until=date(2099, 12, 31),
    )
    root.add_child(instance=page)
    page.terms_page, page.internal_rules_page = (
        page.add_child(
            instance=TrainingInformationPage(
                slug=slug, title=title, body=[("paragraph", "<p>Texte.</p>")]
            )
        )
        for slug, title in (("cgv", "Conditions générales"), ("reglement", "Règlement intérieur"))
    )
    page.save()
    return page


def known_firm() -> OrganisationSettings:
    """All that other catalogues want to know of the firm."""
    organisation = OrganisationSettings.for_site(Site.objects.get(is_default_site=True))
    organisation.legal_name = "ENYS Conseil"
    organisation.representative = "Claire Vasseur, gérante"
    organisation.training_number = "84 69 12345 67"
    organisation.head_office = "1 rue de la Paix\nBâtiment B\n69003 Lyon"
    organisation.email = "contact@enys.test"
    organisation.save()
    return organisation


class CoursePageFactory(wagtail_factories.PageFactory):
    """A published course that says everything a course must say."""

    class Meta:
        model = CoursePage

    parent = factory.LazyFunction(catalogue)
    title = factory.Sequence(lambda number: f"Conduire une recherche-action {number}")
    slug = factory.Sequence(lambda number: f"recherche-action-{number}")
    code = factory.Sequence(lambda number: f"RA{number}")
    theme = factory.SubFactory(CourseThemeFactory)
    introduction = "Chercher avec celles et ceux qui agissent."
    objectives = [("objective", "Négocier une commande")]
    prerequisites = "Aucun."
    audience = "Travailleurs sociaux."
    programme = [
        ("module", {"title": "S’accorder", "hours": Decimal(7), "content": "<p>La demande.</p>"})
    ]
    teaching_methods = "Mises en situation."
    resources = "Carnet de recherche."
    assessment_methods = "Note de cadrage."
    trainers = factory.LazyFunction(lambda: [TrainerFactory()])
    duration_hours = Decimal(14)
    duration_days = Decimal(2)
    access_modes = "Après un échange."
    access_delay_days = 14
    price_excl_tax = Decimal(480)
    price_unit = PriceUnit.PERSON
    level = CourseLevel.INITIATION
    employer_funding = True
    opco_funding = True
    personal_funding = True
    formacodes = "14284, 15031"
    nsf_code = "332"
    entry_level = EntryLevel.NONE
    public_codes = "80036"
    learning_path = CoursePath.GROUP
    funding_note = "Votre employeur ou son opérateur de compétences peut financer."
    first_session_on = date(2027, 3, 1)


def hot_answers(session: Session, *ratings: int | None, at: datetime | None = None) -> None:
    """Questionnaires sent at the end of a session; None is one that never came back."""
    at = at or session.ends_at
    known = Survey.objects.filter(session=session).count()
    Survey.objects.bulk_create(
        Survey(
            kind=SurveyKind.HOT,
            session=session,
            respondent=f"enrolment:essai-{number}",
            sent_at=session.ends_at,
            rating=rating,
            answered_at=at if rating else None,
            answers={"satisfaction": rating} if rating else {},
        )
        for number, rating in enumerate(ratings, start=known)
    )


def half_days(first: datetime, days: int = 2) -> list[TimeSlot]:
    """Two half-days on each of `days` days, the first beginning at `first`."""
    return [
        TimeSlot(starts_at=start, ends_at=start + timedelta(hours=3.5))
        for day in range(days)
        for start in (first + timedelta(days=day), first + timedelta(days=day, hours=4.5))
    ]


class SessionFactory(DjangoModelFactory):
    """A scheduled session in a month; `starts_at` moves its half-days."""

    class Meta:
        model = Session

    class Params:
        first = factory.LazyFunction(lambda: a_month_from(timezone.now()))

    course = factory.SubFactory(CoursePageFactory)
    code = factory.Sequence(lambda number: f"RA-2027-{number}")
    venue = factory.SubFactory(VenueFactory)
    capacity = 12
    min_participants = 1
    state = SessionState.PUBLISHED
    slots = factory.LazyAttribute(lambda session: half_days(session.first))


def a_month_from(now: datetime) -> datetime:
    """Nine in the morning, thirty days later, on the clock of Paris."""
    day = timezone.localtime(now + timedelta(days=30))
    return day.replace(hour=9, minute=0, second=0, microsecond=0)


def trainee(number: int = 1, **answers: Any) -> Trainee:
    """Somebody to enrol; another one for each number."""
    values: dict[str, Any] = {
        "first_name": "Aïcha",
        "last_name": f"Moreau {number}",
        "email": f"stagiaire{number}@exemple.test",
    }
    return Trainee(**values | answers)


def sign_up(number: int = 1, **answers: Any) -> SignUp:
    """The validated answers for somebody; an employer's by default."""
    names = Trainee.__dataclass_fields__.keys() & answers.keys()
    person = {name: answers.pop(name) for name in names}
    values: dict[str, Any] = {
        "buyer_type": BuyerType.COMPANY,
        "trainees": (trainee(number, **person),),
        "organisation": "Association Les Deux Rives",
        "contact_name": "Martine Aubert",
        "contact_email": "direction@deux-rives.test",
        "notice_version": "essai",
    }
    return SignUp(**values | answers)


def group(*numbers: int, **answers: Any) -> SignUp:
    """The validated answers of an employer for several people."""
    return sign_up(trainees=tuple(trainee(number) for number in numbers), **answers)


def individual(number: int = 1, **answers: Any) -> SignUp:
    """The validated answers of somebody who pays for herself."""
    blank = {"organisation": "", "contact_name": "", "contact_email": ""}
    return sign_up(number, buyer_type=BuyerType.INDIVIDUAL, **blank | answers)


def accepted(data: SignUp, now: datetime, session: Session | None = None) -> EnrolmentRequest:
    """A request all of whose people are accepted: what is left is the agreement."""
    request = enrol(session or SessionFactory(), data, now)
    for enrolment in request.enrolments.order_by("pk"):
        ENROLMENT_LIFECYCLE.apply(enrolment, "accept", by=Actor(Role.STAFF), now=now)
    return request


def agreement_to_sign(
    data: SignUp, now: datetime, session: Session | None = None, **how: Any
) -> Agreement:
    """A convention, or a contract, that waits for its signature."""
    request = accepted(data, now, session)
    return agreements.send(request, known_firm(), by=Actor(Role.STAFF), now=now, **how)


TAILORED_ANSWERS: dict[str, Any] = {
    "organisation": "EHPAD Le Clos fleuri",
    "siret": "",
    "contact_name": "Rachid Ouali",
    "contact_email": "r.ouali@exemple.test",
    "contact_phone": "02 40 00 00 00",
    "headcount": 24,
    "period": "au printemps",
    "place": "Rezé",
    "need": "Remettre à plat la façon dont on parle des résidents.",
}


def tailored_request(
    now: datetime | None = None,
    *,
    course: CoursePage | None = None,
    quarantined: bool = False,
    **answers: Any,
) -> TailoredRequest:
    """A request as the form brings it in."""
    return tailored.receive(
        TAILORED_ANSWERS | answers,
        now or timezone.now(),
        course=course,
        notice_version="essai",
        quarantined=quarantined,
    )


COMPLAINT: dict[str, str] = {
    "author_kind": "trainee",
    "author_name": "Awa Diop",
    "author_email": "awa@exemple.test",
    "author_phone": "",
    "subject": "Salle fermée à l’arrivée",
    "text": "La salle était fermée, nous avons attendu une heure.",
}


def a_complaint(
    now: datetime,
    *,
    session: Session | None = None,
    arrival: complaints.Arrival | None = None,
    **answers: str,
) -> Complaint:
    """A complaint as the form brings it in."""
    arrival = arrival or complaints.Arrival()
    return complaints.receive(COMPLAINT | answers, now, session=session, arrival=arrival)


def confirmed(session: Session, *numbers: int, now: datetime) -> list[Enrolment]:
    """People whose enrolment in the session is definitive, sent by one employer."""
    request = enrol(session, group(*(numbers or (1,))), now)
    people = list(request.enrolments.order_by("pk"))
    for enrolment in people:
        ENROLMENT_LIFECYCLE.apply(
            enrolment, "confirm_directly", by=Actor(Role.STAFF), now=now, reason="Commande reçue."
        )
    return people
