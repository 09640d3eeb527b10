"""What a person reads and does in her own space, by the link of an e-mail."""

import json
import re
from datetime import timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from recrutement import links
from recrutement.consent import consent_version, consent_words
from recrutement.enums import ENDED, ONGOING, SEEN_BY_THE_PERSON, ApplicationState
from recrutement.exceptions import NoLongerOngoing, NotInvited
from recrutement.forms.space import (
    AccommodationForm,
    AddressForm,
    ConfirmForm,
    EraseForm,
    LinkAgainForm,
    PoolForm,
)
from recrutement.models import (
    AnonymizedApplication,
    Application,
    ApplicationDocument,
    Interview,
    PoolConsent,
)
from recrutement.services import hold, pool, space
from recrutement.services.lifecycle import LIFECYCLE
from recrutement.services.own_data import everything_about
from rgpd.models import NoticeVersion
from site_enys.models import PrivateFileAccess
from site_enys.states import PERSON, TransitionRefused, staff
from tests import calendars
from tests.factories.people import UserFactory
from tests.factories.recrutement import ApplicationFactory, DocumentFactory, OfferFactory
from tests.harness.client import SiteClient
from tests.markers import texts_in
from tests.pdfs import accessibility_faults, text_of
from tests.races import at_once

NOW = timezone.now()
NEW = "ines.nouvelle@exemple.test"
HOSTILE = ["\x00", "\u202etxt", "é" * 10_000, "\u200b"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return ApplicationFactory(
        reference="C-2026-0042", offer=OfferFactory(title="Chargé·e d’études")
    )


def path_of(url: str) -> str:
    return urlsplit(url).path


def opened(client, application) -> str:
    """The address that the link leads to; this browser may now reach it."""
    return client.get(path_of(links.application_url(application)))["Location"]


def post(client, url, form=ConfirmForm, **data):
    token = form(now=timezone.now() - timedelta(seconds=30)).new_token()
    return client.post(url, {"form_token": token, **data})


def text(response) -> str:
    words = re.sub(r"\s+", " ", response.content.decode())
    return words.replace("&nbsp;", " ").replace("&#8239;", " ").replace("\u00a0", " ")


def kinds() -> list[str]:
    return sorted(OutgoingMessage.objects.values_list("kind", flat=True))


# -- The link -----------------------------------------------------------------------------------


def test_the_link_leads_to_an_address_without_its_token(client, application):
    response = client.get(path_of(links.application_url(application)))
    page = client.get(response["Location"])

    assert response.status_code == 303
    assert response["Location"] == f"/recrutement/suivi/{application.pk}/"
    policies = [answer["Referrer-Policy"] for answer in (response, page)]
    assert policies == ["no-referrer", "same-origin"]
    assert "no-store" in page["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in page.content.decode()


@pytest.mark.parametrize(
    "suffix", ["", "mes-donnees.json", "mes-donnees.pdf", "retirer/", "effacer/"]
)
def test_whoever_has_opened_no_link_meets_the_same_neutral_page(client, application, suffix):
    opened(client, ApplicationFactory())
    theirs = client.get(f"/recrutement/suivi/{application.pk}/{suffix}")
    nobodys = client.get(f"/recrutement/suivi/{'0' * 8}-0000-4000-8000-{'0' * 12}/{suffix}")

    assert theirs.status_code == nobodys.status_code == 403
    form_token = re.compile(rb'name="(form_token|csrfmiddlewaretoken)" value="[^"]+"')
    assert form_token.sub(b"", theirs.content) == form_token.sub(b"", nobodys.content)
    assert "Recevoir mon lien" in text(theirs)


def test_an_altered_link_opens_nothing_and_is_noted_without_a_name(client, application, caplog):
    url = path_of(links.application_url(application))

    for altered in (url[:-3] + "AA/", "/recrutement/suivi/lien/n-importe-quoi/"):
        assert client.get(altered).status_code == 403

    assert caplog.text.count("refusé à un visiteur\u00a0: Espace d’une candidature") == 2
    assert str(application.pk) not in caplog.text


def test_a_link_is_too_old_after_four_hundred_days(client, application, time_machine):
    url = path_of(links.application_url(application))
    time_machine.move_to(timezone.now() + timedelta(days=401))

    assert client.get(url).status_code == 403


# -- What is shown ------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ApplicationState.values)
def test_each_state_is_said_in_the_words_of_the_person(client, state):
    application = ApplicationFactory(state=state)

    page = text(client.get(opened(client, application)))

    assert f'<p class="panel__when">{SEEN_BY_THE_PERSON[ApplicationState(state)]}</p>' in page
    assert ("Au plus tard le" in page) == (state in ONGOING)
    assert ("Effacement le" in page) == (state not in ONGOING)
    assert ("Retirer ma candidature" in page) == (state in ONGOING)


def test_what_was_sent_is_read_again(client, application):
    DocumentFactory(application=application, original_name="Mon CV <final>.pdf", pages=3)
    application.answers.create(position=1, question="Pourquoi nous ?", answer="Pour <b>vous</b>")
    Application.objects.filter(pk=application.pk).update(message="Bonjour,\n\nvoici.")

    page = text(client.get(opened(client, application)))

    assert "Mon CV &lt;final&gt;.pdf" in page
    assert "3 pages" in page
    assert "Pour &lt;b&gt;vous&lt;/b&gt;" in page
    assert "Inès Garnier" in page


def test_she_takes_her_file_back_and_the_journal_notes_it(client, application):
    document = DocumentFactory(application=application)
    page = opened(client, application)

    response = client.get(f"{page}piece/{document.pk}/")
    content = b"".join(response.streaming_content)

    assert content.startswith(b"%PDF-")
    assert response["Content-Disposition"] == 'attachment; filename="CV-C-2026-0042.pdf"'
    assert PrivateFileAccess.objects.get().subject == "CV C-2026-0042"


def test_somebody_elses_file_is_not_hers(client, application):
    other = DocumentFactory()
    page = opened(client, application)

    assert client.get(f"{page}piece/{other.pk}/").status_code == 404
    assert (
        client.get(f"/recrutement/suivi/{other.application_id}/piece/{other.pk}/").status_code
        == 403
    )
    assert not PrivateFileAccess.objects.exists()


def test_a_meeting_to_come_is_shown_with_its_place_and_a_past_one_is_not(client, application):
    Application.objects.filter(pk=application.pk).update(state="interview")
    facts = {"application": application, "kind": "sur-place", "created_at": NOW}
    Interview.objects.create(place="12 rue des Lilas", starts_at=NOW + timedelta(days=2), **facts)
    Interview.objects.create(place="Hier", starts_at=NOW - timedelta(days=1), **facts)
    gone = {"starts_at": NOW + timedelta(days=3), "cancelled_at": NOW}
    Interview.objects.create(place="Annulé", **gone, **facts)

    page = text(client.get(opened(client, application)))

    assert "12 rue des Lilas" in page
    assert "Hier" not in page
    assert "Annulé" not in page


def test_a_meeting_goes_into_her_own_calendar_and_in_nobody_elses(client, application):
    facts = {"kind": "visio", "created_at": NOW, "starts_at": NOW + timedelta(days=2)}
    hers = Interview.objects.create(application=application, place="Un lien", **facts)
    over = Interview.objects.create(
        application=application, place="Annulé", cancelled_at=NOW, **facts
    )
    other = Interview.objects.create(application=ApplicationFactory(), place="Ailleurs", **facts)
    page = opened(client, application)

    got = client.get(f"{page}entretien/{hers.public_id}.ics")
    method, [entry] = calendars.read(b"".join(got))

    assert (method, entry["LOCATION"], entry["SEQUENCE"]) == ("REQUEST", "Un lien", "0")
    assert str(hers.public_id) in entry["UID"]
    assert f"entretien/{hers.public_id}.ics" in text(client.get(page))
    for interview in (over, other):
        assert client.get(f"{page}entretien/{interview.public_id}.ics").status_code == 404
    theirs = reverse("recrutement_own_meeting", args=[other.application_id, other.public_id])
    assert client.get(theirs).status_code == 403


def test_the_page_asks_as_much_with_thirty_things_as_with_one(client, application, count_queries):
    page = opened(client, application)
    application.answers.create(position=0, question="?", answer="!")
    client.get(page)
    one = count_queries(lambda: client.get(page))
    for rank in range(1, 30):
        application.answers.create(position=rank, question="?", answer="!")

    assert count_queries(lambda: client.get(page)) == one


# -- Withdrawing --------------------------------------------------------------------------------


def test_she_withdraws_and_a_double_click_changes_nothing_more(client, application):
    page = opened(client, application)
    token = ConfirmForm(now=timezone.now() - timedelta(seconds=30)).new_token()
    assert client.get(f"{page}retirer/").status_code == 200
    application.refresh_from_db()
    assert application.state == "received"

    answers = [client.post(f"{page}retirer/", {"form_token": token}) for _ in range(2)]

    assert {answer["Location"] for answer in answers} == {f"{page}?fait=retirer"}
    assert "Votre candidature est retirée." in text(client.get(f"{page}?fait=retirer"))
    assert application.events.get().role == "person"
    assert kinds() == ["recrutement_retrait"]


def test_withdrawing_once_decided_is_refused_kindly(client, application):
    page = opened(client, application)
    LIFECYCLE.apply(application, "reject", by=staff(UserFactory()), now=NOW, reason="Autre profil.")

    refused = post(client, f"{page}retirer/")

    assert refused.status_code == 200
    assert "n’est plus en cours" in text(refused)
    application.refresh_from_db()
    assert application.state == "rejected"
    assert "n’est plus en cours" in text(client.get(f"{page}retirer/"))


@pytest.mark.django_db(transaction=True)
def test_withdrawing_while_staff_decides_leaves_one_of_the_two():
    application = ApplicationFactory(offer=None)
    by = staff(UserFactory())
    copies = [Application.objects.get(pk=application.pk) for _ in range(2)]

    outcomes = at_once(
        lambda: space.withdraw(copies[0], now=NOW),
        lambda: LIFECYCLE.apply(copies[1], "reject", by=by, now=NOW, reason="Autre profil."),
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len(refused) == 1, outcomes
    assert isinstance(refused[0], NoLongerOngoing | TransitionRefused)
    application.refresh_from_db()
    assert application.state in {"withdrawn", "rejected"}
    assert application.events.count() == 1


# -- Accommodation ------------------------------------------------------------------------------


def test_what_she_needs_is_asked_once_invited_then_changed_then_erased(client, application):
    page = opened(client, application)
    early = post(client, f"{page}amenagement/", AccommodationForm, text="Un accès sans marche")
    assert "une fois l’entretien proposé" in text(early)
    Application.objects.filter(pk=application.pk).update(state="interview")

    post(client, f"{page}amenagement/", AccommodationForm, text="Un accès sans marche")
    assert "Un accès sans marche" in text(client.get(page))
    post(client, f"{page}amenagement/", AccommodationForm, text="Un interprète")
    application.refresh_from_db()
    assert application.accommodation_request.text == "Un interprète"
    assert "Un interprète" not in "".join(OutgoingMessage.objects.values_list("text", flat=True))
    post(client, f"{page}sans-amenagement/")

    assert "Un interprète" not in text(client.get(page))
    assert not Application.objects.exclude(accommodation_request=None).exists()
    assert not application.events.exists()


@pytest.mark.parametrize("state", ["received", "reviewing", "rejected"])
def test_nobody_asks_for_an_accommodation_without_a_meeting(state):
    with pytest.raises(NotInvited):
        space.ask_for_accommodation(ApplicationFactory(state=state), "Une pause", now=NOW)

    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize("typed", ["", *HOSTILE])
def test_a_hostile_text_is_refused_beside_its_field(client, application, typed):
    Application.objects.filter(pk=application.pk).update(state="interview")
    page = opened(client, application)

    answer = post(client, f"{page}amenagement/", AccommodationForm, text=typed)

    assert answer.status_code == 200
    assert "Votre envoi est à corriger" in text(answer)


# -- The address --------------------------------------------------------------------------------


def confirm_path() -> str:
    message = OutgoingMessage.objects.get(kind="recrutement_adresse_a_confirmer")
    return path_of(re.search(r"https?://\S+", message.text)[0])


def test_a_new_address_counts_once_its_owner_has_confirmed_it(client, application):
    former, link = application.email, path_of(links.application_url(application))
    page = opened(client, application)

    post(client, f"{page}adresse/", AddressForm, email=NEW.upper())
    application.refresh_from_db()
    assert application.email == former
    ask = OutgoingMessage.objects.get()
    assert (ask.to, ask.kind) == (NEW, "recrutement_adresse_a_confirmer")
    assert "Inès" not in ask.text + ask.html
    assert application.reference not in ask.text + ask.html
    path, mailbox = confirm_path(), SiteClient()
    assert NEW in text(mailbox.get(path))
    token = ConfirmForm(now=timezone.now() - timedelta(seconds=30)).new_token()
    answers = [mailbox.post(path, {"form_token": token}) for _ in range(2)]

    application.refresh_from_db()
    assert application.email == NEW
    assert {answer.status_code for answer in answers} == {303}
    assert "nouvelle adresse est enregistrée" in text(mailbox.get(answers[0]["Location"]))
    assert client.get(page).status_code == client.get(link).status_code == 403
    told = {row.to: row for row in OutgoingMessage.objects.exclude(pk=ask.pk)}
    assert set(told) == {former, NEW}
    assert NEW not in told[former].text + told[former].html
    assert mailbox.get(path).status_code == 403


def test_an_address_already_used_for_this_offer_is_refused_without_saying_why(client, application):
    ApplicationFactory(email=NEW, offer=application.offer)
    page = opened(client, application)

    asked = post(client, f"{page}adresse/", AddressForm, email=NEW)
    refused = post(client, confirm_path())

    assert asked.status_code == 303
    assert refused.status_code == 200
    assert "ne peut pas être enregistrée" in text(refused)
    told = text(refused).split('role="alert"', 1)[1].split("</ul>")[0]
    assert not {"déjà", "cours", "existe"} & set(re.findall(r"\w+", told))
    application.refresh_from_db()
    assert application.email != NEW


def test_the_link_of_an_address_lives_two_days_and_three_leave_in_an_hour(
    client, application, time_machine
):
    page = opened(client, application)
    for rank in range(4):
        last = post(client, f"{page}adresse/", AddressForm, email=f"adresse{rank}@exemple.test")
    assert "Plusieurs messages" in text(last)
    assert OutgoingMessage.objects.count() == 3
    message = OutgoingMessage.objects.first()
    path = path_of(re.search(r"https?://\S+", message.text)[0])
    time_machine.move_to(timezone.now() + timedelta(days=2, minutes=5))

    assert client.get(path).status_code == 403


# -- The link again -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reference", "email", "leaves"),
    [
        (" c-2026-0042 ", "INES@exemple.test", 1),
        ("C-2026-0042", "autre@exemple.test", 0),
        ("C-2026-9999", "ines@exemple.test", 0),
    ],
)
def test_the_answer_is_the_same_whether_something_was_found(client, reference, email, leaves):
    ApplicationFactory(reference="C-2026-0042", email="ines@exemple.test")

    answer = post(client, "/recrutement/suivi/", LinkAgainForm, reference=reference, email=email)

    assert answer["Location"] == "/recrutement/suivi/?envoye"
    assert "Si ce numéro et cette adresse vont ensemble" in text(client.get(answer["Location"]))
    assert OutgoingMessage.objects.count() == leaves


@pytest.mark.parametrize("facts", [{"state": "quarantine"}, {"synthetic": True}])
def test_nothing_leaves_for_what_nobody_let_in(facts):
    ApplicationFactory(reference="C-2026-0042", email="ines@exemple.test", **facts)

    assert not space.send_link("C-2026-0042", "ines@exemple.test", now=NOW)


def test_three_links_leave_in_an_hour_and_no_more():
    application = ApplicationFactory()
    sent = [space.send_link(application.reference, application.email, now=NOW) for _ in range(5)]

    assert sent == [True, True, True, False, False]


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_references_are_refused_beside_their_field(client, typed):
    data = {"reference": typed, "email": "a@exemple.test"}

    answer = post(client, "/recrutement/suivi/", LinkAgainForm, **data)

    assert answer.status_code == 200
    assert "Votre envoi est à corriger" in text(answer)


# -- The data -----------------------------------------------------------------------------------


@pytest.fixture
def known():
    """Somebody about whom the site knows something of every nature."""
    colleague = UserFactory(role="recrutement", first_name="Thomas", last_name="Secret")
    application = ApplicationFactory(
        reference="C-2026-0042", state="interview", message="Un mot.\n\nDeux # *mots* 🙂."
    )
    DocumentFactory(application=application)
    application.answers.create(position=1, question="Pourquoi ?", answer="2024-01-01")
    application.notes.create(author=colleague, at=NOW, text="Très claire au téléphone.")
    application.ratings.create(reviewer=colleague, criterion="Écoute", score=3, at=NOW)
    application.reveals.create(user=colleague, at=NOW, reason="Pour l’appeler")
    Interview.objects.create(
        application=application, kind="visio", starts_at=NOW, place="Un lien", created_at=NOW
    )
    space.ask_for_accommodation(application, "Une pause", now=NOW)
    pool.give(application, pool.Wishes(skills="Enquêtes"), now=NOW)
    space.send_link(application.reference, application.email, now=NOW)
    for subject in ("CV C-2026-0042", "CV C-2026-00421"):
        PrivateFileAccess.objects.create(user=colleague, subject=subject)
    return application


def test_her_data_hold_all_of_it_and_no_colleague(client, known):
    page = opened(client, known)

    response = client.get(f"{page}mes-donnees.json")
    data = json.loads(b"".join(response.streaming_content))

    assert data["Votre candidature"]["Adresse électronique"] == known.email
    assert data["Vos réponses"] == [{"Question": "Pourquoi ?", "Réponse": "2024-01-01"}]
    assert data["Notes de l’équipe"][0]["Par"] == "Recrutement"
    assert data["Évaluations de l’équipe"][0]["Note sur 4"] == 3
    assert data["Aménagement demandé"]["Demande"] == "Une pause"
    assert data["Vivier"]["Ce que vous savez faire"] == "Enquêtes"
    assert [one["Fait"] for one in data["Historique"]] == ["Accord donné pour le vivier"]
    assert [one["Pièce"] for one in data["Qui a ouvert vos pièces"]] == ["CV C-2026-0042"]
    messages = data["Messages que nous vous avons écrits"]
    assert [one["Objet"] for one in messages] == ["Votre lien de suivi (C-2026-0042)"]
    everything = json.dumps(data, ensure_ascii=False)
    assert "Secret" not in everything
    assert links.APPLICATION.token(known) not in everything
    assert known.link_nonce.hex not in everything
    assert response["Content-Disposition"].endswith('filename="mes-donnees-C-2026-0042.json"')
    assert all(data.values())


def test_the_pdf_says_the_same_and_everybody_can_read_it(client, known):
    page = opened(client, known)

    content = b"".join(client.get(f"{page}mes-donnees.pdf").streaming_content)
    said = text_of(content)

    assert accessibility_faults(content) == []
    for words in (
        "Très claire au téléphone.",
        "Deux # *mots*",
        "Enquêtes",
        "Qui a ouvert vos pièces",
        "Une pause",
        "2024-01-01",
        "Effacement le" if known.state in ENDED else "tant que le recrutement est en cours",
    ):
        assert words in said
    assert "Secret" not in said


def test_somebody_of_whom_we_know_little_has_her_pdf_too(client, application):
    content = b"".join(
        client.get(f"{opened(client, application)}mes-donnees.pdf").streaming_content
    )

    assert accessibility_faults(content) == []
    assert "Rien." in text_of(content)


def test_a_staff_message_is_not_told_as_one_of_hers(known, settings):
    with transaction.atomic():
        OutgoingMessage.objects.update(to=settings.STAFF_EMAIL)

    assert everything_about(known, NOW)["Messages que nous vous avons écrits"] == []


def test_her_data_take_as_many_queries_with_thirty_notes_as_with_one(known, count_queries):
    def read():
        everything_about(Application.objects.get(pk=known.pk), NOW)

    one = count_queries(read)
    for _ in range(30):
        known.notes.create(author=UserFactory(role="evaluation"), at=NOW, text="Vu.")

    assert count_queries(read) == one


# -- Erasing ------------------------------------------------------------------------------------


def test_erasing_asks_for_a_tick_then_is_done_at_once(client, application):
    link = path_of(links.application_url(application))
    page = opened(client, application)
    DocumentFactory(application=application)
    unticked = post(client, f"{page}effacer/", EraseForm)
    assert "Cochez cette case" in text(unticked)
    token = EraseForm(now=timezone.now() - timedelta(seconds=30)).new_token()

    answers = [
        client.post(f"{page}effacer/", {"form_token": token, "sure": "on"}) for _ in range(2)
    ]

    assert {answer["Location"] for answer in answers} == {"/recrutement/suivi/efface/"}
    assert "Vos données sont effacées" in text(client.get("/recrutement/suivi/efface/"))
    assert client.get(page).status_code == client.get(link).status_code == 403
    assert client.post(f"{page}effacer/", {"form_token": "autre"}).status_code == 403
    assert not Application.objects.exists()
    assert not ApplicationDocument.objects.exists()
    assert AnonymizedApplication.objects.get().state == "withdrawn"
    assert kinds() == ["recrutement_efface", "recrutement_efface_equipe"]


def test_what_is_held_for_a_dispute_is_not_erased_and_she_reads_why(client, application):
    hold.hold(application, "Un secret de la direction", by=PERSON, now=NOW)
    page = opened(client, application)

    refused = post(client, f"{page}effacer/", EraseForm, sure="on")
    shown = text(client.get(page))

    assert "17.3.e" in text(refused)
    assert "17.3.e" in shown
    assert "Effacer mes données" not in shown
    assert "Un secret" not in shown + texts_in(everything_about(application, NOW))
    assert Application.objects.exists()


# -- The pool -----------------------------------------------------------------------------------


def test_the_pool_is_entered_with_a_tick_changed_and_left_as_easily(client, application):
    page = opened(client, application)
    form = text(client.get(f"{page}vivier/"))
    assert "24 mois" in form
    assert "checked" not in form
    unticked = post(client, f"{page}vivier/", PoolForm, skills="Enquêtes")
    assert "Sans votre accord" in text(unticked)
    assert "Enquêtes" in text(unticked)
    token = PoolForm(now=timezone.now() - timedelta(seconds=30)).new_token()
    data = {"form_token": token, "skills": "Enquêtes", "agreed": "on"}

    answers = [client.post(f"{page}vivier/", data) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {f"{page}?fait=vivier"}
    assert PoolConsent.objects.get().text_version == consent_version()
    assert NoticeVersion.objects.get(key="vivier").text == consent_words()
    post(client, f"{page}vivier-modifier/", PoolForm, skills="Animation", places="Lyon")
    assert PoolConsent.objects.get().skills == "Animation"
    assert "Sortir du vivier" in text(client.get(page))
    post(client, f"{page}vivier-retirer/")

    assert PoolConsent.objects.get().withdrawn_at
    assert "Entrer dans le vivier" in text(client.get(page))
    assert "Vous n’êtes pas, ou plus" in text(post(client, f"{page}vivier-renouveler/"))


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_wishes_are_refused_beside_their_field(client, application, typed):
    page = opened(client, application)

    for name in ("skills", "places", "diplomas"):
        answer = post(client, f"{page}vivier/", PoolForm, agreed="on", **{name: typed})
        assert answer.status_code == 200
        assert "Votre envoi est à corriger" in text(answer)
    assert not PoolConsent.objects.exists()


def test_an_act_that_does_not_exist_is_not_found(client, application):
    assert client.get(f"{opened(client, application)}voler/").status_code == 404


def test_only_get_and_post_are_answered(client, application):
    page = opened(client, application)

    assert client.post(page).status_code == 405
    assert client.put(f"{page}retirer/").status_code == 405
    assert client.post(reverse("recrutement_erased")).status_code == 405
