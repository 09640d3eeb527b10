"""« Mes données » as its person lives it: a link, once; one page; and what she does there."""

import io
import json
import re
import zipfile
from datetime import timedelta
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from home.models import ContactMessage
from rgpd.enums import RequestState
from rgpd.forms import AddressForm, AskForm, CorrectionForm, EraseForm, OpenForm, WithdrawForm
from rgpd.links import ACCESS, LINK_LASTS, VISIT_LASTS, access_url
from rgpd.models import PersonalAccess, RightsRequest
from rgpd.register import Consent, HeldFile, Person
from rgpd.services import access as rules
from rgpd.services import own_acts
from rgpd.services.own_acts import own_row
from site_enys.links import LinkRefused
from site_enys.models import PrivateFileAccess, RateWindow
from site_enys.public_forms import PublicForm
from site_enys.templatetags.typography import long_date
from tests.factories.home import ContactMessageFactory
from tests.harness.client import SiteClient
from tests.mails import last_mail
from tests.races import at_once
from tests.rgpd.registered import messages, registered

pytestmark = pytest.mark.django_db
ZOE, MAX = "zoe@exemple.test", "max@exemple.test"
NOW = timezone.now()
MINE = "/mes-donnees/"
HERS = "/mes-donnees/vous/"
SECOND = timedelta(seconds=1)
HOSTILE = ["\x00", "\u202etxt", "é" * 10_000, "\u200b", "<script>alert(1)</script>"]


def post(client, url, form: type[PublicForm] = OpenForm, **data):
    token = {"form_token": token_of(form)} if "form_token" not in data else {}
    return client.post(url, token | data)


def token_of(form: type[PublicForm]) -> str:
    return form(now=timezone.now() - timedelta(seconds=30), **extra(form)).new_token()


def extra(form):
    return {"subjects": []} if form is AskForm else {}


def link_of(access) -> str:
    return urlsplit(access_url(access)).path


def access_of(email=ZOE, **changes):
    return PersonalAccess.objects.create(**{"email": email, "asked_at": timezone.now()} | changes)


def enter(client, email=ZOE):
    """This browser has opened the link of this address."""
    access = access_of(email)
    assert post(client, link_of(access))["Location"] == HERS
    return access


def text(response) -> str:
    words = re.sub(r"\s+", " ", response.content.decode())
    return words.replace("&nbsp;", " ").replace("&#8239;", " ").replace("\u00a0", " ")


def address_of(name, row, *more):
    return reverse(name, args=[row._meta.label_lower, row.pk, *more])


# -- Asking for the link ------------------------------------------------------------------------


def test_the_link_goes_to_the_address_that_was_typed(client):
    response = post(client, MINE, AddressForm, email="Zoe@Exemple.test")

    assert (response.status_code, response["Location"]) == (303, MINE + "?envoye")
    access = PersonalAccess.objects.get()
    mail = last_mail("rgpd_link")
    assert (access.email, mail.to, mail.secret) == (ZOE, ZOE, True)
    assert access.notice_version == AddressForm().notice.version
    assert link_of(access).rpartition("/lien/")[0] in mail.text


def test_the_answer_and_the_work_are_the_same_whether_she_is_known_or_not(count_queries):
    ContactMessageFactory.create_batch(3, email=ZOE)
    # The first sending of all stores the words of the notice.
    post(SiteClient(REMOTE_ADDR="192.0.2.9"), MINE, AddressForm, email=MAX)
    answers, queries, rows = [], [], []
    for email in (ZOE, "inconnue@exemple.test"):
        client = SiteClient(REMOTE_ADDR=f"192.0.2.{len(answers) + 1}")
        before = PersonalAccess.objects.count(), OutgoingMessage.objects.count()
        queries.append(
            count_queries(
                lambda client=client, email=email: answers.append(
                    post(client, MINE, AddressForm, email=email)
                )
            )
        )
        after = PersonalAccess.objects.count(), OutgoingMessage.objects.count()
        rows.append([late - early for late, early in zip(after, before, strict=True)])

    first, second = answers
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert first.content == second.content
    assert queries[0] == queries[1]
    assert rows[0] == rows[1] == [1, 1]
    mails = OutgoingMessage.objects.filter(kind="rgpd_link").exclude(to=MAX)
    assert len({re.sub(r"/lien/\S+", "", mail.text) for mail in mails}) == 1


