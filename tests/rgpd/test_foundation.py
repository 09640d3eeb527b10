"""What the foundation and the editor of pages hold of the team, and for how long."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from wagtail.models import Comment, ModelLogEntry, Page, PageLogEntry, Revision
from wagtail.users.models import UserProfile

import pytest
from axes.models import AccessAttempt, AccessLog

from courrier.models import Attachment, OutgoingMessage
from courrier.services import proofs
from rgpd.register import REGISTER, Person
from rgpd.rgpd.accounts import FORGOTTEN
from rgpd.services.erasure import erase
from site_enys.models import PrivateFileAccess, User
from site_enys.states import PERSON
from tests.countdowns import goes_on_its_day, taken_by_the_purge
from tests.factories.courrier import OutgoingMessageFactory
from tests.factories.people import UserFactory
from tests.harness.clock import paris
from tests.markers import traces

pytestmark = pytest.mark.django_db

NOW = paris(2027, 3, 1, 10)
DAY = timedelta(days=1)
YEAR = timedelta(days=365)
ZOE = Person("zoe@enys.test")


def member(**more):
    return UserFactory(email=ZOE.email, username="zoe.m", last_name="Marchepied", **more)


def reasons(done):
    return " ".join(why for _, _, why in done.kept)


# -- Accounts ------------------------------------------------------------------------------------


def test_an_account_is_kept_while_its_owner_works_here():
    member()

    done = erase(ZOE, by=PERSON, now=NOW)

    assert User.objects.get(email=ZOE.email).last_name == "Marchepied"
    assert "fonction" in reasons(done)


def test_a_closed_account_is_forgotten_with_its_picture_and_its_name_in_the_journal():
    user = member(is_active=False)
    UserProfile.objects.create(user=user, avatar="avatar_images/x.png")
    ModelLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        label=str(user),
        action="wagtail.edit",
        timestamp=NOW,
    )

    erase(ZOE, by=PERSON, now=NOW)

    user.refresh_from_db()
    assert user.username == f"{FORGOTTEN}{user.pk}"
    assert traces("Marchepied", "zoe.m") == []
    assert not UserProfile.objects.exists()
    assert list(REGISTER[User].find(ZOE)) == []


@pytest.mark.parametrize("last", [None, NOW])
def test_an_account_goes_on_the_day_that_is_told(last):
    closed = member(is_active=False, last_login=last, date_joined=NOW)
    assert goes_on_its_day(closed)

    REGISTER[User].erase(closed)
    assert REGISTER[User].countdown_of(closed).day is None
    assert REGISTER[User].countdown_of(UserFactory()).day is None


def test_nobody_without_an_address_is_anybody():
    UserFactory(email="")

    assert not REGISTER[User].find(ZOE).exists()


# -- Journals ------------------------------------------------------------------------------------


def test_the_journals_of_an_account_are_hers_and_stay_until_a_day():
    user = member()
    PrivateFileAccess.objects.create(user=user, subject="CV n° 1")
    attempts = [{"username": user.username}, {"username": ZOE.email.upper()}, {"username": "autre"}]
    for number, who in enumerate(attempts):
        AccessLog.objects.create(ip_address=f"192.0.2.{number}", user_agent="", **who)

    assert REGISTER[AccessLog].find(ZOE).count() == 2
    done = erase(ZOE, by=PERSON, now=timezone.now())

    assert AccessLog.objects.count() == 3
    assert "article 32" in reasons(done)


def test_a_line_of_a_journal_goes_on_the_day_that_is_told():
    user = member()
    attempt = AccessAttempt.objects.create(
        username="a", ip_address="192.0.2.1", user_agent="", failures_since_start=1
    )

    assert goes_on_its_day(attempt)
    assert goes_on_its_day(PrivateFileAccess.objects.create(user=user, subject="CV n° 1"))
    assert goes_on_its_day(OutgoingMessageFactory())


# -- Messages ------------------------------------------------------------------------------------


def test_a_message_goes_with_its_pieces_unless_an_app_says_that_it_is_a_proof(monkeypatch):
    monkeypatch.setattr(proofs, "_WHY", {})
    proofs.proves("preuve", why=lambda message, now: "Parce que." * (message.subject == "gardé"))
    kept = OutgoingMessageFactory(to=ZOE.email, kind="preuve", subject="gardé")
    OutgoingMessageFactory(to=ZOE.email, kind="preuve", subject="non")
    gone = OutgoingMessageFactory(to="ZOE@enys.test")
    Attachment.objects.create(message=gone, name="a", content_type="b", content=b"c")
    others = OutgoingMessageFactory()

    done = erase(ZOE, by=PERSON, now=NOW)

    left = OutgoingMessage.objects.exclude(kind__startswith="rgpd")
    assert set(left) == {kept, others}
    assert not Attachment.objects.exists()
    assert "Parce que." in reasons(done)


def test_what_is_told_of_a_message_opens_nothing():
    link = "https://enys.test/suivi/WyIxMiIsICJhYmMiXQ:1vNabc:abcdefghijklmnopqrstuvwxyz0123456789"
    told = REGISTER[OutgoingMessage].export(OutgoingMessageFactory(to=ZOE.email, text=link), ZOE)
    code = OutgoingMessageFactory(to=ZOE.email, text="123456", secret=True)
    ours = OutgoingMessageFactory(reply_to=ZOE.email, subject="Nom d’un autre", text="Secret")

    assert told["Texte"] == "https://enys.test/suivi/…"
    assert "123456" not in str(REGISTER[OutgoingMessage].export(code, ZOE))
    team = str(REGISTER[OutgoingMessage].export(ours, ZOE))
    assert "Secret" not in team
    assert "Nom d’un autre" not in team
    assert list(REGISTER[OutgoingMessage].files(ours, ZOE)) == []


# -- Pages ---------------------------------------------------------------------------------------


@pytest.fixture
def page():
    return Page.objects.get(depth=2).specific


def entry_of(page, action, at, revision=None):
    kind = ContentType.objects.get_for_model(page)
    return PageLogEntry.objects.create(
        content_type=kind,
        page=page,
        label=page.title,
        action=action,
        timestamp=at,
        revision=revision,
    )


def test_a_publication_is_kept_ten_years_after_the_next_one_and_the_rest_a_year(page):
    first = entry_of(page, "wagtail.publish", NOW)
    edited = entry_of(page, "wagtail.edit", NOW + DAY)
    second = entry_of(page, "wagtail.publish", NOW + 2 * YEAR)

    assert goes_on_its_day(edited)
    assert goes_on_its_day(first)
    assert REGISTER[PageLogEntry].countdown_of(first).day.year == 2039
    assert REGISTER[PageLogEntry].countdown_of(second).day is None
    assert not taken_by_the_purge(second, NOW + 40 * YEAR)


def saved(page, at, **more):
    revision = page.save_revision()
    Revision.objects.filter(pk=revision.pk).update(created_at=at, **more)
    revision.refresh_from_db()
    return revision


def test_a_draft_goes_after_a_year_and_what_serves_stays(page):
    draft = saved(page, NOW)
    published = saved(page, NOW)
    entry_of(page, "wagtail.publish", NOW, published)
    scheduled = saved(page, NOW, approved_go_live_at=NOW)
    latest = saved(page, NOW)

    assert goes_on_its_day(draft)
    for used in (published, scheduled, latest):
        assert not taken_by_the_purge(used, NOW + 9 * YEAR)
        assert REGISTER[Revision].countdown_of(used).day is None


def test_a_comment_of_an_editor_goes_a_year_after_it_is_resolved(page):
    user = member()
    own = {"page": page, "user": user, "contentpath": "title"}
    resolved = Comment.objects.create(**own, text="À relire", resolved_at=NOW)
    running = Comment.objects.create(**own, text="À voir")

    assert goes_on_its_day(resolved)
    assert not taken_by_the_purge(running, NOW + 9 * YEAR)
    assert set(REGISTER[Comment].find(ZOE)) == {resolved, running}
