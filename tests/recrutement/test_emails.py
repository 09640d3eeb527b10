"""The exact words that people receive."""

from datetime import date

from django.db import transaction

import pytest

from courrier.models import OutgoingMessage
from recrutement import emails
from tests.factories.people import UserFactory
from tests.factories.recrutement import ApplicationFactory, OfferFactory

pytestmark = pytest.mark.django_db

FOOT = (
    "\n\n--\nENYS Conseil\nhttp://testserver\n"
    "Vous recevez ce message parce que vous nous avez écrit par notre site.\n"
)
ENDING = "\n\nBien à vous,\nENYS Conseil" + FOOT


@pytest.fixture
def application():
    return ApplicationFactory(
        reference="C-2026-0042",
        first_name="Inès",
        offer=OfferFactory(title="Chargé·e d’études & d’évaluation"),
        answer_by=date(2026, 7, 1),
    )


def sent_by(function, application, **options) -> OutgoingMessage:
    with transaction.atomic():
        function(application, **options)
    return OutgoingMessage.objects.get()


def test_the_acknowledgement(application):
    message = sent_by(emails.acknowledged, application)

    assert message.subject == "Votre candidature est arrivée (C-2026-0042)"
    assert message.to == application.email
    assert message.reply_to == "equipe@enys.test"
    assert message.text == (
        "Bonjour,\n\n"
        "Votre candidature est bien arrivée. Une personne de l’équipe la lira.\n\n"
        "Son numéro\u00a0: C-2026-0042\n"
        "Elle concerne\u00a0: Chargé·e d’études & d’évaluation\n\n"
        "Vous aurez notre réponse au plus tard le 1er\u00a0juillet 2026, quelle qu’elle soit.\n\n"
        "Vos données sont effacées 3 mois après la fin du recrutement. Pour les consulter, les "
        "corriger ou les effacer avant, répondez à ce message." + ENDING
    )
    assert "d’études &amp; d’évaluation" in message.html
    assert not message.attachments.exists()


def test_the_acknowledgement_of_an_update(application):
    message = sent_by(emails.acknowledged, application, updated=True)

    assert (
        "Vous avez renvoyé le formulaire\u00a0: votre candidature est mise à jour, et le dernier "
        "envoi compte. Si ce n’était pas vous, répondez à ce message."
    ) in message.text


def test_the_word_to_staff_names_nobody(application):
    message = sent_by(emails.staff_told, application)

    assert message.subject == "Nouvelle candidature (C-2026-0042)"
    assert message.to == "equipe@enys.test"
    assert message.text == (
        "Bonjour,\n\nUne candidature vient d’arriver.\n\n"
        "Numéro\u00a0: C-2026-0042\n"
        "Pour\u00a0: Chargé·e d’études & d’évaluation\n"
        "Réponse promise avant le\u00a0: 1er\u00a0juillet 2026\n\n"
        "La lire\u00a0: http://testserver/admin/snippets/recrutement/application/inspect/"
        f"{application.pk}/\n\n"
        "Le CV ne circule pas par courriel." + FOOT
    )
    assert not message.attachments.exists()
    for secret in ("Inès", "Garnier", application.email):
        assert secret not in message.text + message.html + message.subject


def test_the_word_goes_to_the_person_who_follows_the_offer(application):
    application.offer.recruiter = UserFactory(email="thomas@enys.test")

    assert sent_by(emails.staff_told, application).to == "thomas@enys.test"


@pytest.mark.parametrize(
    ("function", "subject", "sentence"),
    [
        (emails.invited, "Nous aimerions vous rencontrer", "il n’entre pas dans notre choix."),
        (
            emails.proposed,
            "Nous vous proposons ce poste",
            "Rappel de l’offre\u00a0: CDI, de 30\u202f000\u00a0€ à 36\u202f000\u00a0€ brut par an.",
        ),
        (emails.hired, "Bienvenue", "sera effacé de ce site dans 3 mois."),
        (
            emails.rejected,
            "Notre réponse à votre candidature",
            "Après l’avoir étudiée, nous ne la retenons pas.",
        ),
        (emails.withdrawn, "Votre candidature est retirée", "Comme vous l’avez demandé,"),
        (emails.closed, "Ce recrutement est terminé", "Ce poste est désormais pourvu\u00a0:"),
    ],
)
def test_the_words_of_each_step(application, function, subject, sentence):
    message = sent_by(function, application)

    assert message.subject == f"{subject} (C-2026-0042)"
    assert message.text.startswith("Bonjour Inès,\n\n")
    assert sentence in message.text
    assert message.text.endswith(ENDING)
    assert "<p" in message.html
    assert "Chargé·e d’études &amp; d’évaluation" in message.html


def test_a_cancelled_offer_is_not_called_filled(application):
    application.offer.status = "cancelled"

    text = sent_by(emails.closed, application).text

    assert "Nous avons dû renoncer à ce recrutement" in text
    assert "pourvu" not in text


@pytest.mark.parametrize("function", [emails.proposed, emails.closed, emails.acknowledged])
def test_a_spontaneous_application_has_its_words_too(function):
    message = sent_by(function, ApplicationFactory(offer=None))

    assert "Candidature spontanée" in message.text


def test_what_a_stranger_writes_stays_text(application):
    application.first_name = "<a href=x>{{ 7|add:7 }}</a>"

    message = sent_by(emails.invited, application)

    assert "<a href=x>" not in message.html
    assert "14" not in message.text.split("\n")[0]


def test_the_acknowledgement_carries_no_word_of_the_sender(application):
    application.first_name = application.last_name = "gagnez-mille-euros.test"

    message = sent_by(emails.acknowledged, application)

    assert "gagnez" not in message.text + message.html + message.subject


def test_an_answer_reaches_somebody_even_without_an_address_of_the_team(application, settings):
    settings.STAFF_EMAIL = ""
    application.offer.recruiter = UserFactory(email="thomas@enys.test")

    assert sent_by(emails.acknowledged, application).reply_to == "thomas@enys.test"


def test_without_anybody_to_tell_nothing_is_queued(application, settings):
    settings.STAFF_EMAIL = ""

    with transaction.atomic():
        emails.staff_told(application)

    assert not OutgoingMessage.objects.exists()