def test_nothing_is_looked_up_when_a_link_is_asked_for(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as queries:
        post(client, MINE, AddressForm, email=ZOE)

    assert not [one for one in queries if "home_contactmessage" in one["sql"]]


def test_an_address_receives_three_links_an_hour_and_the_answer_stays_the_same(settings):
    settings.FORM_HOURLY_LIMIT = 100
    answers = [post(SiteClient(), MINE, AddressForm, email=ZOE) for _ in range(5)]
    post(SiteClient(), MINE, AddressForm, email=MAX)

    assert {answer["Location"] for answer in answers} == {MINE + "?envoye"}
    assert OutgoingMessage.objects.filter(to=ZOE).count() == 3
    assert OutgoingMessage.objects.filter(to=MAX).count() == 1
    RateWindow.objects.update(hour=NOW - timedelta(hours=2))
    post(SiteClient(), MINE, AddressForm, email=ZOE.upper())
    assert OutgoingMessage.objects.filter(to=ZOE).count() == 4


def test_a_network_has_the_limit_of_every_form(client, settings):
    settings.FORM_HOURLY_LIMIT = 2
    for number in range(2):
        post(client, MINE, AddressForm, email=f"a{number}@exemple.test")

    response = post(client, MINE, AddressForm, email="a3@exemple.test")

    assert response.status_code == 422
    assert "Beaucoup d’envois" in text(response)
    assert not PersonalAccess.objects.filter(email="a3@exemple.test").exists()


def test_sent_twice_one_link_leaves(client):
    token = token_of(AddressForm)
    for _ in range(2):
        response = client.post(MINE, {"form_token": token, "email": ZOE})

    assert response["Location"] == MINE + "?envoye"
    assert PersonalAccess.objects.count() == 1


def test_a_robot_is_answered_like_the_others_and_nothing_leaves(client):
    response = post(client, MINE, AddressForm, email=ZOE, remarque_bis="http://")

    assert response["Location"] == MINE + "?envoye"
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize("typed", ["", "zoe", "zoe@exemple.test\nBcc: b@c.test", *HOSTILE])
def test_a_wrong_address_is_said_beside_the_field(client, typed):
    response = post(client, MINE, AddressForm, email=typed)

    assert response.status_code == 422
    assert 'id="id_email_error"' in text(response)
    assert not OutgoingMessage.objects.exists()


# -- The link -----------------------------------------------------------------------------------


def test_the_link_shows_a_button_and_opens_nothing_by_itself(client):
    access = access_of()

    for _ in range(3):
        response = client.get(link_of(access))

    access.refresh_from_db()
    assert (response.status_code, access.opened_at) == (200, None)
    assert "Ouvrir mes données" in text(response)
    assert client.get(HERS).status_code == 403


def test_the_button_opens_the_page_in_this_browser_only(client):
    access = enter(client)

    access.refresh_from_db()
    assert access.opened_at
    assert client.get(HERS).status_code == 200
    assert SiteClient().get(HERS).status_code == 403


def test_the_link_serves_once(client):
    access = enter(client)
    other = SiteClient()

    assert other.get(link_of(access)).status_code == 403
    assert post(other, link_of(access)).status_code == 403
    assert other.get(HERS).status_code == 403


def test_a_double_click_on_the_button_leads_to_the_page(client):
    link, token = link_of(access_of()), token_of(OpenForm)
    for _ in range(2):
        response = client.post(link, {"form_token": token})

    assert (response.status_code, response["Location"]) == (303, HERS)


def test_the_link_ends_after_a_quarter_of_an_hour(client):
    ended = access_of(asked_at=timezone.now() - LINK_LASTS)
    alive = access_of(asked_at=timezone.now() - LINK_LASTS + 5 * SECOND)

    assert client.get(link_of(ended)).status_code == 403
    assert post(client, link_of(ended)).status_code == 403
    assert client.get(link_of(alive)).status_code == 200


def test_the_last_second_of_the_link():
    access = access_of(asked_at=NOW)
    token = ACCESS.token(access)

    assert rules.waiting(token, NOW + LINK_LASTS - SECOND) == access
    with pytest.raises(LinkRefused):
        rules.waiting(token, NOW + LINK_LASTS)
    with pytest.raises(LinkRefused):
        rules.open_once(access, now=NOW + LINK_LASTS)
    rules.open_once(access, now=NOW + LINK_LASTS - SECOND)


@pytest.mark.parametrize("token", ["x", "a:b:c", "é", "%00", "." * 300])
def test_an_altered_link_shows_the_neutral_page(client, token):
    response = client.get(f"{MINE}lien/{token}/")

    assert response.status_code in {403, 404}
    assert "exemple.test" not in text(response)


def test_the_link_of_another_purpose_opens_nothing(client):
    token = ACCESS.token(access_of())

    assert client.get(f"/recrutement/suivi/lien/{token}/").status_code == 403


def test_the_page_of_the_link_tells_its_address_to_nobody(client):
    response = client.get(link_of(access_of()))

    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in text(response)


@pytest.mark.django_db(transaction=True)
def test_two_browsers_at_once_open_the_link_once():
    access = access_of()
    again = PersonalAccess.objects.get(pk=access.pk)

    outcomes = at_once(
        lambda: rules.open_once(access, now=NOW + SECOND),
        lambda: rules.open_once(again, now=NOW + SECOND),
    )

    assert sorted(map(repr, outcomes), key=len)[0] == "None"
    assert sum(isinstance(one, LinkRefused) for one in outcomes) == 1


# -- The visit ----------------------------------------------------------------------------------


def test_the_page_closes_after_half_an_hour(client, monkeypatch):
    access = enter(client)
    opened = PersonalAccess.objects.get(pk=access.pk).opened_at

    monkeypatch.setattr("rgpd.views.visit.timezone.now", lambda: opened + VISIT_LASTS - SECOND)
    assert client.get(HERS).status_code == 200
    monkeypatch.setattr("rgpd.views.visit.timezone.now", lambda: opened + VISIT_LASTS + SECOND)
    assert client.get(HERS).status_code == 403


def test_closing_ends_the_visit_at_once(client):
    enter(client)

    response = client.post(MINE + "fermer/")

    assert response["Location"] == MINE + "?ferme"
    assert client.get(HERS).status_code == 403
    assert client.get(MINE + "fermer/").status_code == 405


def test_closing_twice_or_without_a_visit_says_the_same(client):
    assert client.post(MINE + "fermer/")["Location"] == MINE + "?ferme"


def test_entering_changes_the_key_of_the_session(client):
    session = client.session
    session["a"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key

    enter(client)

    assert client.cookies["sessionid"].value != session.session_key


PRIVATE = [
    HERS,
    HERS + "mes-donnees.json",
    HERS + "mes-donnees.pdf",
    HERS + "mes-donnees.zip",
    HERS + "demande/",
    HERS + "effacer/",
    HERS + "corriger/home.contactmessage/1/",
    HERS + "retirer/home.contactmessage/1/0/",
]


@pytest.mark.parametrize("url", PRIVATE)
def test_without_a_visit_every_address_shows_the_neutral_page(client, url):
    ContactMessageFactory(email=ZOE)

    assert client.get(url).status_code == 403
    assert client.post(url).status_code == 403
    assert ContactMessage.objects.exists()


@pytest.mark.parametrize("url", [HERS, HERS + "demande/", HERS + "effacer/"])
def test_nobody_keeps_the_pages_nor_learns_their_address(client, url):
    enter(client)

    response = client.get(url)

    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex">' in text(response)


# -- The page -----------------------------------------------------------------------------------


def test_the_page_says_what_is_held_and_when_it_ends(client):
    message = ContactMessageFactory(email=ZOE, name="Zoé Martin", text="<b>Bonjour</b>")
    ContactMessageFactory(email=MAX, name="Max Petit")
    enter(client)

    words = text(client.get(HERS))

    assert "Zoé Martin" in words
    assert "&lt;b&gt;Bonjour&lt;/b&gt;" in words
    assert "Max Petit" not in words
    ends = long_date(message.created_at + timedelta(days=365)).replace("\u00a0", " ")
    assert f"Effacement le {ends}." in words
    assert address_of("rgpd_correct", message) in words


def test_whoever_has_nothing_reads_so(client):
    with registered(messages()):
        enter(client)
        words = text(client.get(HERS))

    assert "Nous ne gardons rien de vous" in words
    assert "Effacer mes données" not in words


def test_the_traces_of_this_page_are_not_called_something(client):
    enter(client)
    words = text(client.get(HERS))

    assert "Nous ne gardons rien de vous" in words
    assert "sinon la trace de ce que vous avez demandé ici" in words
    assert "Accès n° " in words


def test_the_page_keeps_its_number_of_queries(client, count_queries):
    enter(client)
    ContactMessageFactory(email=ZOE)
    client.get(HERS)
    one = count_queries(lambda: client.get(HERS))
    ContactMessageFactory.create_batch(29, email=ZOE)

    assert count_queries(lambda: client.get(HERS)) == one


def test_many_rows_are_folded(client):
    ContactMessageFactory.create_batch(4, email=ZOE)
    enter(client)

    assert text(client.get(HERS)).count('<details class="own-data__row">') == 4


# -- Taking away --------------------------------------------------------------------------------


def opened_pieces():
    return sorted(PrivateFileAccess.objects.values_list("subject", flat=True))


def test_the_three_downloads_say_the_same_and_are_noted(client):
    ContactMessageFactory(email=ZOE, name="Zoé Martin")
    access = enter(client)

    as_json = b"".join(client.get(HERS + "mes-donnees.json").streaming_content)
    as_pdf = b"".join(client.get(HERS + "mes-donnees.pdf").streaming_content)
    answer = client.get(HERS + "mes-donnees.zip")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))

    said = json.loads(as_json)
    assert said["Messages de contact"]["Données"][0]["Nom"] == "Zoé Martin"
    assert as_pdf.startswith(b"%PDF")
    taken = json.loads(archive.read("mes-donnees.json"))
    assert taken["Messages de contact"] == said["Messages de contact"]
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == 'attachment; filename="mes-donnees.zip"'
    assert opened_pieces() == [
        f"Mes données ({kind}), accès n° {access.pk}" for kind in ("JSON", "PDF", "ZIP")
    ]


