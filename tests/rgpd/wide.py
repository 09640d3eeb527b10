"""The widest case: one person who is everything at once for the site, among strangers.

`widest()` writes her rows in every entry of the register; what only strangers should ever read
holds the word STRANGE.
"""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile

from wagtail.admin.models import EditingSession, FormState
from wagtail.models import Comment, CommentReply, ModelLogEntry, Page, PageLogEntry
from wagtail.users.models import UserProfile

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessAttemptExpiration, AccessFailureLog, AccessLog

from courrier.models import Attachment
from formation.enums import DocumentKind, SurveyKind
from formation.models import (
    Agreement,
    AttendanceCorrection,
    AttendanceSheet,
    Complaint,
    Enrolment,
    EnrolmentRequest,
    IssuedDocument,
    Survey,
    Trainer,
)
from formation.services import paperwork
from formation.services.enrolment import enrol
from home.models import ContactMessageEvent
from rgpd.models import PersonalAccess, RightsRequest, RightsRequestEvent
from site_enys.models import PrivateFileAccess, User
from site_enys.states import PERSON, SYSTEM
from tests.factories.courrier import OutgoingMessageFactory
from tests.factories.formation import (
    SessionFactory,
    TrainerFactory,
    a_complaint,
    agreement_to_sign,
    individual,
    sign_up,
    tailored_request,
    trainee,
)
from tests.factories.home import ContactMessageFactory
from tests.factories.paperwork import AFTER, BEFORE, STARTS, session_to_hold, taught
from tests.factories.people import UserFactory
from tests.harness.clock import paris

EMAIL = "zelie@marque.test"
NAME = "Zélie Marquise"
FIRST, LAST = NAME.split()
STRANGE = "étrangère"
NOW = AFTER + timedelta(days=10)
LATER = paris(2027, 9, 6, 9)
STRANGER = {
    "contact_name": f"Martine {STRANGE}",
    "contact_email": "martine@etrangere.test",
    "contact_phone": "04 00 00 00 99",
    "message": f"Message de {STRANGE}",
    "signatory_name": f"Signataire {STRANGE}",
    "signatory_email": "signe@etrangere.test",
}


def hers(number: int = 1, **more: Any) -> Any:
    own = {"first_name": FIRST, "last_name": LAST, "email": EMAIL.upper()}
    return trainee(number, **own | more)


def other(number: int = 7) -> Any:
    return trainee(number, first_name="Ludovic", last_name=STRANGE, email="ludovic@etrangere.test")


def widest() -> SimpleNamespace:
    """Her rows, by what she is in each of them."""
    standing = SimpleNamespace(
        trainee=_trainee(), contact=_contact(), waits=_alone(), trainer=_trainer()
    )
    _quality(standing)
    _foundation()
    _editor()
    return standing


def _trainee() -> Enrolment:
    """Sent by her employer with a colleague, to a session that was held."""
    session = session_to_hold()
    people = taught(session, sign_up(trainees=(hers(), other()), **STRANGER))
    own, colleague = people[0], people[1]
    own.phone, own.note, own.wants_accommodation_call = "06 11 22 33 44", "Note vive", True
    own.offer_expires_at = own.offer_reminded_at = own.reminded_at = own.convoked_at = BEFORE
    own.save()
    Enrolment.objects.filter(pk=colleague.pk).update(phone="0600", note=f"Note {STRANGE}")
    first = own.attendances.first()
    AttendanceCorrection.objects.create(
        attendance=first,
        at=AFTER,
        role="staff",
        old_presence="absent",
        old_minutes=0,
        new_presence=first.presence,
        new_minutes=first.minutes,
        reason="Elle était là",
    )
    for kind in (DocumentKind.CERTIFICATE, DocumentKind.ATTENDANCE_SHEET):
        paperwork.deliver_all(kind, session, by=SYSTEM, now=AFTER)
    _convention(own.request, people)
    AttendanceSheet.objects.create(
        slot=first.slot,
        scanned_at=AFTER,
        countersigned_at=AFTER,
        countersigned_name=f"Formatrice {STRANGE}",
        scan=ContentFile(b"%PDF-1.4", name="scan"),
    )
    for one in (own, colleague):
        Survey.objects.create(
            kind=SurveyKind.HOT,
            session=session,
            respondent=f"enrolment:{one.pk}",
            enrolment=one,
            sent_at=AFTER,
            reminded_at=AFTER,
            answered_at=AFTER,
            answers={"satisfaction": 4},
            rating=4,
            comment="Très vivant" if one == own else f"Avis {STRANGE}",
            may_publish=True,
        )
    return own


def _convention(request: EnrolmentRequest, people: list[Enrolment]) -> None:
    """What her employer has signed, and which names her."""
    IssuedDocument.objects.create(
        kind=DocumentKind.AGREEMENT,
        number="CONV-2027-9999",
        subject=f"request:{request.pk}",
        session=request.session,
        request=request,
        data={
            "enrolments": [one.pk for one in people],
            "trainees": [one.full_name for one in people],
        },
        template="documents/agreement.typ",
        template_version="1",
        file=ContentFile(b"%PDF-1.7 convention", name="convention"),
        sha256="0" * 64,
        issued_at=BEFORE,
    )


def _contact() -> EnrolmentRequest:
    """The one who sends a colleague of hers, signs and pays; the session is to come."""
    answers = {
        **{f"{part}_email": EMAIL for part in ("contact", "signatory", "billing")},
        **{f"{part}_name": NAME for part in ("contact", "signatory", "billing")},
        "contact_phone": "06 99 88 77 66",
        "message": "Deux personnes ensuite",
        "order_reference": "BC-77",
        "funder": "opco",
        "funder_name": "Uniformation",
        "siret": "73282932000074",
        "accept_partial": True,
    }
    agreement: Agreement = agreement_to_sign(
        sign_up(trainees=(other(8),), **answers), BEFORE, SessionFactory(first=LATER)
    )
    Agreement.objects.filter(pk=agreement.pk).update(
        typed_name=NAME,
        evidence={"typed_name": NAME, "email": EMAIL},
        reminded_at=BEFORE,
        code_sent_at=BEFORE,
        signed_at=BEFORE,
        scan="signatures/absente",
    )
    return agreement.request


