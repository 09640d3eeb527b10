"""The questions of an offer's own and the request for accommodation, from the form to the rows."""

import re
from datetime import timedelta

from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from recrutement.forms import ApplicationForm
from recrutement.models import (
    AccommodationRequest,
    Application,
    ApplicationAnswer,
    OfferQuestion,
)
from tests.factories.recrutement import ApplicationFactory, OfferFactory
from tests.races import at_once
from tests.recrutement.posting import PERSON, address, answers, post
from tests.recrutement.test_apply_views import kept_token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_inspection")]

LONG = "Une fois,\nà Vénissieux. Puis deux."


@pytest.fixture
def offer():
    offer = OfferFactory(title="Chargé·e d’études")
    for order, facts in enumerate(
        [
            {"label": "Quel terrain vous a marqué\u202f?", "kind": "long", "required": True},
            {"label": "Avez-vous déjà animé un groupe\u202f?", "kind": "oui-non"},
            {"label": "À quel rythme\u202f?", "kind": "choix", "choices": "Plein temps\n\n4/5 "},
        ]
    ):
        OfferQuestion.objects.create(page=offer, sort_order=order, **facts)
    return offer


def names(offer) -> list[str]:
    return [f"question_{question.pk}" for question in offer.questions.all()]


def replies(offer, *given: str) -> dict[str, str]:
    return dict(zip(names(offer), given, strict=True))


def kept(application) -> list[tuple[int, str, str]]:
    return list(application.answers.values_list("position", "question", "answer"))


def test_the_form_asks_the_questions_in_their_order(client, offer):
    text = client.get(address(offer)).content.decode()

    places = [text.index(question.label) for question in offer.questions.all()]
    assert places == sorted(places)
    assert 'value="4/5"' in text
    assert "Pour ce poste" in text


def test_the_answers_are_kept_with_their_questions(client, offer):
    sent = post(client, offer, **replies(offer, LONG, "Oui", "4/5"))

    assert sent.status_code == 303
    assert [answer for _, _, answer in kept(Application.objects.get())] == [
        LONG,
        "Oui",
        "4/5",
    ]
    assert kept(Application.objects.get())[0][:2] == (1, "Quel terrain vous a marqué\u202f?")


def test_a_question_that_changes_later_leaves_the_one_that_was_answered(client, offer):
    post(client, offer, **replies(offer, LONG, "", ""))

    offer.questions.all().delete()

    assert kept(Application.objects.get())[0][1] == "Quel terrain vous a marqué\u202f?"


def test_a_required_question_is_asked_again_and_nothing_typed_is_lost(client, offer):
    first = post(client, offer, **replies(offer, " ", "Non", "4/5"))

    page = first.content.decode()
    form = first.context["form"]
    assert form.errors == {names(offer)[0]: ["Répondez à cette question."]}
    assert re.search(rf'name="{names(offer)[1]}" value="Non"[^>]* checked', page)
    assert re.search(r'<option value="4/5" selected', page)
    assert not ApplicationAnswer.objects.exists()
    assert "est déjà joint" in page

    second = post(
        client, offer, cv=None, cv_joint=kept_token(first), **replies(offer, LONG, "Non", "4/5")
    )
    assert second.status_code == 303
    assert Application.objects.get().documents.count() == 1


def test_an_optional_question_may_stay_without_an_answer(client, offer):
    post(client, offer, **replies(offer, "Un seul.", "", ""))

    assert [answer for _, _, answer in kept(Application.objects.get())] == ["Un seul.", "", ""]


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        (0, "x" * 3001),
        (0, "a\x00b"),
        (0, "Bonjour\u202eriojnoB"),
        (1, "Peut-être"),
        (1, "Oui\x00"),
        (2, "Trois jours"),
        (2, "x" * 10_000),
    ],
)
def test_a_hostile_answer_gets_a_sentence(client, offer, place, typed):
    given = ["Un terrain.", "Oui", "4/5"]
    given[place] = typed

    response = post(client, offer, **replies(offer, *given))

    assert response.status_code == 200
    assert response.context["form"].errors[names(offer)[place]]
    assert not Application.objects.exists()