def test_her_files_are_in_the_archive_each_noted(client):
    message = ContactMessageFactory(email=ZOE)
    file = HeldFile("CV.pdf", "application/pdf", lambda: io.BytesIO(b"%PDF"))
    with registered(messages(files=lambda row, person: [file])):
        enter(client)
        page = text(client.get(HERS))
        answer = client.get(HERS + "mes-donnees.zip")
        archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))

    assert "CV.pdf" in page
    assert archive.read("pieces/CV.pdf") == b"%PDF"
    assert str(message) in opened_pieces()


# -- Correcting ---------------------------------------------------------------------------------


def correction(client, message, **data):
    token = token_of_correction(message)
    return client.post(address_of("rgpd_correct", message), {"form_token": token, **data})


def token_of_correction(message):
    past = timezone.now() - timedelta(seconds=30)
    return CorrectionForm(now=past, entry=messages(), row=message).new_token()


def test_she_corrects_what_the_register_lets_her(client):
    message = ContactMessageFactory(email=ZOE, name="Zoé Martn", organisation="CCAS")
    enter(client)

    shown = text(client.get(address_of("rgpd_correct", message)))
    response = correction(
        client, message, name="Zoé Martin", phone="", organisation="", email=MAX, text="autre"
    )

    assert 'value="Zoé Martn"' in shown
    assert response["Location"] == HERS + "?fait=correction"
    assert "C’est corrigé." in text(client.get(response["Location"]))
    former, message = message, ContactMessage.objects.get()
    assert (message.name, message.organisation) == ("Zoé Martin", "")
    assert (message.email, message.text) == (ZOE, former.text)


