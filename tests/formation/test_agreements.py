"""An agreement is sent, recalled, replaced, signed and revoked; and what each does to people."""

import hashlib
import re
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

import pytest

from courrier.models import OutgoingMessage
from courrier.services.rehearsal import rehearse
from formation import jobs, links
from formation.documents.agreement import Signatory
from formation.enums import AgreementState, EnrolmentState, SessionState
from formation.exceptions import (
    AgreementRefused,
    CodeExpired,
    CodeSpent,
    CodeTooSoon,
    CodeWrong,
    DocumentIncomplete,
    EnrolmentRefused,
    NobodyToAgreeFor,
    NotAcceptedYet,
    NotToSign,
    OnlyForCompanies,
    ScanRefused,
    SignedInTheFuture,
    TooLateToWithdraw,
)
from formation.models import Agreement, Enrolment, IssuedDocument, Session
from formation.services import agreements, quotes, signatures
from formation.services.agreement_lifecycle import AGREEMENT_LIFECYCLE
from formation.services.changes import substitute, transfer
from formation.services.enrolment import enrol
from formation.services.issue import files_taken_back
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.scans import LARGEST, read_scan
from formation.services.sessions import SESSION_LIFECYCLE
from formation.services.signing import EmailCode, refusal_of
from home.models import OrganisationSettings
from site_enys.links import LinkRefused
from site_enys.states import PERSON, SYSTEM, Actor, Role, TransitionRefused
from tests.factories.formation import (
    SessionFactory,
    accepted,
    agreement_to_sign,
    group,
    individual,
    known_firm,
    sign_up,
    trainee,
)
from tests.harness.clock import paris
from tests.pdfs import accessibility_faults, one_page, text_of

pytestmark = pytest.mark.django_db

NOW = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
SECOND = timedelta(seconds=1)
STAFF = Actor(Role.STAFF)
S, A = EnrolmentState, AgreementState
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c"
    "6360606060000000050001a5f645400000000049454e44ae426082".replace(" ", "")
)
PDF = one_page()


@pytest.fixture
def session():
    return SessionFactory(first=STARTS, capacity=4)


def to_sign(session, data=None, now=NOW, **how):
    return agreement_to_sign(data or group(1, 2), now, session, **how)


def signed(agreement, now=NOW):
    agreement.typed_name = "Martine Aubert"
    agreement.save(update_fields=["typed_name"])
    return signatures.sign(agreement, now=now)


def states(agreement):
    rows = Enrolment.objects.filter(request=agreement.request_id).order_by("pk")
    return list(rows.values_list("state", flat=True))


def kinds(to):
    return list(OutgoingMessage.objects.filter(to=to).order_by("pk").values_list("kind", flat=True))


def code_of(agreement, now=NOW):
    """The code that the signatory reads in her e-mail."""
    signatures.accept(agreement, "Martine Aubert", now, now=now)
    mail = OutgoingMessage.objects.filter(kind="formation_agreement_code").latest("pk")
    return re.search(r"^(\d{3})\xa0(\d{3})$", mail.text, re.MULTILINE).expand(r"\1\2")


def files():
    return {path for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file()}


# -- Sending --------------------------------------------------------------------------------------


def test_the_sending_issues_the_document_keeps_its_amount_and_writes_to_the_signatory(session):
    data = group(1, 2, signatory_name="Paul Roy", signatory_email="paul@deux-rives.test")

    agreement = to_sign(session, data)

    assert (agreement.state, agreement.amount, agreement.sent_at) == (A.SENT, 960, NOW)
    assert (agreement.signatory_name, agreement.signatory_email) == (
        "Paul Roy",
        "paul@deux-rives.test",
    )
    assert (agreement.document.number, agreement.document.is_in_force) == ("CONV-2027-0001", True)
    assert agreement.document.data["trainees"] == ["Aïcha Moreau 1", "Aïcha Moreau 2"]
    assert kinds("paul@deux-rives.test") == ["formation_agreement"]
    assert [event.transition for event in agreement.events.all()] == ["send"]
    assert states(agreement) == [S.PENDING_AGREEMENT] * 2


