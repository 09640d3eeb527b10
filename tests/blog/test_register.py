"""What the register says of the blog: who is found, what she reads, what an erasure leaves."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

import pytest

from blog import emails
from blog.enums import CommentState
from blog.exceptions import NameMissing
from blog.models import Author, Comment, CommentReport
from blog.services import moderation, retention
from blog.services.comments import leave_comment
from blog.services.received import Received
from blog.services.reports import report_comment
from courrier.models import OutgoingMessage
from rgpd.register import REGISTER, Person
from rgpd.services.purge import purge
from site_enys.states import SYSTEM
from site_enys.templatetags.typography import long_date
from tests.blog.scenes import an_editor
from tests.countdowns import goes_on_its_day
from tests.factories.blog import AuthorFactory, CommentFactory, PostPageFactory
from tests.markers import planted, texts_in, traces

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LONG_AGO = NOW - timedelta(days=400)
AICHA = Person("aicha@exemple.test")
COMMENTS, REPORTS = (lambda: REGISTER[Comment]), (lambda: REGISTER[CommentReport])


@pytest.fixture
def post():
    return PostPageFactory(date=NOW - timedelta(days=1))


def comment_of(post, email=AICHA.email, **traits):
    return CommentFactory(post=post, **{"email": email, "created_at": NOW} | traits)


def report_on(comment, **traits):
    own = {"reason": "insult", "email": AICHA.email, "detail": "Voyez la fin.", "created_at": NOW}
    return CommentReport.objects.create(comment=comment, **own | traits)


# -- Finding ------------------------------------------------------------------------------------


def test_a_comment_is_found_while_it_holds_an_address_and_no_longer(post):
    hers = comment_of(post, email="Aicha@Exemple.test")
    comment_of(post, email="autre@exemple.test")
    comment_of(post, email="")
    found = COMMENTS().find(AICHA)
    assert list(found) == [hers]

    moderation.decide(hers, "approve", by=an_editor(), now=NOW)

    assert not found.all().exists()
    assert "«\u00a0Signaler\u202f»" in COMMENTS().not_found_because
    assert "Donnée personnelle" in COMMENTS().not_found_because


def test_a_report_is_found_until_it_is_decided(post):
    comment = comment_of(post, email="", state=CommentState.APPROVED, reported_at=NOW)
    hers = report_on(comment)
    report_on(comment, email="autre@exemple.test")
    found = REPORTS().find(AICHA)
    assert list(found) == [hers]

    moderation.decide(comment, "keep", by=an_editor(), now=NOW)

    assert not found.all().exists()


@pytest.mark.parametrize("empty", ["", "  "])
def test_nobody_is_whoever_left_no_address(empty):
    with pytest.raises(ValueError, match="adresse"):
        Person(empty)


def test_a_signature_says_why_nobody_is_found_in_it():
    entry = REGISTER[Author]

    assert entry.find is None
    assert "page de l’auteur" in entry.not_found_because
    assert (
        entry.countdown_of(AuthorFactory()).sentence == "Gardé tant que ses articles sont en ligne"
    )


# -- What is said -------------------------------------------------------------------------------


def test_each_text_of_hers_is_said_to_her_unless_the_register_says_why_not(post):
    first = comment_of(post, email="", state=CommentState.APPROVED)
    planted(first, "merle", but=("email",))
    comment = comment_of(post, parent=first)
    report = report_on(first)

    for entry, row in ((COMMENTS(), comment), (REPORTS(), report)):
        marks = planted(row, "canari", but=("email",))
        said = texts_in(entry.export(entry.find(AICHA).get(), AICHA))
        assert AICHA.email in said
        assert "merle" not in said
        for name, mark in marks.items():
            assert (mark in said) == (name not in entry.not_exported), name


def test_thirty_comments_are_said_with_the_queries_of_one(post, count_queries):
    def read():
        return [COMMENTS().export(row, AICHA) for row in COMMENTS().find(AICHA)]

    comment_of(post)
    one = count_queries(read)
    for _ in range(29):
        comment_of(post)

    assert count_queries(read) == one


# -- Until when ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "traits",
    [
        {"email": ""},
        {"email": "", "state": "rejected"},
        {"state": "pending"},
        {"state": "approved", "email": "", "sender": "x"},
        {"email": "", "state": "spam", "sender": "x", "state_changed_at": LONG_AGO},
    ],
)
def test_a_comment_or_its_traces_go_on_the_day_that_is_told(post, traits):
    assert goes_on_its_day(comment_of(post, **traits))


@pytest.mark.parametrize(
    "traits",
    [
        {},
        {"sender": "x"},
        {"email": "", "decided_at": NOW + timedelta(days=3)},
        {"email": "", "decided_at": NOW + timedelta(days=300)},
        {"email": "", "sender": "x", "decided_at": NOW - timedelta(days=200)},
    ],
)
def test_a_report_or_its_trace_goes_on_the_day_that_is_told(post, traits):
    report = report_on(comment_of(post, state=CommentState.APPROVED, email=""), **traits)

    assert goes_on_its_day(report)


def test_the_sentence_says_what_goes_first_and_what_stays(post):
    entry, first = COMMENTS(), "l’adresse et la trace de connexion"
    pending = comment_of(post)
    published = comment_of(post, email="", sender="x", state=CommentState.APPROVED)
    forgotten = comment_of(post, email="", state=CommentState.APPROVED)
    soon, late = (long_date(NOW + delay) for delay in (retention.TRACES, retention.UNPUBLISHED))

    said = [entry.countdown_of(row).sentence for row in (pending, published, forgotten)]

    assert said == [
        f"Effacement le {soon} ({first}\u202f; le reste le {late})",
        f"Effacement le {soon} ({first}\u202f; le commentaire reste avec son article)",
        "Gardé tant que l’article est en ligne",
    ]


def test_once_its_traces_are_gone_a_comment_counts_to_its_own_end(post):
    comment = comment_of(post, sender="x")
    purge(NOW + timedelta(days=31), apply=True, entries=[COMMENTS()])
    comment.refresh_from_db()

    assert comment.email == ""
    assert goes_on_its_day(comment)
    assert COMMENTS().countdown_of(comment).because == ""


# -- Erasing ------------------------------------------------------------------------------------


def received(post, word, email, **more):
    """A comment that came by its form, of which the team was told, marked."""
    words = Received(f"{word}nom", f"{word}texte", email=email, sender=f"{word}trace")
    return leave_comment(post, words, NOW, **more)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("answered", [False, True])
def test_an_erasure_leaves_nothing_of_her_anywhere(post, settings, answered):
    settings.STAFF_EMAIL = "equipe@exemple.test"
    hers = received(post, "canari", AICHA.email)
    if answered:
        Comment.objects.filter(pk=hers.pk).update(state=CommentState.APPROVED)
        answer = received(post, "merle", "autre@exemple.test", answering=hers)
        Comment.objects.filter(pk=answer.pk).update(state=CommentState.APPROVED)
        assert "canarinom" in OutgoingMessage.objects.about(answer).get().text
    with transaction.atomic():
        event = moderation.LIFECYCLE.record(
            hers, hers.state, name="keep", by=SYSTEM, now=NOW, reason="canari insiste"
        )
        emails.published(hers)
    assert "blog.CommentEvent.reason" in traces("canari")
    assert event.pk

    COMMENTS().erase_on_request(COMMENTS().find(AICHA).get(), AICHA, NOW)

    assert traces("canari", AICHA.email) == []
    assert Comment.objects.count() == (2 if answered else 0)
    assert bool(traces("merle")) == answered


def test_erasing_twice_and_with_what_it_answers_is_the_same_as_once(post):
    first = comment_of(post)
    second = comment_of(post, parent=first)
    rows = list(COMMENTS().find(AICHA))
    assert set(rows) == {first, second}

    for row in [*rows, *rows]:
        COMMENTS().erase_on_request(row, AICHA, NOW)

    assert not Comment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_reported_is_forgotten_and_the_team_still_looks_at_it(post, settings):
    settings.STAFF_EMAIL = "equipe@exemple.test"
    comment = comment_of(post, email="", text="Le texte.", state=CommentState.APPROVED)
    report_comment(
        comment,
        reason="insult",
        detail="canari s’en plaint",
        email=AICHA.email,
        sender="canaritrace",
        suspect=False,
        now=NOW,
    )
    assert "courrier.OutgoingMessage.text" in traces("canari")

    for _ in range(2):
        for row in REPORTS().find(AICHA):
            REPORTS().erase_on_request(row, AICHA, NOW)

    assert traces("canari", AICHA.email) == []
    assert Comment.objects.awaiting_decision().get() == comment
    assert CommentReport.objects.get().reason == "insult"


# -- Correcting, withdrawing --------------------------------------------------------------------


def test_the_name_of_a_comment_is_corrected_and_the_journal_does_not_keep_the_former(post):
    comment = comment_of(post, name="Aicha")

    for _ in range(2):
        COMMENTS().correct(comment, {"name": "Aïcha", "text": "Autre chose"}, NOW)

    comment.refresh_from_db()
    assert (comment.name, comment.text) == ("Aïcha", "Merci pour cet article.")
    event = comment.events.get()
    assert (event.transition, event.role, event.reason) == ("correct_name", "person", "")


@pytest.mark.parametrize(("name", "refused"), [("é" * 81, ValidationError), (" ", NameMissing)])
def test_a_name_that_the_form_would_refuse_changes_nothing(post, name, refused):
    comment = comment_of(post, name="Aïcha")

    with pytest.raises(refused):
        COMMENTS().correct(comment, {"name": name}, NOW)

    comment.refresh_from_db()
    assert comment.name == "Aïcha"


def test_who_does_not_want_to_be_told_any_more_is_forgotten_and_the_rest_stays(post):
    comment = comment_of(post)
    report = report_on(comment_of(post, email="", state=CommentState.APPROVED))

    for row in (comment, report):
        [accord] = REGISTER[type(row)].consents
        assert accord.given(row) == NOW
        accord.withdraw(row, NOW)
        accord.withdraw(row, NOW)
        row.refresh_from_db()
        assert row.email == ""
        assert accord.given(row) is None

    moderation.decide(comment, "approve", by=an_editor(), now=NOW)
    assert not OutgoingMessage.objects.filter(to=AICHA.email).exists()