@pytest.mark.parametrize("typed", ["", "x" * 200, *HOSTILE[:4]])
def test_a_refused_correction_is_said_beside_its_field(client, typed):
    message = ContactMessageFactory(email=ZOE, name="Zoé")
    enter(client)

    response = correction(client, message, name=typed, phone="", organisation="")

    assert response.status_code == 422
    assert 'id="id_name_error"' in text(response)
    assert ContactMessage.objects.get().name == "Zoé"


def test_the_app_may_write_the_correction_itself(client):
    message = ContactMessageFactory(email=ZOE)
    seen = []
    with registered(messages(correct=lambda row, values, now: seen.append((row, dict(values))))):
        enter(client)
        correction(client, message, name="Zoé", phone="", organisation="")

    assert seen == [(message, {"name": "Zoé", "phone": "", "organisation": ""})]


def test_what_the_entry_does_not_name_is_never_written():
    message = ContactMessageFactory(email=ZOE)

    own_acts.correct(messages(), message, {"email": MAX, "name": "Zoé"}, now=NOW)

    assert ContactMessage.objects.get().email == ZOE


@pytest.mark.parametrize("act", ["corriger", "retirer"])
def test_the_row_of_somebody_else_is_nobody_s(client, act):
    other = ContactMessageFactory(email=MAX, name="Max Petit")
    consent = Consent("Oui", lambda row: NOW, lambda row: "1", lambda row, now: row.delete())
    with registered(messages(consents=(consent,))):
        enter(client)
        end = f"{other.pk}/0/" if act == "retirer" else f"{other.pk}/"
        url = f"{HERS}{act}/home.contactmessage/{end}"
        answers = [client.get(url), post(client, url, WithdrawForm, name="Zoé")]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "Max Petit" not in text(answers[0])
    assert ContactMessage.objects.get().name == "Max Petit"


