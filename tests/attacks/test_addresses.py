"""Redirects that lead elsewhere, names of other hosts, paths that climb, rights that grow."""

from django.urls import reverse

import pytest

from courrier.models import OutgoingMessage
from home.models import ContactMessage
from site_enys.models import User
from tests.factories.blog import CommentFactory
from tests.factories.home import ContactPageFactory, contact_answers
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

ELSEWHERE = (
    "https://evil.test/",
    "//evil.test/",
    "/\\evil.test",
    "https:evil.test",
    "javascript:1",
)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_bulk_action_leads_to_another_site(log_in, address):
    comment = CommentFactory()
    client = log_in("redaction")

    response = client.post(
        f"/admin/bulk/blog/comment/approve/?id={comment.pk}&next={address}", {"next": address}
    )

    assert "evil" not in response.headers.get("Location", "")
    assert not response.headers.get("Location", "").startswith("javascript")


FORGED = {
    "X-Forwarded-Host": "evil.test",
    "X-Host": "evil.test",
    "X-Original-URL": "/admin/",
    "X-Rewrite-URL": "/admin/",
    "X-Forwarded-Prefix": "/evil.test",
    "X-Forwarded-Port": "6666",
    "Forwarded": "host=evil.test",
    "X-HTTP-Method-Override": "DELETE",
}


@pytest.mark.parametrize(
    "path",
    ["/", "/blog/", "/blog/flux/", "/sitemap.xml", "/robots.txt", "/formation/sessions.ics",
     "/recrutement/offres.json", "/recrutement/flux/", "/recherche/?q=deis"],
)  # fmt: skip
def test_headers_that_no_cache_knows_change_nothing(client, path):
    """A page poisoned by one visitor would be served to the next ones."""
    usual = client.get(path)

    forged = client.get(path, headers=FORGED)

    assert forged.status_code == usual.status_code == 200
    assert b"evil.test" not in forged.content
    assert b"6666" not in forged.content


@pytest.mark.parametrize(
    "headers", [{"X-Forwarded-Host": "evil.test"}, {"Origin": "https://evil.test"}]
)
def test_no_visitor_chooses_where_a_mail_leads(client, headers):
    account = UserFactory(role="redaction", email="camille@enys.test")

    client.post("/admin/password_reset/", {"email": account.email}, headers=headers)

    assert not [mail for mail in OutgoingMessage.objects.all() if "evil" in mail.text + mail.html]


@pytest.mark.parametrize(
    "path",
    ["/media/../manage.py", "/media/%2e%2e/manage.py", "/media/..%2fmanage.py",
     "/static/../manage.py", "/static/%2e%2e/manage.py", "/documents/1/../../manage.py",
     "/media//etc/passwd", "/blog/flux/../../manage.py", "/blog/flux/..%2f/"],
)  # fmt: skip
def test_no_path_climbs_out_of_its_folder(client, path):
    response = client.get(path)

    assert response.status_code in {400, 404}


def test_fields_that_the_form_does_not_have_are_not_read(client):
    page = ContactPageFactory()
    extra = {"state": "handled", "public_id": "0" * 32, "id": "99", "created_at": "2001-01-01"}

    client.post(page.url, contact_answers(**extra))

    message = ContactMessage.objects.get()
    assert message.state == "new"
    assert message.pk != 99
    assert message.created_at.year > 2001


@pytest.mark.parametrize("name", ["email", "name", "organisation", "phone"])
def test_a_line_break_never_reaches_the_head_of_a_mail(client, name):
    page = ContactPageFactory()

    client.post(page.url, contact_answers(**{name: "a@b.fr\r\nBcc: tous@evil.test"}))

    for mail in OutgoingMessage.objects.all():
        assert not {"\r", "\n"} & set(mail.subject + mail.to + mail.reply_to)
    assert not ContactMessage.objects.exists()


# -- Who may change accounts gives no more than she holds ----------------------------------------


def changed(account: User, **answers: str) -> dict[str, str]:
    values = {"username": account.username, "email": account.email}
    return values | {"first_name": "A", "last_name": "B", "is_active": "on"} | answers


def test_the_direction_makes_nobody_a_superuser(log_in):
    account = UserFactory(role="redaction")
    client = log_in("direction")

    client.post(
        reverse("wagtailusers_users:edit", args=[account.pk]), changed(account, is_superuser="on")
    )
    typed = {"is_superuser": "on", "password1": "Zorglub-77", "password2": "Zorglub-77"}
    client.post(reverse("wagtailusers_users:add"), changed(UserFactory.build(), **typed))

    assert not User.objects.filter(is_superuser=True).exists()


@pytest.mark.parametrize("path", ["edit", "delete"])
def test_the_direction_does_not_touch_a_superuser(log_in, path):
    """Her address is where the link of a forgotten password would be sent."""
    account = UserFactory(is_superuser=True, email="chef@enys.test")

    log_in("direction").post(
        reverse(f"wagtailusers_users:{path}", args=[account.pk]),
        changed(account, email="direction@evil.test"),
    )

    assert User.objects.get(pk=account.pk).email == "chef@enys.test"


def test_the_direction_does_not_stop_a_superuser_among_others(log_in):
    account = UserFactory(is_superuser=True)

    log_in("direction").post(
        f"/admin/bulk/site_enys/user/set_active_state/?id={account.pk}", {"mark_as_active": ""}
    )

    assert User.objects.get(pk=account.pk).is_active


def test_the_direction_still_changes_the_team(log_in):
    account = UserFactory(role="redaction")

    url = reverse("wagtailusers_users:edit", args=[account.pk])
    log_in("direction").post(url, changed(account, email="neuve@enys.test"))

    assert User.objects.get(pk=account.pk).email == "neuve@enys.test"
