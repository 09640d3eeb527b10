"""« Signaler » : what a reader says of a published comment, and what the team decides."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

import pytest

from blog.desk.todo import comments_reported
from blog.enums import CommentState
from blog.exceptions import CommentGone, NotReported
from blog.links import moderation_url
from blog.models import Comment, CommentReport
from blog.services import moderation
from blog.services.reports import report_comment
from courrier.models import OutgoingMessage
from rgpd.models import NoticeVersion
from site_enys.public_forms import HONEYPOT
from tests.factories.blog import CommentFactory, PostPageFactory
from tests.harness.client import SiteClient
from tests.races import at_once

from .scenes import an_editor, complaint, decision

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def comment():
    post = PostPageFactory(title="L’évaluation", slug="evaluation")
    return CommentFactory(post=post, approved=True, text="Vu ainsi.")


def url_of(comment):
    return reverse("blog:report", args=[comment.pk])


def reports(comment, sender="x", now=NOON, **changes):
    said = {"reason": "insult", "detail": "", "email": "", "suspect": False} | changes
    return report_comment(comment, **said, sender=sender, now=now)


def mails(kind="blog_comment_reported"):
    return OutgoingMessage.objects.filter(kind=kind)


def decides(comment, name, now=NOON):
    comment.refresh_from_db()
    moderation.LIFECYCLE.apply(comment, name, by=an_editor(), now=now)


def test_each_published_comment_may_be_reported(client, comment):
    article = client.get(comment.post.url).content.decode()
    form = client.get(url_of(comment)).content.decode()

    assert f'href="{url_of(comment)}"' in article
    assert "Vu ainsi." in form
    assert '<meta name="robots" content="noindex">' in form


def test_a_report_is_kept_told_and_the_comment_stays(client, comment, settings):
    response = client.post(url_of(comment), complaint(detail="Il m’insulte."), follow=True)

    report = CommentReport.objects.get()
    comment.refresh_from_db()
    assert "votre signalement est arrivé" in response.content.decode()
    assert (report.comment, report.reason, report.detail) == (comment, "insult", "Il m’insulte.")
    assert report.notice_shown_at
    assert NoticeVersion.objects.get(key="signalement").version == report.notice_version
    assert comment.reported_at
    assert mails().get().to == settings.STAFF_EMAIL
    assert "Vu ainsi." in client.get(comment.post.url).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "autre chose"}, "reason"),
        ({"detail": "x" * 501}, "detail"),
        ({"detail": "\u202emiroir"}, "detail"),
        ({"email": "pas une adresse"}, "email"),
        ({"email": "a@" + "b" * 300 + ".fr"}, "email"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, comment, changes, field):
    response = client.post(url_of(comment), complaint(**changes))

    assert list(response.context["form"].errors) == [field]
    assert not CommentReport.objects.exists()


def test_the_longest_detail_is_kept(client, comment):
    client.post(url_of(comment), complaint(detail="é" * 500))

    assert CommentReport.objects.get().detail == "é" * 500


def test_a_replay_counts_once(client, comment):
    sent = complaint()

    first, second = client.post(url_of(comment), sent), client.post(url_of(comment), sent)

    assert first.url == second.url
    assert CommentReport.objects.count() == mails().count() == 1


@pytest.mark.parametrize("state", ["pending", "rejected", "spam"])
def test_a_comment_that_does_not_show_cannot_be_reported(client, comment, state):
    Comment.objects.update(state=state)

    assert client.get(url_of(comment)).status_code == 404
    assert client.post(url_of(comment), complaint()).status_code == 404
    with pytest.raises(CommentGone):
        reports(comment)


def test_an_unknown_or_erased_comment_or_a_private_article_is_not_found(client, comment):
    hidden = CommentFactory(post=PostPageFactory(draft=True), approved=True)
    erased = CommentFactory(post=comment.post, approved=True, erased_at=NOON, name="", text="")

    for pk in (hidden.pk, erased.pk, 0, 10**30):
        assert client.get(f"/blog/commentaire/{pk}/signaler/").status_code == 404


def test_a_report_by_a_robot_is_kept_and_counts_for_nothing(client, comment):
    client.post(url_of(comment), complaint(**{HONEYPOT: "x"}))

    comment.refresh_from_db()
    assert CommentReport.objects.get().suspect
    assert comment.reported_at is None
    assert not mails().exists()


def test_a_second_report_does_not_write_again(comment):
    reports(comment, "x")
    reports(comment, "y")

    assert CommentReport.objects.count() == 2
    assert mails().count() == 1


def test_three_senders_in_a_day_set_a_comment_aside(client, comment):
    for sender in "xxy":
        reports(comment, sender)
    comment.refresh_from_db()
    before = comment.state

    reports(comment, "z")

    comment.refresh_from_db()
    event = comment.events.get()
    assert (before, comment.state) == (CommentState.APPROVED, CommentState.PENDING)
    assert (event.transition, event.role) == ("set_aside", "system")
    assert "Vu ainsi." not in client.get(comment.post.url).content.decode()
    assert mails().count() == 2
    assert "n’est plus en ligne" in mails().order_by("pk").last().text


def test_senders_of_two_days_are_not_added_up(comment):
    midnight = NOON.replace(hour=0)
    reports(comment, "x", now=midnight - timedelta(seconds=1))
    reports(comment, "y", now=midnight)
    reports(comment, "z", now=midnight)

    comment.refresh_from_db()
    assert comment.state == CommentState.APPROVED


def test_what_the_team_writes_is_not_set_aside_by_readers(comment):
    Comment.objects.update(by_team=True)

    for sender in "xyz":
        reports(comment, sender)

    comment.refresh_from_db()
    assert comment.state == CommentState.APPROVED
    assert comment.reported_at


def test_keeping_closes_the_reports_and_answers_who_asked(comment):
    reports(comment, email="b@exemple.test")
    reports(comment, "y")

    decides(comment, "keep")

    assert (comment.state, comment.reported_at) == (CommentState.APPROVED, None)
    assert set(CommentReport.objects.values_list("email", "decided_at")) == {("", NOON)}
    assert mails("blog_report_decided").get().to == "b@exemple.test"
    assert "garder en ligne" in mails("blog_report_decided").get().text


@pytest.mark.parametrize("name", ["reject", "spam"])
def test_taking_down_closes_the_reports_too(comment, name):
    reports(comment, email="b@exemple.test")

    decides(comment, name)

    assert comment.reported_at is None
    assert CommentReport.objects.get().decided_at == NOON
    assert "l’a retiré" in mails("blog_report_decided").get().text


def test_publishing_again_closes_the_reports(comment):
    for sender in "xyz":
        reports(comment, sender)

    decides(comment, "approve")

    assert comment.state == CommentState.APPROVED
    assert not CommentReport.objects.filter(decided_at=None).exists()


def test_nobody_keeps_what_was_not_reported(comment):
    with pytest.raises(NotReported):
        decides(comment, "keep")


@pytest.mark.parametrize(("days", "written"), [(29, 1), (31, 2)])
def test_after_a_decision_further_reports_are_quiet_for_thirty_days(comment, days, written):
    reports(comment)
    decides(comment, "keep")

    later = NOON + timedelta(days=days)
    reports(comment, "y", now=later)

    comment.refresh_from_db()
    assert CommentReport.objects.count() == 2
    assert comment.reported_at == later
    assert mails().count() == written


def test_readers_do_not_undo_a_fresh_decision(comment):
    reports(comment)
    decides(comment, "keep")

    for sender in "abc":
        reports(comment, sender, now=NOON + timedelta(days=2))

    comment.refresh_from_db()
    assert comment.state == CommentState.APPROVED


def test_the_link_of_the_e_mail_keeps_the_comment(client, comment):
    reports(comment)
    comment.refresh_from_db()
    client.get(moderation_url(comment).removeprefix("http://testserver"))
    page = reverse("blog:moderate", args=[comment.reference])
    html = client.get(page).content.decode()

    client.post(page, decision("keep"))

    comment.refresh_from_db()
    assert ">Garder en ligne</button>" in html
    assert "Propos insultants ou haineux" in html
    assert (comment.state, comment.reported_at) == (CommentState.APPROVED, None)


def test_the_desk_counts_what_was_reported(rf, log_in, comment):
    assert comments_reported(rf.get("/admin/"), timezone.now()) is None
    reports(comment, detail="Il m’insulte.")
    CommentFactory(post=comment.post, approved=True, text="Sans reproche")

    line = comments_reported(rf.get("/admin/"), timezone.now())
    editor = log_in("redaction")
    listed = editor.get(line.url).content.decode()
    shown = editor.get(
        reverse(Comment.snippet_viewset.get_url_name("inspect"), args=[comment.pk])
    ).content.decode()

    assert (line.count, line.since) == (1, NOON)
    assert "Vu ainsi." in listed
    assert "Sans reproche" not in listed
    assert "Il m’insulte." in shown
    assert "Garder en ligne" in shown


@pytest.mark.django_db(transaction=True)
def test_a_report_and_a_refusal_at_once_leave_nothing_open():
    comment = CommentFactory(approved=True)
    other = Comment.objects.get(pk=comment.pk)

    outcomes = at_once(
        lambda: reports(comment, now=timezone.now()),
        lambda: moderation.LIFECYCLE.apply(
            other, "reject", by=moderation.TEAM_BY_LINK, now=timezone.now()
        ),
    )

    assert not isinstance(outcomes[1], Exception)
    comment.refresh_from_db()
    assert (comment.state, comment.reported_at) == (CommentState.REJECTED, None)
    assert not CommentReport.objects.filter(decided_at=None).exists()
    assert isinstance(outcomes[0], CommentGone) or CommentReport.objects.count() == 1


def test_the_form_of_a_report_asks_for_a_token_of_its_own(comment):
    response = SiteClient(enforce_csrf_checks=True).post(url_of(comment), complaint())

    assert response.status_code == 403