@pytest.mark.parametrize(
    "path",
    [
        "corriger/home.contactmessage/x/",
        "corriger/home.contactmessage/99999999999999999999/",
        "corriger/site_enys.user/1/",
        "corriger/rgpd.rightsrequest/1/",
        "corriger/nimporte/1/",
        "retirer/home.contactmessage/1/0/",
    ],
)
def test_an_address_made_up_leads_nowhere(client, path):
    ContactMessageFactory(pk=1, email=ZOE)
    enter(client)

    assert client.get(HERS + path).status_code == 403


def test_a_row_is_found_among_hers_alone():
    message = ContactMessageFactory(email=ZOE)

    entry, row = own_row(Person(ZOE), "home.contactmessage", str(message.pk))

    assert (entry.model, row) == (ContactMessage, message)


# -- Consents -----------------------------------------------------------------------------------


def test_she_takes_a_consent_back_and_may_say_it_twice(client):
    message = ContactMessageFactory(email=ZOE, organisation="oui")
    withdrawn = []

    def withdraw(row, now):
        withdrawn.append(row)
        ContactMessage.objects.filter(pk=row.pk).update(organisation="")

    consent = Consent(
        "Être rappelée par l’équipe",
        lambda row: NOW if row.organisation else None,
        lambda row: "v1",
        withdraw,
    )
    url = address_of("rgpd_withdraw", message, 0)
    with registered(messages(consents=(consent,))):
        enter(client)
        assert url in text(client.get(HERS))
        assert "Être rappelée par l’équipe" in text(client.get(url))
        assert not withdrawn
        answers = [post(client, url, WithdrawForm) for _ in range(2)]
        page = text(client.get(HERS))

    assert [answer["Location"] for answer in answers] == [HERS + "?fait=accord"] * 2
    assert withdrawn == [message, message]
    assert url not in page


