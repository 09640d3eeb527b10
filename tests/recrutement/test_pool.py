"""The pool: a consent, not a state; found by what people say, and ended by silence."""

import csv
import hashlib
import io
from datetime import date, timedelta

from django.utils import timezone

import pytest
from openpyxl import load_workbook

from courrier.models import OutgoingMessage
from recrutement.consent import CONSENT, WORDED, consent_words
from recrutement.enums import ApplicationState
from recrutement.exceptions import InvitationRefused, NotInThePool, PoolRefused
from recrutement.models import Diploma, PoolConsent, RecruitmentSettings
from recrutement.services import pool
from recrutement.services.lifecycle import LIFECYCLE
from rgpd.register import processings
from site_enys.states import staff
from tests.factories.people import UserFactory
from tests.factories.recrutement import ApplicationFactory, OfferFactory
from tests.harness.clock import paris
from tests.races import at_once

NOW = paris(2027, 1, 15, 10)
LIST = "/admin/snippets/recrutement/poolconsent/"
pytestmark = pytest.mark.django_db


def member(skills="", places="", now=None, **facts) -> PoolConsent:
    application = ApplicationFactory(**{"state": "rejected"} | facts)
    return pool.give(application, pool.Wishes(skills, places), now=now or timezone.now())


# -- The consent --------------------------------------------------------------------------------


def test_a_consent_runs_twenty_four_months_to_the_day():
    consent = member(now=NOW)

    assert consent.expires_on == date(2029, 1, 14)
    assert consent.is_active(paris(2029, 1, 14, 23, 59))
    assert not consent.is_active(paris(2029, 1, 15))
    assert consent.application.events.get().role == "person"


@pytest.mark.parametrize("state", ApplicationState.values)
def test_everybody_whom_we_answer_may_enter_but_those_hired(state):
    application = ApplicationFactory(state=state)
    if state in {"hired", "quarantine"}:
        with pytest.raises(PoolRefused):
            pool.give(application, pool.Wishes(), now=NOW)
    else:
        assert pool.give(application, pool.Wishes(), now=NOW).is_active(NOW)


def test_a_discarded_sending_does_not_enter():
    application = ApplicationFactory(state="quarantine", submitted_at=NOW)
    LIFECYCLE.apply(application, "discard", by=staff(UserFactory()), now=NOW)

    with pytest.raises(PoolRefused):
        pool.give(application, pool.Wishes(), now=NOW)


def test_changing_what_it_says_moves_no_day_and_giving_it_again_begins_anew():
    consent = member("Enquêtes", now=NOW)
    later = NOW + timedelta(days=40)

    changed = pool.give(consent.application, pool.Wishes("Animation"), now=later)
    assert (changed.skills, changed.given_at, changed.expires_on) == (
        "Animation",
        NOW,
        date(2029, 1, 14),
    )
    pool.withdraw(consent.application, now=later)
    with pytest.raises(NotInThePool):
        pool.withdraw(consent.application, now=later)
    again = pool.give(consent.application, pool.Wishes(), now=later)

    assert (again.given_at, again.withdrawn_at) == (later, None)
    assert PoolConsent.objects.count() == 1


def test_a_change_of_the_words_is_a_change_of_the_version():
    digest = hashlib.sha256(CONSENT.encode()).hexdigest()[:12]

    assert (WORDED, digest) == ("2026-11", "d84538ccdf28"), "Donnez une nouvelle version."


def test_the_words_beside_the_box_tell_the_delay_of_the_settings():
    settings = RecruitmentSettings.load()
    settings.pool_months = 12
    settings.save()

    assert "12\u00a0mois" in consent_words()


def test_the_privacy_page_tells_of_the_pool_apart():
    [entry] = [one for one in processings() if one.model is PoolConsent]

    assert entry.processing == "Vivier de candidats"
    assert entry.legal_basis.startswith("consentement")
    assert entry.delay_words == "24 mois"


# -- The renewal --------------------------------------------------------------------------------


def test_the_renewal_is_asked_once_thirty_days_before_the_end():
    consent = member(now=NOW)
    day = paris(2028, 12, 15, 8)

    assert pool.ask_for_renewals(day - timedelta(days=1), apply=True) == 0
    assert pool.ask_for_renewals(day, apply=False) == 1
    assert pool.ask_for_renewals(day, apply=True) == 1
    assert pool.ask_for_renewals(day, apply=True) == 0

    message = OutgoingMessage.objects.get()
    assert "14\u00a0janvier 2029" in message.text
    pool.renew(consent.application, now=day)
    consent.refresh_from_db()
    assert consent.expires_on == date(2030, 12, 14)
    assert pool.ask_for_renewals(paris(2030, 11, 14, 8), apply=True) == 1


def test_a_consent_that_has_run_out_is_not_renewed_but_given_again():
    consent = member(now=NOW)

    with pytest.raises(NotInThePool):
        pool.renew(consent.application, now=paris(2029, 1, 15))


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "hired"},
        {"synthetic": True},
        {"held_at": NOW, "hold_reason": "Litige"},
    ],
)
def test_nobody_else_is_asked(facts):
    application = ApplicationFactory(**{"state": "rejected"} | facts)
    PoolConsent.objects.create(
        application=application, given_at=NOW, text_version="1", expires_on=NOW.date()
    )

    assert pool.ask_for_renewals(NOW, apply=True) == 0


# -- The desk -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("educateurs", True),
        ("ÉDUCATRICE", True),
        ("saint etienne", True),
        ("évaluations lyon", False),
        ("caferuis", True),
        ("plombier", False),
        ("l’insertion", True),
    ],
)
def test_the_search_forgives_accents_plurals_and_genders(log_in, query, found):
    consent = member("Éducatrice spécialisée, insertion, évaluation", "Saint-Étienne")
    consent.diplomas.add(Diploma.objects.get(slug="caferuis"))

    page = log_in("recrutement").get(LIST, {"q": query}).content.decode()

    assert (consent.application.reference in page) == found