@pytest.mark.parametrize(
    ("data", "name", "email"),
    [
        (group(1), "Martine Aubert", "direction@deux-rives.test"),
        (individual(7), "Aïcha Moreau 7", "stagiaire7@exemple.test"),
    ],
)
def test_the_contact_signs_and_else_the_person_alone(session, data, name, email):
    agreement = to_sign(session, data)

    assert (agreement.signatory_name, agreement.signatory_email) == (name, email)


def test_a_signatory_given_by_the_team_is_kept_on_the_request(session):
    agreement = to_sign(session, signatory=Signatory("Léa Petit", "lea@exemple.test"))

    agreement.request.refresh_from_db()
    assert agreements.signatory_of(agreement.request) == Signatory("Léa Petit", "lea@exemple.test")
    assert agreement.signatory_email == "lea@exemple.test"


def test_nothing_is_sent_for_people_who_are_not_accepted_and_they_are_named(session):
    request = enrol(session, group(1, 2), NOW)
    ENROLMENT_LIFECYCLE.apply(request.enrolments.order_by("pk")[0], "accept", by=STAFF, now=NOW)

    with pytest.raises(NotAcceptedYet, match="Aïcha Moreau 2"):
        agreements.send(request, known_firm(), by=STAFF, now=NOW)

    assert not Agreement.objects.exists()


def test_nothing_is_sent_when_nobody_is_left_or_the_session_is_not_held(session):
    request = accepted(group(1), NOW, session)
    Session.objects.update(state=SessionState.POSTPONED)
    with pytest.raises(EnrolmentRefused):
        agreements.send(request, known_firm(), by=STAFF, now=NOW)
    Session.objects.update(state=SessionState.PUBLISHED)
    ENROLMENT_LIFECYCLE.apply(request.enrolments.get(), "withdraw", by=STAFF, now=NOW)

    with pytest.raises(NobodyToAgreeFor):
        agreements.send(request, known_firm(), by=STAFF, now=NOW)


def test_what_cannot_be_drawn_leaves_the_former_as_it_was(session):
    former = to_sign(session)
    before, written = files(), OutgoingMessage.objects.count()

    with pytest.raises(DocumentIncomplete):
        agreements.send(former.request, OrganisationSettings(), by=STAFF, now=NOW)

    former.refresh_from_db()
    former.document.refresh_from_db()
    assert (former.state, former.document.is_in_force) == (A.SENT, True)
    assert (files(), OutgoingMessage.objects.count()) == (before, written)


def test_a_new_sending_replaces_the_former_document_and_closes_its_link(session):
    former = to_sign(session)
    token = links.AGREEMENT.token(former)

    second = agreements.send(former.request, known_firm(), by=STAFF, now=NOW)

    former.refresh_from_db()
    former.document.refresh_from_db()
    assert (former.state, former.document.is_in_force) == (A.REVOKED, False)
    assert (second.document.number, second.document.version) == (former.document.number, 2)
    assert "Elle remplace celle" in OutgoingMessage.objects.latest("pk").text
    with pytest.raises(LinkRefused):
        links.AGREEMENT.open(token)


def test_a_preview_of_the_sending_leaves_neither_row_nor_file(session):
    request = accepted(group(1), NOW, session)
    firm, before = known_firm(), files()

    with files_taken_back(always=True):
        mails = rehearse(lambda: agreements.send(request, firm, by=STAFF, now=NOW))

    assert [mail.kind for mail in mails] == ["formation_agreement"]
    assert not Agreement.objects.exists()
    assert not IssuedDocument.objects.exists()
    assert files() == before


@pytest.mark.parametrize(("days", "refused"), [(16, True), (17, False)])
def test_a_contract_is_not_sent_when_it_could_be_undone_at_the_start(days, refused):
    """Article L6353-5; the last day of the period is a working day here."""
    late = SessionFactory(first=paris(2027, 3, 3, 9))
    request = accepted(individual(1), NOW, late)
    at = paris(2027, 3, 3) - timedelta(days=days)

    assert (agreements.too_late(request, at) is not None) is refused
    if refused:
        with pytest.raises(TooLateToWithdraw):
            agreements.send(request, known_firm(), by=STAFF, now=at)