def _alone() -> EnrolmentRequest:
    """For herself, on the waiting list of a session that a stranger fills."""
    session = SessionFactory(first=LATER, capacity=1)
    enrol(session, individual(3, last_name=STRANGE), BEFORE)
    data = individual(trainees=(hers(9, phone="06 11 22 33 44"),), message="Pour moi seule")
    return enrol(session, data, BEFORE + timedelta(hours=1))


def _trainer() -> Trainer:
    """She taught, and somebody else bears her name."""
    own = TrainerFactory(name=NAME, email=EMAIL, qualifications="docteure en sociologie")
    Trainer.objects.create(name=NAME, email="homonyme@etrangere.test", qualifications=STRANGE)
    session = SessionFactory(first=STARTS + timedelta(days=90))
    for slot in session.slots.all():
        slot.trainer = own
        slot.save()
    AttendanceSheet.objects.create(
        slot=session.slots.first(),
        countersigned_by=own,
        countersigned_name=NAME,
        countersigned_at=AFTER,
    )
    return own


def _quality(standing: SimpleNamespace) -> None:
    complaint = a_complaint(
        BEFORE, author_name=NAME, author_email=EMAIL, author_phone="06 11 22 33 44"
    )
    Complaint.objects.filter(pk=complaint.pk).update(
        text=f"Moi, {NAME}, j’ai attendu.",
        state="answered",
        answered_at=AFTER,
        acknowledged_at=AFTER,
        answer=f"Madame {NAME}, pardon.",
        root_cause="La clé",
        session=standing.trainee.session,
        notice_version="v1",
    )
    a_complaint(BEFORE, author_name=f"Plaignant {STRANGE}", author_email="p@etrangere.test")
    tailored_request(BEFORE, contact_name=NAME, contact_email=EMAIL, need="Un besoin vif")
    tailored_request(BEFORE, need=f"Besoin {STRANGE}")


def _foundation() -> None:
    user = UserFactory(email=EMAIL, username="zelie.m", role="redaction")
    UserProfile.objects.create(user=user, avatar="avatar_images/absente.png")
    for owner in (user, UserFactory()):
        Authenticator.objects.create(user=owner, type="totp", data={}, last_used_at=NOW)
        EmailAddress.objects.create(user=owner, email=owner.email)
        UserSession.objects.create(
            user=owner, ip="192.0.2.7", user_agent="Nav", session_key=f"clé-{owner.pk}"
        )
    for account in (user, UserFactory(username=f"x-{STRANGE}")):
        PrivateFileAccess.objects.create(user=account, subject=f"Pièce de {account.username}")
        for journal in (AccessAttempt, AccessLog, AccessFailureLog):
            more = {"failures_since_start": 1} if journal is AccessAttempt else {}
            row = journal.objects.create(
                username=account.username, ip_address="192.0.2.7", user_agent="Nav", **more
            )
            if journal is AccessAttempt:
                AccessAttemptExpiration.objects.create(access_attempt=row, expires_at=NOW)
    written = ContactMessageFactory(name=NAME, email=EMAIL, text="Bonjour de Zélie")
    ContactMessageEvent.objects.create(
        subject=written,
        at=BEFORE,
        transition="receive",
        from_state="new",
        to_state="new",
        role=PERSON.role,
    )
    ContactMessageFactory(text=f"Bonjour {STRANGE}")
    message = OutgoingMessageFactory(sent=True, to=EMAIL, text="Vos nouvelles", last_error="450")
    Attachment.objects.create(
        message=message, name="piece.txt", content_type="text/plain", content=b"x"
    )
    OutgoingMessageFactory(text=f"Nouvelles {STRANGE}")
    PersonalAccess.objects.create(email=EMAIL, asked_at=BEFORE, opened_at=BEFORE)
    right = RightsRequest.objects.create(
        email=EMAIL,
        kind="access",
        text="Que savez-vous ?",
        about="tout",
        state="answered",
        answer="Voici",
        state_changed_at=AFTER,
        received_at=BEFORE,
        answer_by=AFTER.date(),
    )
    RightsRequestEvent.objects.create(
        subject=right,
        at=BEFORE,
        transition="receive",
        from_state="waiting",
        to_state="waiting",
        role=PERSON.role,
    )


def _editor() -> None:
    user, page = User.objects.get(email=EMAIL), Page.objects.get(depth=2).specific
    page.save_revision(user=user)
    kind = ContentType.objects.get_for_model(Page)
    for log, more in ((PageLogEntry, {"page": page}), (ModelLogEntry, {"object_id": "1"})):
        log.objects.create(
            content_type=kind,
            label="Accueil",
            action="wagtail.edit",
            timestamp=NOW,
            user=user,
            **more,
        )
    comment = Comment.objects.create(
        page=page, user=user, text="À relire", contentpath="title", resolved_at=NOW
    )
    CommentReply.objects.create(comment=comment, user=user, text="C’est fait")
    CommentReply.objects.create(comment=comment, user=UserFactory(), text=f"Réponse {STRANGE}")
    for model, more in (
        (FormState, {"data": "a=b", "last_updated_at": NOW, "parent_object_id": ""}),
        (EditingSession, {"last_seen_at": NOW}),
    ):
        model.objects.create(user=user, content_type=kind, object_id="1", **more)
