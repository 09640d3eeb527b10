"""Every e-mail of the blog, word for word, as `tests/blog/mails/` holds it."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction

import pytest

from blog import emails
from blog.models import CommentReport
from courrier.models import OutgoingMessage
from tests.factories.blog import CommentFactory, PostPageFactory
from tests.mails import assert_says, kinds_of, last_mail

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent / "mails"
NOW = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris"))
LINK = re.compile(r"(/moderation/lien/)\S+")
RECORD = re.compile(r"(/comment/inspect/|#commentaire-)\d+")
HIDDEN = ((LINK, r"\1…"), (RECORD, r"\1…"))


@pytest.fixture
def comment():
    post = PostPageFactory(title="L’évaluation & la suite", slug="evaluation")
    text = "Nous avons essayé <cela>.\n\nMerci !"
    return CommentFactory(post=post, email="aicha@exemple.test", text=text)


def report_on(comment, **changes):
    said = {"reason": "insult", "email": "b@exemple.test", "created_at": NOW}
    return CommentReport.objects.create(comment=comment, **said | changes)


def answers(comment):
    comment.parent = CommentFactory(post=comment.post, name="Malik", approved=True)
    emails.received(comment)


SCENES = {
    "comment_received": emails.received,
    "comment_received_answer": answers,
    "comment_published": emails.published,
    "comment_reported": lambda comment: emails.reported(
        report_on(comment, detail="Il me nomme."), set_aside=False
    ),
    "comment_reported_set_aside": lambda comment: emails.reported(
        report_on(comment), set_aside=True
    ),
    "comments_waiting": lambda _comment: emails.several_wait(12),
    "report_decided": lambda comment: emails.report_decided(report_on(comment), kept=False),
    "report_decided_kept": lambda comment: emails.report_decided(report_on(comment), kept=True),
}


@pytest.mark.parametrize("scene", SCENES)
def test_the_e_mail_says_exactly_this(comment, scene):
    with transaction.atomic():
        SCENES[scene](comment)

    mail = OutgoingMessage.objects.get()
    assert_says(mail, HERE / f"{scene}.txt", *HIDDEN)
    assert scene.startswith(mail.kind.removeprefix("blog_"))
    assert "<cela>" not in mail.html


def test_every_e_mail_of_the_blog_has_its_file():
    assert kinds_of("blog") <= set(SCENES)
    assert {path.stem for path in HERE.glob("*.txt")} == set(SCENES)


def test_one_comment_waits_in_the_singular():
    with transaction.atomic():
        emails.several_wait(1)

    assert (
        "1\u00a0commentaire attend d’être lu sur le blog" in last_mail("blog_comments_waiting").text
    )


@pytest.mark.parametrize("scene", ["comment_published", "report_decided", "report_decided_kept"])
def test_what_a_reader_receives_opens_nothing(comment, scene):
    with transaction.atomic():
        SCENES[scene](comment)

    mail = OutgoingMessage.objects.get()
    assert "moderation" not in mail.text + mail.html
    assert "/admin/" not in mail.text + mail.html