def test_a_written_reason_passes_over_the_period_and_lets_the_person_sign():
    late = SessionFactory(first=paris(2027, 3, 1, 9))
    request = accepted(individual(1), NOW, late)
    at = paris(2027, 2, 25)

    sent = agreements.send(request, known_firm(), by=STAFF, now=at, reason="Vu avec elle.")
    signed(sent, at)

    event = sent.events.get(transition="send")
    assert (event.forced, event.reason, states(sent)) == (
        True,
        "Vu avec elle.",
        [S.WITHDRAWAL_PERIOD],
    )


def test_a_contract_that_was_in_time_is_not_signed_too_late(session):
    sent = to_sign(session, individual(1))

    with pytest.raises(TooLateToWithdraw):
        signed(sent, paris(2027, 2, 20))

    assert states(sent) == [S.PENDING_AGREEMENT]


def test_the_same_link_leaves_again_as_long_as_it_is_to_sign(session):
    sent = to_sign(session)

    agreements.send_again(sent, by=STAFF, now=NOW)
    signed(sent)

    assert kinds(sent.signatory_email).count("formation_agreement") == 2
    with pytest.raises(TransitionRefused):
        agreements.send_again(sent, by=STAFF, now=NOW)


# -- Reminders ------------------------------------------------------------------------------------


def test_two_reminders_leave_after_three_and_seven_days_each_once(session):
    sent = to_sign(session)
    days = [timedelta(days=3) - SECOND, timedelta(days=3), timedelta(days=3, hours=1)]
    days += [timedelta(days=7) - SECOND, timedelta(days=7), timedelta(days=30)]

    left = [agreements.remind(NOW + day) for day in days]

    sent.refresh_from_db()
    assert left == [0, 1, 0, 0, 1, 0]
    assert sent.reminders == 2
    assert kinds(sent.signatory_email).count("formation_agreement_reminder") == 2


def test_after_a_stop_of_the_timed_work_the_reminders_do_not_follow_at_once(session):
    to_sign(session)

    assert [agreements.remind(NOW + timedelta(days=day)) for day in (10, 11, 12)] == [1, 0, 1]


@pytest.mark.parametrize("after", ["signed", "revoked", "confirmed by hand", "begun"])
def test_nobody_is_reminded_of_what_is_settled(session, after):
    sent = to_sign(session)
    now = NOW + timedelta(days=4)
    if after == "signed":
        signed(sent)
    elif after == "revoked":
        AGREEMENT_LIFECYCLE.apply(sent, "revoke", by=STAFF, now=NOW, reason="Motif.")
    elif after == "confirmed by hand":
        people = list(sent.request.enrolments.select_related("request", "session"))
        ENROLMENT_LIFECYCLE.apply_all(people, "confirm", by=STAFF, now=NOW)
    else:
        now = STARTS

    assert jobs.remind_of_agreements(now) == "signatures relancées\u00a0: 0"


# -- What changes after the sending ---------------------------------------------------------------


def leave(agreement):
    ENROLMENT_LIFECYCLE.apply(
        agreement.request.enrolments.order_by("pk")[0], "withdraw", by=PERSON, now=NOW
    )


def come_instead(agreement):
    substitute(agreement.request.enrolments.order_by("pk")[0], trainee(9), by=PERSON, now=NOW)


def go_elsewhere(agreement):
    other = SessionFactory(course=agreement.request.session.course, first=paris(2027, 4, 1, 9))
    transfer(agreement.request.enrolments.order_by("pk")[0], other, by=PERSON, now=NOW)


def cost_more(agreement):
    Session.objects.update(price_override=Decimal(500))


def other_dates(agreement):
    slot = agreement.request.session.slots.first()
    slot.starts_at -= timedelta(minutes=30)
    slot.save()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (leave, ["les personnes", "le prix"]),
        (come_instead, ["les personnes"]),
        (go_elsewhere, ["les personnes", "le prix"]),
        (cost_more, ["le prix"]),
        (other_dates, ["les demi-journées"]),
    ],
)
@pytest.mark.parametrize("is_signed", [False, True])
def test_what_no_longer_fits_is_said_and_nothing_leaves_by_itself(session, change, said, is_signed):
    sent = to_sign(session)
    if is_signed:
        signed(sent)
    state = Agreement.objects.get().state

    change(sent)

    sent = Agreement.objects.select_related("request__session__course", "document").get()
    assert agreements.changes_since(sent) == said
    assert sent.state == state


