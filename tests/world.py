"""Two sides of one small world, with a row of each kind, and a mark on all that says of somebody.

What belongs to a side bears its marks: « zzcandidata » is in the name and the address of the
candidate of side a, and nowhere else. A test that meets a mark knows whose data it reads.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.utils import timezone

from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.models import Collection, Page, Site, Task, Workflow

from axes.models import AccessLog

from blog.models import CommentReport
from formation.enums import DocumentKind, SessionState, SurveyKind
from formation.links import AGREEMENT, ENROLMENT, REQUEST, SURVEY, TRAINER, TRAINER_CALENDAR
from formation.models import AttendanceSheet, ImprovementAction, Survey, TimeSlot
from formation.services import paperwork
from home.models import ContactPage, HomePage, OrganisationSettings
from recrutement.links import APPLICATION, address_token, receipt_url
from recrutement.models import PoolConsent
from rgpd.enums import RequestKind
from rgpd.links import ACCESS
from rgpd.models import NoticeVersion, PersonalAccess
from rgpd.services import requests
from search.models import Promotion, SearchMiss
from site_enys.models import JobRun, PrivateFileAccess
from site_enys.states import SYSTEM
from tests.factories import blog, formation, home, recrutement, running
from tests.factories.courrier import OutgoingMessageFactory
from tests.factories.paperwork import rules
from tests.factories.people import UserFactory

#: Who is marked: their mark ends with the letter of their side.
PEOPLE = (
    "candidat",
    "stagiaire",
    "acheteur",
    "surmesure",
    "reclamant",
    "visiteur",
    "lecteur",
    "signaleur",
    "destinataire",
    "demandeur",
)
SIDES = ("a", "b")
MARKS = tuple(f"zz{person}{side}" for person in PEOPLE for side in SIDES)


def marks_in(content: bytes) -> set[str]:
    """Whose data this answer holds, however the words are cut."""
    text = content.lower()
    return {mark for mark in MARKS if mark.encode() in text}


@dataclass
class Side:
    """What each address of one side is built from."""

    letter: str
    #: What is added to each mark, where a name or a text is stored.
    tail: str = ""
    things: dict[str, Any] = field(default_factory=dict)
    #: The content of each file of the world, which a test finds again: see `lay_files`.
    files: dict[Path, bytes] = field(default_factory=dict)

    def mark(self, person: str) -> str:
        return f"zz{person}{self.letter}{self.tail}"

    def email(self, person: str) -> str:
        return f"zz{person}{self.letter}@exemple.test"


def make_world(tail: str = "") -> dict[str, Side]:
    """Both sides; the pages and the settings are common. `tail` follows each name and text."""
    now = timezone.now()
    formation.known_firm()
    rules()
    common = the_common(now)
    for model in BaseGenericSetting.__subclasses__():
        model.load()  # written with its defaults the first time that it is read
    sides = {letter: make_side(letter, now, common, tail) for letter in SIDES}
    for side in sides.values():
        side.files = stored_files()
    return sides


def stored_files() -> dict[Path, bytes]:
    """What lies in the folders of the tests."""
    folders = (Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_ROOT))
    paths = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in paths}


def lay_files(side: Side) -> None:
    """Put the files back: each test ends with empty folders."""
    for path, content in side.files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_bytes(content)


def the_common(now: datetime) -> dict[str, Any]:
    """Pages and settings, which belong to nobody."""
    root = HomePage.objects.get()
    page = home.ServicePageFactory(title="Page commune", slug="page-commune")
    revision = page.save_revision()
    revision.publish()
    if not ContactPage.objects.exists():
        home.ContactPageFactory()
    recrutement.IndexFactory.the_one().__class__.objects.update(spontaneous_open=True)
    post = blog.PostPageFactory(slug="article-commun", tag_names=["deis"])
    post.categories.add(blog.CategoryFactory(slug="categorie-commune"))
    post.save()
    miss = SearchMiss.objects.create(
        words="mot introuvable", count=2, first_at=now, last_at=now, day=now.date()
    )
    task, shelf = Task.objects.first(), Collection.get_first_root_node()
    return {
        "root": root.pk,
        "page": page.pk,
        "revision": revision.pk,
        "blog_post": post,
        "tag": post.tags.get().pk,
        "tag_slug": post.tags.get().slug,
        "category": post.categories.get().pk,
        "category_slug": post.categories.get().slug,
        "author": post.author.pk,
        "author_slug": post.author.slug,
        "slug": post.slug,
        "year": post.date.year,
        "month": post.date.month,
        "image": home.ImageFactory(collection=shelf).pk,
        "library": home.DocumentFactory(collection=shelf).pk,
        "collection": shelf.add_child(name="Fermée").pk,
        "miss": miss.pk,
        "promotion": Promotion.objects.create(phrases="deis", page=page).pk,
        "job": JobRun.objects.create(name="essai-du-monde").pk,
        "sign_in": AccessLog.objects.create(username="compte-commun").pk,
        "notice": NoticeVersion.objects.create(
            key="contact", version="0", text="Ce que dit la page.", first_shown_at=now
        ).pk,
        "read": PrivateFileAccess.objects.create(subject="CV C-2026").pk,
        "workflow": Workflow.objects.get().pk,
        "task": task.pk if task else 1,
        "group": Group.objects.get(name="Formation").pk,
        "account": UserFactory(role="redaction").pk,
        "site": Site.objects.get().pk,
        "settings": OrganisationSettings.objects.first().pk,
        "index": Page.objects.get(slug="formation").pk,
    }


def make_side(letter: str, now: datetime, common: dict[str, Any], tail: str) -> Side:
    side = Side(letter, tail, dict(common))
    for fill in (recruit, train, write, ask):
        fill(side, now)
    message = OutgoingMessageFactory(
        to=side.email("destinataire"), subject=f"Pour {side.mark('destinataire')}", failed=True
    )
    side.things["message"] = message.pk
    return side


def recruit(side: Side, now: datetime) -> None:
    mark = side.mark("candidat")
    document = recrutement.DocumentFactory(
        application__last_name=mark,
        application__email=side.email("candidat"),
        application__reference=f"C-2026-{4000 + SIDES.index(side.letter)}",
        application__offer__slug=f"offre-{side.letter}",
        application__message=f"La lettre de {mark}.",
        original_name=f"CV-{mark}.pdf",
    )
    application = document.application
    interview = application.interviews.create(
        kind="visio", starts_at=now + timedelta(days=3), place="Lien", created_at=now
    )
    consent = PoolConsent.objects.create(
        application=application,
        given_at=now,
        text_version="1",
        expires_on=recrutement.in_days(300),
    )
    side.things |= {
        "application": application.pk,
        "document": document.pk,
        "offer": application.offer.pk,
        "offer_object": application.offer,
        "offer_reference": application.offer.reference,
        "interview": interview.pk,
        "meeting": interview.public_id,
        "consent": consent.pk,
        "application_token": APPLICATION.token(application),
        "address_token": address_token(application, side.email("candidat")),
        "receipt": receipt_url(application).rstrip("/").rpartition("/")[2],
    }


def train(side: Side, now: datetime) -> None:
    today = timezone.localtime(now).replace(hour=0, minute=0, second=1, microsecond=0)
    trainer = formation.TrainerFactory(name=f"Formatrice {side.letter}")
    trainer.email = f"formatrice-{side.letter}@exemple.test"
    trainer.save()
    slots = formation.half_days(today - timedelta(hours=15), 2)
    for slot in slots:
        slot.trainer = trainer
    course = formation.CoursePageFactory(trainers=[trainer], slug=f"cours-{side.letter}")
    session = formation.SessionFactory(
        course=course, slots=slots, state=SessionState.CONFIRMED, code=f"S-{side.letter}"
    )
    (enrolment,) = running.confirmed(session, the_sign_up(side))
    slot = session.slots.order_by("starts_at").first()
    TimeSlot.objects.filter(session=session).update(subject="Module", trainer=trainer)
    AttendanceSheet.objects.create(slot=slot)
    session.refresh_from_db()
    (issued, *_) = paperwork.deliver_all(
        DocumentKind.CONVOCATION, session, by=SYSTEM, now=now - timedelta(days=20)
    ).issued
    to_sign = formation.agreement_to_sign(
        the_sign_up(side), now, formation.SessionFactory(course=course, code=f"T-{side.letter}")
    )
    survey = Survey.objects.create(
        kind=SurveyKind.NEEDS,
        session=to_sign.request.session,
        respondent=f"enrolment:{enrolment.pk}",
        enrolment=enrolment,
        sent_at=now,
    )
    complaint = formation.a_complaint(
        now,
        session=session,
        author_name=side.mark("reclamant"),
        author_email=side.email("reclamant"),
        text=f"Ce que raconte {side.mark('reclamant')}.",
    )
    tailored = formation.tailored_request(
        now, contact_name=side.mark("surmesure"), contact_email=side.email("surmesure")
    )
    side.things |= {
        "trainer": trainer.pk,
        "trainer_id": trainer.public_id,
        "course": course.pk,
        "course_slug": course.slug,
        "theme": course.theme.pk,
        "venue": session.venue.pk,
        "session": session.pk,
        "session_id": session.public_id,
        "session_key": to_sign.request.session.public_id,
        "slot": slot.pk,
        "enrolment": enrolment.pk,
        "enrolment_id": enrolment.public_id,
        "request": enrolment.request.pk,
        "request_id": enrolment.request.public_id,
        "agreement": to_sign.pk,
        "agreement_id": to_sign.public_id,
        "agreement_request": to_sign.request.pk,
        "agreement_request_id": to_sign.request.public_id,
        "issued": issued.pk,
        "check_code": issued.check_code,
        "subject": issued.subject,
        "survey": survey.pk,
        "survey_id": survey.public_id,
        "complaint": complaint.pk,
        "complaint_id": complaint.public_id,
        "tailored": tailored.pk,
        "tailored_id": tailored.public_id,
        "action": ImprovementAction.objects.create(**an_action()).pk,
        "publication": 1,
        "request_token": REQUEST.token(enrolment.request),
        "enrolment_token": ENROLMENT.token(enrolment),
        "trainer_token": TRAINER.token(trainer),
        "calendar_token": TRAINER_CALENDAR.token(trainer),
        "survey_token": SURVEY.token(survey),
        "agreement_token": AGREEMENT.token(to_sign),
    }


def the_sign_up(side: Side) -> Any:
    return formation.sign_up(
        last_name=side.mark("stagiaire"),
        email=side.email("stagiaire"),
        contact_name=side.mark("acheteur"),
        contact_email=side.email("acheteur"),
        organisation=f"Association {side.letter}{side.tail}",
    )


def an_action() -> dict[str, Any]:
    return {"title": "Ouvrir la salle plus tôt", "responsible": "Nadia"}


def write(side: Side, now: datetime) -> None:
    from blog.links import MODERATION  # noqa: PLC0415

    comment = blog.CommentFactory(
        post=side.things["blog_post"],
        name=f"Aïcha{side.tail}",
        text=f"Merci.{side.tail}",
        email=side.email("lecteur"),
        approved=True,
    )
    report = CommentReport.objects.create(
        comment=comment, reason="other", email=side.email("signaleur"), created_at=now
    )
    contact = home.ContactMessageFactory(
        name=side.mark("visiteur"),
        email=side.email("visiteur"),
        text=f"Ce que dit {side.mark('visiteur')}.",
    )
    side.things |= {
        "comment": comment.pk,
        "comment_id": comment.reference,
        "comment_token": MODERATION.token(comment),
        "report_id": report.reference,
        "contact": contact.pk,
        "contact_id": contact.public_id,
    }


def ask(side: Side, now: datetime) -> None:
    """A right that somebody exercises; and the link to « Mes données » of the candidate."""
    asked = requests.receive(
        side.email("demandeur"),
        RequestKind.ACCESS,
        by=SYSTEM,
        now=now,
        text=f"Ce que demande {side.mark('demandeur')}.",
    )
    access = PersonalAccess.objects.create(email=side.email("candidat"), asked_at=now)
    side.things |= {"asked": asked.pk, "own_token": ACCESS.token(access)}
