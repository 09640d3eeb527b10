"""Timed work of the training module."""

from datetime import datetime, timedelta

from django.db.models import Min, Q

from formation.models import Enrolment, Session
from formation.services import (
    after_session,
    agreements,
    closing,
    stored_files,
    surveys,
    timed,
    trainers,
)
from formation.services.audit import faults
from site_enys.jobs import job
from site_enys.page_cache import changes_by_itself

#: The tick « contactez-moi » serves until the session is over, and a month for what follows.
NEEDS_KEPT = timedelta(days=30)


@changes_by_itself
def next_turn_of_a_session(now: datetime) -> datetime | None:
    """The next opening or closing of enrolments, beginning or end, of any session."""
    turns = ("enrol_opens_at", "enrol_closes_at", "starts_at", "ends_at")
    nexts = {turn: Min(turn, filter=Q(**{f"{turn}__gt": now})) for turn in turns}
    return min(filter(None, Session.objects.aggregate(**nexts).values()), default=None)


@job("besoins-amenagement", every=timedelta(days=1))
def forget_accommodation_requests(now: datetime) -> str:
    """Erase the wish to be called about an accommodation, a month after the session."""
    over = Enrolment.objects.filter(
        wants_accommodation_call=True, session__ends_at__lt=now - NEEDS_KEPT
    )
    forgotten = over.update(wants_accommodation_call=False)
    return f"souhaits d’aménagement effacés\u00a0: {forgotten}"


@job("places-proposees", every=timedelta(minutes=5))
def follow_offers(now: datetime) -> str:
    """Expire and recall the seats that are offered, and serve the waiting lists."""
    expired, recalled = timed.expire_offers(now), timed.remind_of_offers(now)
    served = timed.serve_waiting_lists(now)
    return f"propositions échues : {expired}, rappelées : {recalled}, listes : {served}"


@job("fin-de-retractation", every=timedelta(hours=1))
def confirm_after_the_withdrawal_period(now: datetime) -> str:
    return f"inscriptions confirmées : {timed.end_withdrawal_periods(now)}"


@job("convocations", every=timedelta(minutes=5))
def write_to_those_who_come(now: datetime) -> str:
    """Send each convocation and each reminder once."""
    convoked, reminded = timed.convoke(now), timed.remind(now)
    return f"convocations : {convoked}, rappels : {reminded}"


@job("evaluations", every=timedelta(minutes=10))
def ask_for_opinions(now: datetime) -> str:
    """Send each questionnaire once, and its reminders."""
    sent, reminded = surveys.send_due(now), surveys.remind_due(now)
    return f"questionnaires\u00a0: {sent}, relances\u00a0: {reminded}"


@job("veille-de-session", every=timedelta(minutes=30))
def write_to_trainers(now: datetime) -> str:
    """Write to each trainer the day before, once."""
    return f"formateurs prévenus la veille : {trainers.remind_of_tomorrow(now)}"


@job("issue-des-inscriptions", every=timedelta(hours=1))
def settle_those_confirmed_late(now: datetime) -> str:
    """Give an outcome to whoever was confirmed after the session was closed."""
    return f"sessions closes à nouveau : {closing.settle_latecomers(now)}"


@job("relances-conventions", every=timedelta(hours=1))
def remind_of_agreements(now: datetime) -> str:
    """Write again to those who have not signed, three then seven days after the sending."""
    return f"signatures relancées\u00a0: {agreements.remind(now)}"


@job("recomptage-formation", every=timedelta(days=1))
def recount(now: datetime) -> str:
    """Fail, so that the journal and the desk show it, when a counter lies."""
    found = list(faults(now))
    if found:
        raise AssertionError(" ".join(found))
    return "places et listes d’attente justes"


@job("documents-de-fin", every=timedelta(minutes=5))
def deliver_documents(now: datetime) -> str:
    """Certificates, attestations and signed sheets, each as soon as it lacks nothing."""
    sheets = after_session.deliver_signed_sheets(now)
    return (
        f"documents de fin\u00a0: {after_session.deliver_final_documents(now)}, "
        f"feuilles\u00a0: {sheets}"
    )


@job("documents-a-refaire", every=timedelta(minutes=1))
def deliver_corrected_documents(now: datetime) -> str:
    """Replace the documents that a change has made false."""
    revoked = after_session.revoke_what_was_corrected(now)
    return (
        f"documents annulés\u00a0: {revoked}, délivrés de nouveau\u00a0: {after_session.redo(now)}"
    )


@job("documents-intacts", every=timedelta(days=1))
def check_the_files(now: datetime) -> str:
    """Fail, so that the journal and the desk show it, when a delivered file has changed."""
    del now
    found = [str(document) for document in stored_files.damaged()]
    if found:
        raise AssertionError(f"Fichiers abîmés ou absents\u00a0: {', '.join(found)}.")
    return "fichiers délivrés intacts"


@job("menage-documents", every=timedelta(days=1))
def sweep_files(now: datetime) -> str:
    """Delete the files of documents, signatures and sheets that no row names."""
    return f"fichiers orphelins effacés\u00a0: {stored_files.delete_orphans(now)}"