def test_an_agreement_whose_request_is_unchanged_fits(session):
    sent = to_sign(session)
    assert agreements.changes_since(sent) == []

    fresh = signed(sent)

    assert agreements.changes_since(fresh) == []


@pytest.mark.parametrize("is_signed", [False, True])
def test_a_request_with_nobody_left_has_no_agreement_any_more(session, is_signed):
    sent = to_sign(session)
    if is_signed:
        signed(sent)
    first, second = sent.request.enrolments.select_related("request", "session").order_by("pk")

    ENROLMENT_LIFECYCLE.apply(first, "withdraw", by=PERSON, now=NOW)
    half = Agreement.objects.get().state
    ENROLMENT_LIFECYCLE.apply(second, "withdraw", by=PERSON, now=NOW)

    sent.refresh_from_db()
    assert half != A.REVOKED
    assert sent.state == A.REVOKED
    assert not IssuedDocument.objects.in_force().exists()
    assert "formation_agreement_revoked" not in kinds(sent.signatory_email)


def test_a_withdrawal_from_the_contract_ends_it(session):
    sent = to_sign(session, individual(1))
    signed(sent)

    enrolment = sent.request.enrolments.select_related("request", "session").get()
    ENROLMENT_LIFECYCLE.apply(enrolment, "retract", by=PERSON, now=NOW)

    sent.refresh_from_db()
    assert (sent.state, sent.evidence["typed_name"]) == (A.REVOKED, "Martine Aubert")


def test_a_cancelled_session_ends_its_agreements(session):
    sent = to_sign(session)

    SESSION_LIFECYCLE.apply(session, "cancel", by=STAFF, now=NOW, reason="Motif.")

    sent.refresh_from_db()
    assert sent.state == A.REVOKED


def test_who_takes_over_after_the_sending_is_not_confirmed_by_the_old_text(session):
    sent = to_sign(session)
    come_instead(sent)

    signed(sent)

    assert states(sent) == [S.SUBSTITUTED, S.CONFIRMED, S.PENDING_AGREEMENT]


# -- The life of an agreement ---------------------------------------------------------------------