@pytest.mark.parametrize(("length", "accepted"), [(3000, True), (3001, False)])
def test_a_long_answer_has_its_limit(client, offer, length, accepted):
    response = post(client, offer, **replies(offer, "é" * length, "", ""))

    assert (response.status_code == 303) is accepted


def test_markup_and_emoji_are_text(client, offer):
    post(client, offer, email="non", **replies(offer, "<script>1</script> 😀", "", ""))

    page = client.get(address(offer)).content.decode()
    assert "<script>1</script>" not in page
    post(client, offer, **replies(offer, "<b>gras</b> 😀", "", ""))
    assert kept(Application.objects.get())[0][2] == "<b>gras</b> 😀"


def test_a_choice_among_nothing_is_a_short_answer(client):
    offer = OfferFactory()
    OfferQuestion.objects.create(
        page=offer, label="Depuis quand\u202f?", kind="choix", choices=" \n"
    )

    post(client, offer, **replies(offer, "Deux ans"))

    assert kept(Application.objects.get()) == [(1, "Depuis quand\u202f?", "Deux ans")]


def test_the_questions_of_an_offer_are_not_those_of_another(client, offer):
    post(client, OfferFactory(), **replies(offer, LONG, "Oui", "4/5"))

    assert not ApplicationAnswer.objects.exists()


def test_a_spontaneous_application_has_no_question(client, offer):
    post(client, None, **replies(offer, LONG, "Oui", "4/5"), accommodation="Un plain-pied.")

    application = Application.objects.get()
    assert application.answers.count() == 0
    assert application.accommodation_request.text == "Un plain-pied."


def test_a_second_sending_replaces_the_answers(client, offer):
    post(client, offer, **replies(offer, "Premier.", "Oui", "4/5"))

    post(client, offer, **replies(offer, "Second.", "", ""))

    answers_now = [answer for _, _, answer in kept(Application.objects.get())]
    assert answers_now == ["Second.", "", ""]
    assert ApplicationAnswer.objects.count() == 3


# -- Accommodation -------------------------------------------------------------------------------


def test_a_request_for_accommodation_is_kept_apart(client, offer):
    wish = "Une interprète en langue des signes."

    post(client, offer, **replies(offer, LONG, "Oui", "4/5"), accommodation=wish)

    application = Application.objects.get()
    assert application.accommodation_request.text == wish
    fields = [field.attname for field in Application._meta.concrete_fields]
    assert wish not in str([getattr(application, name) for name in fields])
    assert wish not in str(kept(application))
    for message in OutgoingMessage.objects.all():
        assert wish not in message.text + message.html


def test_the_request_is_folded_and_says_that_no_reason_is_needed(client, offer):
    text = client.get(address(offer)).content.decode()

    folded = text[text.index('<details class="form__section">') :]
    assert "Demander un aménagement pour l’entretien" in folded
    assert "sans dire pourquoi" in folded
    assert "jamais celles qui évaluent" in folded


def test_the_folded_section_opens_when_something_is_written_in_it(client, offer):
    response = post(client, offer, accommodation="Un plain-pied.", email="non")

    assert '<details class="form__section" open>' in response.content.decode()
    assert "Un plain-pied." in response.content.decode()


def test_a_second_sending_replaces_the_request_only_by_another(client):
    offer = OfferFactory()
    post(client, offer, accommodation="Un plain-pied.")

    post(client, offer)
    assert AccommodationRequest.objects.get().text == "Un plain-pied."

    post(client, offer, accommodation="Plus de temps.")
    assert AccommodationRequest.objects.get().text == "Plus de temps."


# -- What may not be asked, and what may not be learnt -------------------------------------------

FORBIDDEN = (
    "photo", "naissance", "birth", "âge", "sexe", "civilit", "genre", "nationalit", "matrimonial",
    "famille", "enfant", "sécurité sociale", "nir", "rqth", "handicap", "santé", "religion",
    "syndicat", "permis", "casier", "salaire", "origine", "adresse postale", "linkedin",
)  # fmt: skip


