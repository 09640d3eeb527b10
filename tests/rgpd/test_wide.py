"""One person who is everything at once: all that is hers is found, and nothing of anybody else."""

import pytest

from rgpd.register import REGISTER, Person
from rgpd.services.erasure import erase
from rgpd.services.export import everything_about
from rgpd.services.held import held_by
from site_enys.states import PERSON
from tests.markers import texts_in, traces
from tests.rgpd.wide import EMAIL, NAME, NOW, STRANGE, widest

ZELIE = Person(EMAIL)
#: What she typed herself as the contact of her team, and signed as a trainer would.
SHE_TYPED = f"Ludovic {STRANGE}"
APPS = {"site_enys", "courrier", "rgpd", "home", "formation", "axes", "wagtailcore", "wagtailadmin"}


@pytest.fixture(scope="module")
def standing(module_rows):
    return widest()


def held_of(person):
    return {held.entry.model._meta.label: held for held in held_by(person)}


def test_every_entry_that_can_find_somebody_finds_her(standing, db):
    wanted = {
        model._meta.label
        for model, entry in REGISTER.items()
        if entry.find and model._meta.app_label in APPS
    }

    assert wanted - set(held_of(ZELIE)) == set()


def test_nothing_of_anybody_else_is_told_to_her(standing, db):
    said = everything_about(ZELIE, NOW)

    told = texts_in(said).replace(SHE_TYPED, "")

    assert STRANGE not in told
    assert "etrangere.test" not in told


def test_her_files_are_hers_alone(standing, db):
    names = {
        file.name
        for held in held_by(ZELIE)
        for row in held.rows
        if held.entry.model._meta.label == "formation.IssuedDocument"
        for file in held.entry.files(row, ZELIE)
    }

    own = standing.trainee.documents.get()
    agreement = standing.contact.agreements.get().document
    assert names == {own.filename, agreement.filename}


def test_what_names_her_among_others_is_told_without_the_paper(standing, db):
    papers = {row.number: row for row in held_of(ZELIE)["formation.IssuedDocument"].rows}
    entry = REGISTER[type(papers["CONV-2027-9999"])]

    said = entry.export(papers["CONV-2027-9999"], ZELIE)

    assert said["Ce qu’il dit de vous"] == "votre nom, parmi les personnes inscrites"
    assert list(entry.files(papers["CONV-2027-9999"], ZELIE)) == []


def test_her_colleague_reads_nothing_of_her(standing, db):
    said = texts_in(everything_about(Person("ludovic@etrangere.test"), NOW))

    assert EMAIL not in said.lower()
    assert "Note vive" not in said
    assert NAME not in said


def test_what_outlives_an_erasure_is_said_with_its_reason(standing, db):
    done = erase(ZELIE, by=PERSON, now=NOW)

    left = {name.rpartition(".")[0] for name in traces(EMAIL, NAME, "06 11 22 33 44", "Note vive")}
    assert left <= LEFT
    assert all(why for _, _, why in done.kept)
    assert traces("Note vive", "Très vivant", "Pour moi seule", "Moi, Z", "Un besoin vif") == []
    assert traces("06 11 22 33 44", "06 99 88 77 66", "Bonjour de Zélie", "Vos nouvelles") == []


#: The tables where something of hers may stay, and why.
LEFT = {
    "formation.Enrolment",  # she followed a session: its proof
    "formation.EnrolmentRequest",  # a colleague whom she sent is expected
    "formation.Agreement",  # which she has signed
    "formation.IssuedDocument",  # its text, and the papers of the session
    "formation.AttendanceSheet",  # which she has countersigned
    "formation.Trainer",  # whose titles prove the sessions that she taught; and her namesake
    "site_enys.User",  # she is still of the team
    "account.EmailAddress",
    "axes.AccessAttempt",
    "axes.AccessLog",
    "axes.AccessFailureLog",
    "site_enys.PrivateFileAccess",
    "rgpd.RightsRequest",  # the proof that her right was respected
    "courrier.OutgoingMessage",  # proofs, and the answer to her request
    "wagtailcore.Revision",  # which shows the trainers of a page
}