def test_the_filters_narrow_the_list(log_in):
    lyon, paris_one = member(places="Lyon"), member(places="Paris")
    lyon.diplomas.add(Diploma.objects.get(slug="deis"))
    client = log_in("recrutement")

    def shown(**query):
        page = client.get(LIST, query).content.decode()
        return {row for row in (lyon, paris_one) if row.application.reference in page}

    assert shown() == {lyon, paris_one}
    assert shown(place="LYON") == {lyon}
    assert shown(diplomas=Diploma.objects.get(slug="deis").pk) == {lyon}
    assert client.get(LIST, {"diplomas": "x", "renewal": "x"}).status_code == 200
    assert shown(renewal="propose") == set()


@pytest.mark.parametrize(
    "facts",
    [
        {"synthetic": True},
        {"state": "hired"},
        {"state": "received", "offer__blind_review": True},
    ],
)
def test_some_are_never_shown(log_in, facts):
    application = ApplicationFactory(**{"state": "rejected"} | facts)
    PoolConsent.objects.create(
        application=application,
        given_at=timezone.now(),
        text_version="1",
        expires_on=timezone.localdate() + timedelta(days=30),
    )
    client = log_in("recrutement")

    assert application.reference not in client.get(LIST).content.decode()
    inspect = f"{LIST}inspect/{application.pool_consent.pk}/"
    assert client.get(inspect).status_code == 302


@pytest.mark.parametrize("role", ["redaction", "formation", "evaluation"])
def test_who_has_no_right_sees_nothing_of_it(log_in, role):
    consent, client = member(), log_in(role)

    for url in (
        LIST,
        f"{LIST}inspect/{consent.pk}/",
        f"/admin/recrutement/vivier/{consent.pk}/inviter/",
    ):
        assert client.get(url).status_code == 302
        assert consent.application.reference not in client.get(url, follow=True).content.decode()


def test_the_list_asks_as_much_with_thirty_people_as_with_one(log_in, count_queries):
    client, offer = log_in("recrutement"), OfferFactory()
    member(offer=offer)
    client.get(LIST)
    one = count_queries(lambda: client.get(LIST))
    for _ in range(29):
        member(offer=offer).diplomas.set(Diploma.objects.all()[:3])

    assert count_queries(lambda: client.get(LIST)) <= one


def test_the_exports_run_no_formula(log_in):
    member("=HYPERLINK(1)", "+33\x07", last_name="@Garnier")
    client = log_in("recrutement")

    plain = b"".join(client.get(LIST, {"export": "csv"}).streaming_content).decode("utf-8-sig")
    book = b"".join(client.get(LIST, {"export": "xlsx"}).streaming_content)

    [row] = csv.DictReader(io.StringIO(plain), delimiter=";")
    assert row["Nom"] == "'@Garnier"
    assert "'=HYPERLINK(1)" in row.values()
    cells = [cell for line in load_workbook(io.BytesIO(book)).active for cell in line]
    assert "=HYPERLINK(1)" in {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}


# -- Inviting -----------------------------------------------------------------------------------


def test_somebody_is_invited_once_for_each_offer_and_her_consent_does_not_move(log_in):
    consent, client = member(), log_in("recrutement")
    offer = OfferFactory(title="Formateur·rice DEIS")
    url, day = f"/admin/recrutement/vivier/{consent.pk}/inviter/", consent.expires_on
    assert "Inviter à postuler" in client.get(f"{LIST}inspect/{consent.pk}/").content.decode()
    none = client.post(url, {})
    wrong = client.post(url, {"offer": "x"})

    first = client.post(url, {"offer": offer.pk})
    second = client.post(url, {"offer": offer.pk})

    assert none.status_code == wrong.status_code == 200
    assert first.status_code == 302
    assert "déjà été invitée" in second.content.decode()
    message = OutgoingMessage.objects.get()
    assert (message.kind, message.to) == (
        "recrutement_vivier_invitation",
        consent.application.email,
    )
    assert offer.full_url in message.text
    consent.refresh_from_db()
    assert consent.expires_on == day
    assert offer.reference in client.get(f"{LIST}inspect/{consent.pk}/").content.decode()


def test_it_is_refused_for_a_closed_offer_or_one_already_answered():
    consent, by = member(), staff(UserFactory())
    closed, answered = OfferFactory(status="filled"), OfferFactory()
    ApplicationFactory(email=consent.application.email, offer=answered)
    now = timezone.now()

    for offer in (closed, answered):
        with pytest.raises(InvitationRefused):
            pool.invite(consent, offer, by=by, now=now)
    pool.withdraw(consent.application, now=now)
    with pytest.raises(NotInThePool):
        pool.invite(consent, OfferFactory(), by=by, now=now)

    assert not OutgoingMessage.objects.exists()


def test_the_same_person_is_not_invited_by_another_of_her_applications():
    first = member(email="deux@exemple.test")
    second, offer = member(email="deux@exemple.test"), OfferFactory()
    by, now = staff(UserFactory()), timezone.now()
    pool.invite(first, offer, by=by, now=now)

    with pytest.raises(InvitationRefused):
        pool.invite(second, offer, by=by, now=now)


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_send_one_invitation():
    consent, offer, by = member(), OfferFactory(), staff(UserFactory())
    now = timezone.now()

    outcomes = at_once(*[lambda: pool.invite(consent, offer, by=by, now=now)] * 2)

    assert sum(isinstance(one, InvitationRefused) for one in outcomes) == 1, outcomes
    assert OutgoingMessage.objects.count() == 1