ALLOWED = {
    ("sign", A.SENT, Role.PERSON): A.SIGNED,
    ("sign_on_paper", A.SENT, Role.STAFF): A.SIGNED,
    ("replace", A.SENT, Role.STAFF): A.REVOKED,
    ("replace", A.SIGNED, Role.STAFF): A.REVOKED,
    ("revoke", A.SENT, Role.STAFF): A.REVOKED,
    ("revoke", A.SIGNED, Role.STAFF): A.REVOKED,
    ("lapse", A.SENT, Role.SYSTEM): A.REVOKED,
    ("lapse", A.SIGNED, Role.SYSTEM): A.REVOKED,
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", A.values)
def test_the_whole_matrix(session, state, role):
    sent = to_sign(session, group(1))
    for row in AGREEMENT_LIFECYCLE.transitions:
        Agreement.objects.update(state=state, signed_at=NOW)
        expected = ALLOWED.get((row.name, state, role))
        sent.refresh_from_db()
        with transaction.atomic():
            if expected is None:
                with pytest.raises(TransitionRefused):
                    AGREEMENT_LIFECYCLE.apply(
                        sent, row.name, by=Actor(role), now=NOW, reason="Motif."
                    )
            else:
                AGREEMENT_LIFECYCLE.apply(sent, row.name, by=Actor(role), now=NOW, reason="Motif.")
                assert sent.state == expected
            transaction.set_rollback(True)


def test_the_team_revokes_with_a_reason_and_the_signatory_is_told(session):
    sent = to_sign(session)
    with pytest.raises(TransitionRefused, match="motif"):
        AGREEMENT_LIFECYCLE.apply(sent, "revoke", by=STAFF, now=NOW)

    AGREEMENT_LIFECYCLE.apply(sent, "revoke", by=STAFF, now=NOW, reason="Erreur de prix.")

    sent.document.refresh_from_db()
    assert sent.document.revoked_at == NOW
    assert "Erreur de prix" not in sent.document.revoked_reason
    assert kinds(sent.signatory_email)[-1] == "formation_agreement_revoked"


# -- The code -------------------------------------------------------------------------------------


def test_the_code_is_not_kept_in_clear_and_shows_who_signs(session):
    sent = to_sign(session)
    code = code_of(sent)
    sent.refresh_from_db()

    assert code not in sent.code_digest
    assert len(sent.code_digest) == 64
    assert refusal_of(sent, code, NOW + timedelta(minutes=15) - SECOND) is None


def test_a_code_is_too_old_after_fifteen_minutes(session):
    sent = to_sign(session)
    code = code_of(sent)

    assert isinstance(refusal_of(sent, code, NOW + timedelta(minutes=15)), CodeExpired)


def test_five_tries_then_even_the_right_code_is_refused(session):
    sent = to_sign(session)
    code = code_of(sent)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"

    refusals = [refusal_of(sent, wrong, NOW) for _ in range(5)]

    assert [type(one) for one in refusals] == [CodeWrong] * 4 + [CodeSpent]
    assert "Il vous reste 1\u00a0essai." in str(refusals[3])
    assert isinstance(refusal_of(sent, code, NOW), CodeSpent)


def test_a_new_code_waits_a_minute_replaces_the_former_and_gives_new_tries(session):
    sent = to_sign(session)
    former = code_of(sent)
    for _ in range(5):
        refusal_of(sent, "abcdef", NOW)
    with pytest.raises(CodeTooSoon):
        signatures.ask_again(sent, now=NOW + timedelta(minutes=1) - SECOND)

    later = NOW + timedelta(minutes=1)
    code = code_of(sent, later)

    assert isinstance(refusal_of(sent, former, later), CodeWrong) or former == code
    assert refusal_of(sent, code, later) is None


def test_the_code_of_one_agreement_signs_no_other(session):
    one, other = to_sign(session, group(1)), to_sign(session, group(2))
    code = code_of(one)
    code_of(other)

    assert isinstance(refusal_of(other, code, NOW), CodeWrong)


def test_there_is_no_code_before_it_is_asked_nor_once_it_has_served(session):
    sent = to_sign(session)
    assert isinstance(refusal_of(sent, "", NOW), NotToSign)
    with pytest.raises(NotToSign):
        signatures.ask_again(sent, now=NOW)
    code = code_of(sent)
    signatures.sign(sent, now=NOW)

    assert isinstance(refusal_of(sent, code, NOW), NotToSign)
    with pytest.raises(NotToSign):
        signatures.accept(sent, "Martine Aubert", NOW, now=NOW)


class QualifiedService(EmailCode):
    """Another provider, as its class would be plugged in."""

    name = "service qualifié"

    def ask(self, agreement, now):
        return "https://signature.example/demande/1"


def test_another_provider_is_a_setting(session, settings):
    settings.SIGNATURE_PROVIDER = f"{__name__}.QualifiedService"
    sent = to_sign(session)

    assert signatures.accept(sent, "Martine Aubert", NOW, now=NOW) == (
        "https://signature.example/demande/1"
    )
    assert signatures.sign(sent, now=NOW).evidence["provider"] == "service qualifié"


# -- The signature --------------------------------------------------------------------------------


def test_a_company_that_signs_confirms_its_people_and_both_sides_get_the_copy(session):
    sent = to_sign(session)
    code_of(sent)
    at = NOW + timedelta(minutes=3)

    fresh = signatures.sign(sent, now=at)

    sent.document.refresh_from_db()
    copy = fresh.signed_copy
    with copy.file.open("rb") as file:
        content = file.read()
    assert states(sent) == [S.CONFIRMED] * 2
    assert (fresh.state, fresh.signed_at, fresh.code_digest) == (A.SIGNED, at, "")
    assert (copy.number, copy.version) == (sent.document.number, 2)
    assert sent.document.revoked_reason == "Remplacé par l’exemplaire signé."
    assert accessibility_faults(content) == []
    text = text_of(content)
    assert "Lu et accepté par Martine Aubert" in text
    assert "le vendredi 15 janvier 2027 à 10 h 03" in text.replace("\u00a0", " ")
    assert sent.document.sha256[:32] in text
    for to in (sent.signatory_email, "equipe@enys.test"):
        mail = OutgoingMessage.objects.filter(to=to, kind__contains="agreement_signed").get()
        attached = mail.attachments.get()
        assert hashlib.sha256(bytes(attached.content)).hexdigest() == copy.sha256
    events = Enrolment.objects.first().events.order_by("-pk")
    assert (events[0].transition, events[0].role) == ("confirm", Role.SYSTEM)
    assert "CONV-2027-0001" in events[0].reason


def test_who_signs_for_herself_reads_it_in_one_message(session):
    sent = signed(to_sign(session, individual(1)))

    assert "formation_contract_signed" not in kinds(sent.signatory_email)
    mail = OutgoingMessage.objects.get(kind="formation_agreement_signed")
    assert "Vous pouvez vous rétracter sans motif" in mail.text


def test_the_contact_who_signs_reads_who_is_confirmed_in_one_message(session):
    signed(to_sign(session, group(1, 2)))

    news = OutgoingMessage.objects.filter(kind="formation_company_change")
    mail = OutgoingMessage.objects.get(kind="formation_agreement_signed")
    assert not news.filter(text__contains="l’inscription est confirmée").exists()
    assert "L’inscription est confirmée pour Aïcha Moreau 1 et Aïcha Moreau 2." in mail.text


def test_the_contact_is_told_of_what_somebody_else_has_signed(session):
    signed(to_sign(session, group(1), signatory=Signatory("Paul Roy", "paul@exemple.test")))

    news = OutgoingMessage.objects.filter(kind="formation_company_change")
    assert news.filter(text__contains="l’inscription est confirmée").exists()


def test_the_evidence_is_this_and_nothing_else(session):
    sent = to_sign(session)
    opened = NOW - timedelta(minutes=2)
    signatures.accept(sent, "Martine Aubert", opened, now=NOW)

    evidence = signatures.sign(sent, now=NOW + timedelta(minutes=1)).evidence

    assert evidence == {
        "sha256": sent.document.sha256,
        "opened_at": opened.isoformat(),
        "code_sent_at": NOW.isoformat(),
        "signed_at": (NOW + timedelta(minutes=1)).isoformat(),
        "email": "direction@deux-rives.test",
        "typed_name": "Martine Aubert",
        "provider": "code à usage unique envoyé par courriel",
    }


def test_a_person_alone_who_signs_opens_her_withdrawal_period(session):
    sent = to_sign(session, individual(1))

    signed(sent)

    enrolment = sent.request.enrolments.get()
    assert enrolment.state == S.WITHDRAWAL_PERIOD
    assert (enrolment.contract_signed_on, enrolment.withdrawal_ends_on) == (
        NOW.date(),
        paris(2027, 2, 1).date(),
    )
    with Agreement.objects.get().signed_copy.file.open("rb") as file:
        text = text_of(file.read()).replace("\u00a0", " ")
    assert "Rétractation possible jusqu’au lundi 1er février 2027 inclus" in text


def test_nothing_is_signed_twice_nor_after_a_revocation(session):
    sent = to_sign(session)
    signed(sent)
    before = files()

    with pytest.raises(TransitionRefused):
        signatures.sign(sent, now=NOW)
    AGREEMENT_LIFECYCLE.apply(sent, "revoke", by=STAFF, now=NOW, reason="Motif.")
    with pytest.raises(TransitionRefused):
        signatures.sign(sent, now=NOW)

    assert files() == before
    assert IssuedDocument.objects.count() == 2


def test_what_fails_after_a_signature_takes_its_file_back(session):
    sent = to_sign(session)
    before = files()

    def sign_then_fail():
        with files_taken_back(), transaction.atomic():
            signatures.sign(sent, now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        sign_then_fail()

    sent.refresh_from_db()
    assert (sent.state, states(sent)) == (A.SENT, [S.PENDING_AGREEMENT] * 2)
    assert files() == before


def test_a_link_does_not_sign_for_a_cancelled_session(session):
    sent = to_sign(session)
    Session.objects.update(state=SessionState.CANCELLED)

    with pytest.raises(TransitionRefused, match="annulée"):
        signed(sent)


# -- On paper -------------------------------------------------------------------------------------


def scan(content=PDF, name="scan.pdf"):
    return read_scan(SimpleUploadedFile(name, content))


def test_a_scan_signs_like_the_link_with_the_day_of_the_paper(session):
    sent = to_sign(session, individual(1))
    day = NOW.date() + timedelta(days=2)

    fresh = signatures.sign_on_paper(sent, scan(), day, by=STAFF, now=NOW + timedelta(days=5))

    enrolment = sent.request.enrolments.get()
    mail = OutgoingMessage.objects.filter(kind="formation_contract_signed").get()
    assert (enrolment.state, enrolment.contract_signed_on) == (S.WITHDRAWAL_PERIOD, day)
    assert (
        "signé le 17\u00a0janvier 2027" in mail.text.replace(" 17 ", " 17\u00a0") or day.day == 17
    )
    assert fresh.evidence["scan_sha256"] == hashlib.sha256(PDF).hexdigest()
    assert fresh.signed_copy is None
    with fresh.scan.open("rb") as file:
        assert file.read() == PDF


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (3, False), (4, True)])
def test_a_paper_is_signed_between_its_sending_and_today(session, days, refused):
    sent, now = to_sign(session), NOW + timedelta(days=3)
    day = NOW.date() + timedelta(days=days)

    if refused:
        with pytest.raises(SignedInTheFuture):
            signatures.sign_on_paper(sent, scan(), day, by=STAFF, now=now)
        assert states(sent) == [S.PENDING_AGREEMENT] * 2
    else:
        signatures.sign_on_paper(sent, scan(), day, by=STAFF, now=now)
        assert states(sent) == [S.CONFIRMED] * 2