@pytest.mark.parametrize("spontaneous", [True, False])
def test_no_field_asks_what_the_law_forbids(spontaneous):
    form = ApplicationForm(offer=None if spontaneous else OfferFactory())

    asked = " ".join(f"{name} {field.label}".lower() for name, field in form.fields.items())

    assert [word for word in FORBIDDEN if re.search(rf"\b{word}", asked)] == []


@pytest.mark.parametrize(
    "before",
    [
        None,
        {"state": "received"},
        {"state": "interview"},
        {"state": "quarantine"},
        {"state": "rejected"},
        {"state": "withdrawn"},
        {"state": "hired"},
        {"state": "received", "reference": "C-2024-0001"},
    ],
)
@pytest.mark.parametrize("spontaneous", [True, False])
def test_nothing_in_the_answer_tells_who_has_applied(client, offer, before, spontaneous):
    asked = None if spontaneous else offer
    if before:
        long_ago = timezone.now() - timedelta(days=40)
        ApplicationFactory(offer=asked, email=PERSON["email"], submitted_at=long_ago, **before)
    given = {} if spontaneous else replies(offer, LONG, "Oui", "4/5")

    sent = post(client, asked, **given)

    page = client.get(sent.url)
    shape = re.sub(r"\d{4}\b", "9999", re.sub(r"recue/[^/]+/", "", page.content.decode()))
    application = Application.objects.get(submitted_at__gte=timezone.now() - timedelta(hours=1))
    number = application.reference
    assert (sent.status_code, page.status_code) == (303, 200)
    assert re.fullmatch(rf"C-{timezone.localdate().year}-\d{{4}}", number)
    assert number in page.content.decode()
    assert "interview" not in shape
    assert str(application.pk) not in sent.url + page.content.decode()
    # Nothing but the number differs from what somebody unknown is answered.
    other = post(client, asked, email="autre@exemple.test", **given)
    unknown = client.get(other.url).content.decode()
    assert shape == re.sub(r"\d{4}\b", "9999", re.sub(r"recue/[^/]+/", "", unknown))


def test_a_former_number_stays_known_to_the_team(client):
    offer = OfferFactory()
    ApplicationFactory(offer=offer, email=PERSON["email"], reference="C-2024-0001")

    post(client, offer)

    application = Application.objects.get()
    assert application.reference != "C-2024-0001"
    assert application.events.get().reason == "Ancien numéro\u00a0: C-2024-0001"


def test_the_page_of_a_sending_does_not_follow_the_application(client):
    offer = OfferFactory()
    url = post(client, offer).url
    first = client.get(url).content

    Application.objects.update(answer_by=timezone.localdate() + timedelta(days=80))
    assert client.get(url).content == first
    Application.objects.all().delete()
    assert client.get(url).content == first


def test_an_altered_receipt_is_not_found(client, offer):
    url = post(client, OfferFactory()).url

    assert client.get(url[:-3] + "xx/").status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same_token", [True, False])
def test_two_identical_posts_at_once_make_one_application(client, same_token):
    offer = OfferFactory()
    OfferQuestion.objects.create(page=offer, label="Pourquoi\u202f?", kind="court")
    given = replies(offer, "Parce que.")
    data = answers(offer, **given)

    def send():
        from tests.harness.client import SiteClient  # noqa: PLC0415

        again = data if same_token else answers(offer, **given)
        again = again | {"cv": answers(offer)["cv"]}
        return SiteClient().post(address(offer), again)

    outcomes = at_once(*[send] * 4)

    assert [getattr(outcome, "status_code", outcome) for outcome in outcomes] == [303] * 4
    application = Application.objects.get()
    assert application.answers.count() == application.documents.count() == 1
    assert len({outcome.url for outcome in outcomes}) == 1
    assert application.events.count() == (1 if same_token else 4)