# -- Asking -------------------------------------------------------------------------------------


def test_she_asks_for_what_has_no_button(client):
    ContactMessageFactory(email=ZOE)
    enter(client)
    asked = {"kind": "objection", "about": "Messages de contact", "text": "Ne m’appelez plus."}

    response = post(client, HERS + "demande/", AskForm, **asked)

    assert response["Location"] == HERS + "?fait=demande"
    request = RightsRequest.objects.get()
    assert (request.email, request.state) == (ZOE, RequestState.WAITING)
    assert {name: getattr(request, name) for name in asked} == asked
    words = text(client.get(response["Location"]))
    assert f"{request.reference}, opposition" in words


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("kind", ""),
        ("kind", "x"),
        ("about", "Candidatures"),
        *(("text", one) for one in HOSTILE[:4]),
    ],
)
def test_a_request_that_says_too_little_is_shown_again(client, field, typed):
    enter(client)
    asked = {"kind": "objection", "about": "", "text": "Ne m’appelez plus."} | {field: typed}

    response = post(client, HERS + "demande/", AskForm, **asked)

    assert response.status_code == 422
    assert f'id="id_{field}_error"' in text(response)
    assert not RightsRequest.objects.exists()


def test_a_request_sent_twice_is_one_request(client):
    enter(client)
    asked = {"kind": "objection", "text": "Non.", "form_token": token_of(AskForm)}

    for _ in range(2):
        assert post(client, HERS + "demande/", AskForm, **asked).status_code == 303

    assert RightsRequest.objects.count() == 1


# -- Erasing ------------------------------------------------------------------------------------


def test_she_reads_what_goes_and_what_stays_then_ticks_and_it_is_done(client):
    gone, stays = ContactMessageFactory.create_batch(2, email=ZOE)
    other = ContactMessageFactory(email=MAX)
    law = "La loi nous le fait garder."
    entry = messages(kept_by_law=lambda row, now: law if row.pk == stays.pk else "")
    with registered(entry):
        enter(client)
        shown = text(client.get(HERS + "effacer/"))
        unticked = post(client, HERS + "effacer/", EraseForm)
        assert ContactMessage.objects.count() == 3
        done = post(client, HERS + "effacer/", EraseForm, sure="on")

    assert "Messages de contact : 1 fiche" in shown
    assert f"({stays}) : {law}" in shown
    assert unticked.status_code == 422
    assert done["Location"] == MINE + "efface/"
    assert set(ContactMessage.objects.all()) == {stays, other}
    assert gone.pk != stays.pk
    assert client.get(done["Location"]).status_code == 200
    assert client.get(HERS).status_code == 403
    assert last_mail("rgpd_erased").to == ZOE


def test_an_erasure_sent_twice_is_one_and_says_the_same(client):
    ContactMessageFactory(email=ZOE)
    enter(client)
    sent = {"form_token": token_of(EraseForm), "sure": "on"}

    answers = [client.post(HERS + "effacer/", sent) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [MINE + "efface/"] * 2
    assert OutgoingMessage.objects.filter(kind="rgpd_erased").count() == 1


def test_looking_at_the_erasure_erases_nothing(client):
    ContactMessageFactory(email=ZOE)
    enter(client)

    client.get(HERS + "effacer/")

    assert ContactMessage.objects.exists()
    assert not RightsRequest.objects.exists()