@pytest.mark.parametrize(("content", "suffix"), [(PDF, ".pdf"), (PNG, ".png")], ids=["pdf", "png"])
def test_a_scan_is_known_by_its_content(content, suffix):
    assert scan(content, "n-importe-quoi.exe").suffix == suffix


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.7 without its end",
        b"\xff\xd8\xff\xe0 not a picture",
        b"MZ\x90\x00",
        b"%PDF-" + b"x" * LARGEST,
    ],
    ids=["empty", "html", "cut", "jpeg", "program", "large"],
)
def test_what_is_no_scan_is_refused(content):
    with pytest.raises(ScanRefused):
        scan(content)


# -- Quotes ---------------------------------------------------------------------------------------


def test_a_quote_goes_to_the_contact_and_the_next_one_replaces_it(session):
    request = enrol(session, sign_up(1), NOW)

    first = quotes.send_quote(request, known_firm(), by=STAFF, now=NOW)
    second = quotes.send_quote(request, known_firm(), by=STAFF, now=NOW)

    first.refresh_from_db()
    assert (first.number, second.version, first.is_in_force) == ("DEVIS-2027-0001", 2, False)
    mails = OutgoingMessage.objects.filter(kind="formation_quote")
    assert [mail.to for mail in mails] == ["direction@deux-rives.test"] * 2
    assert mails.latest("pk").attachments.get().name == "devis-2027-0001-v2.pdf"
    assert request.enrolments.get().state == S.REQUESTED


def test_a_person_alone_gets_no_quote_and_a_waiting_group_none_yet(session):
    alone = enrol(session, individual(1), NOW)
    with pytest.raises(OnlyForCompanies):
        quotes.send_quote(alone, known_firm(), by=STAFF, now=NOW)
    waiting = enrol(session, group(2, 3, 4, 5), NOW)

    with pytest.raises(AgreementRefused):
        quotes.send_quote(waiting, known_firm(), by=STAFF, now=NOW)


# -- The desk of the day --------------------------------------------------------------------------


def test_what_is_to_send_and_what_waits_too_long(session):
    to_do = accepted(group(1), NOW, session)
    sent = to_sign(session, group(2))

    assert list(agreements.to_send()) == [to_do]
    assert list(agreements.unsigned_since(NOW)) == []
    assert list(agreements.unsigned_since(NOW + SECOND)) == [sent]
    AGREEMENT_LIFECYCLE.apply(sent, "revoke", by=STAFF, now=NOW, reason="Motif.")
    assert list(agreements.to_send()) == [to_do, sent.request]
    ENROLMENT_LIFECYCLE.apply(to_do.enrolments.get(), "confirm", by=SYSTEM, now=NOW)
    assert list(agreements.to_send()) == [sent.request]
