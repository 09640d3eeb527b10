"""Where an account is open, what ends that, and who is told."""

import re

from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

import pytest
import time_machine
from allauth.usersessions.models import UserSession

from courrier.models import OutgoingMessage
from rgpd.register import REGISTER
from rgpd.services.purge import purge
from site_enys.sign_in.browsers import browser_of
from tests.factories.people import UserFactory
from tests.harness.client import SiteClient
from tests.site_enys.signing_in import (
    FIREFOX,
    LOGIN,
    PASSWORD,
    SAFARI,
    attempt,
    come_in,
    signed_in,
)

LIST, CHANGE = "/admin/compte/sessions/", "/admin/compte/mot-de-passe/"
LONGER = "une-phrase-bien-longue"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mails_to_the_outbox(settings):
    settings.EMAIL_BACKEND = "courrier.backends.OutboxBackend"


@pytest.fixture
def user():
    return UserFactory(role="redaction")


@pytest.fixture
def two(client, user):
    """The same account, here on Firefox and there on a telephone."""
    come_in(client, user, headers={"user-agent": FIREFOX})
    return client, come_in(SiteClient(), user, headers={"user-agent": SAFARI})


def is_in(client):
    return client.get("/admin/account/").status_code == 200


def mails_to(address):
    return list(OutgoingMessage.objects.filter(to=address).order_by("pk"))


def test_the_list_says_browsers_and_which_session_is_this_one(two):
    here, _ = two

    html = " ".join(re.sub(r"<[^>]+>", " ", here.get(LIST).content.decode()).split())

    assert "Firefox sur Windows (cette session)" in html
    assert "Safari sur iPhone ouverte le" in html


def test_one_session_is_ended_from_another(two, user):
    here, there = two
    row = UserSession.objects.exclude(session_key=here.session.session_key).get()

    here.post(LIST, {"session": row.pk})

    assert (is_in(here), is_in(there)) == (True, False)
    assert here.post(LIST, {"session": row.pk}).status_code == 404  # twice


def test_all_the_others_are_ended_at_once(two):
    here, there = two

    here.post(LIST)

    assert (is_in(here), is_in(there)) == (True, False)


def test_neither_this_session_nor_somebody_elses_can_be_named(two, user):
    here, _ = two
    come_in(SiteClient(), UserFactory(role="redaction"))
    own = UserSession.objects.get(session_key=here.session.session_key)
    foreign = UserSession.objects.exclude(user=user).get()

    for sent in (own.pk, foreign.pk, "0", "x", "-1", "9" * 30, "²"):
        assert here.post(LIST, {"session": sent}).status_code == 404
    assert UserSession.objects.count() == 3


def test_the_key_of_the_session_changes_at_the_sign_in(client, user):
    client.get(LOGIN)
    client.session.save()
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["sessionid"] = before = session.session_key

    attempt(client, user)

    assert client.session.session_key != before


@pytest.mark.parametrize(("hours", "open_still"), [(11.9, True), (12.1, False)])
def test_a_session_ends_twelve_hours_after_its_sign_in_however_busy(
    client, user, hours, open_still
):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        attempt(client, user, data={"remember": "on"})
        clock.shift(6 * 3600)
        session = client.session
        session["busy"] = True
        session.save()  # which puts off the end that Django knows of
        clock.shift((hours - 6) * 3600)

        response = client.get("/admin/account/")

    assert (response.status_code == 200) is open_still
    assert open_still or response.url.startswith(LOGIN)


def test_what_is_open_to_everybody_is_open_after_the_twelve_hours_too(client, user):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        attempt(client, user)
        session = client.session
        clock.shift(11 * 3600)
        session["busy"] = True
        session.save()
        clock.shift(2 * 3600)

        script = client.get(reverse("wagtailadmin_javascript_catalog"))

    assert (script.status_code, script["Content-Type"].split(";")[0]) == (200, "text/javascript")


def test_without_the_box_the_cookie_ends_with_the_browser(client, user):
    assert attempt(client, user).cookies["sessionid"]["max-age"] == ""
    kept = attempt(SiteClient(), user, data={"remember": "on"})
    assert kept.cookies["sessionid"]["max-age"] == 12 * 3600


def test_a_closed_account_is_out_at_once_and_stays_out_when_opened_again(two, user):
    here, there = two

    user.is_active = False
    user.save()
    out = is_in(here)
    user.is_active = True
    user.save()

    assert (out, is_in(here), is_in(there)) == (False, False, False)


def test_a_new_password_ends_the_other_sessions_and_is_told(two, user):
    here, there = two

    response = here.post(
        CHANGE, {"oldpassword": PASSWORD, "password1": LONGER, "password2": LONGER}
    )

    assert response.url == "/admin/compte/"
    assert (is_in(here), is_in(there)) == (True, False)
    assert "Le mot de passe de votre compte a été changé." in mails_to(user.email)[-1].text
    assert here.get(LIST).content.decode().count("cette session") == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"oldpassword": "faux"}, "n’est pas le bon"),
        ({"password2": "une-autre-phrase-longue"}, "le même mot de passe"),
        ({"password1": "court", "password2": "court"}, "12 caractères"),
        ({"password1": "a\x07" * 8, "password2": "a\x07" * 8}, "invisibles"),
    ],
)
def test_a_password_is_not_changed_by_mistake(client, user, change, said):
    come_in(client, user)
    typed = {"oldpassword": PASSWORD, "password1": LONGER, "password2": LONGER}

    response = client.post(CHANGE, typed | change)

    assert said in response.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_wrong_former_passwords_lead_to_the_lockout(client, user, settings):
    come_in(client, user)
    typed = {"oldpassword": "faux", "password1": LONGER, "password2": LONGER}
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        client.post(CHANGE, typed)

    assert client.post(CHANGE, typed).status_code == 429


def test_the_former_address_is_told_that_it_was_replaced(user):
    former = user.email
    user.email = "nouvelle@enys.test"
    user.save()

    [mail] = mails_to(former)
    assert "remplacée par une autre" in mail.text
    assert "nouvelle" not in mail.text


def test_saving_an_account_without_changing_its_locks_writes_to_nobody(user):
    user.first_name = "Dominique"
    user.save()
    user.save(update_fields=["last_login"])

    assert not OutgoingMessage.objects.exists()


# -- A sign-in from elsewhere --------------------------------------------------------------------


def test_a_new_browser_is_told_once(user):
    come_in(SiteClient(), user, headers={"user-agent": FIREFOX})
    assert mails_to(user.email) == []

    for _ in range(2):
        come_in(SiteClient(), user, headers={"user-agent": SAFARI})

    [mail] = mails_to(user.email)
    assert "navigateur inhabituel" in mail.text
    assert "Depuis\xa0: Safari sur iPhone" in mail.text


def test_a_new_version_is_no_new_browser(user):
    come_in(SiteClient(), user, headers={"user-agent": FIREFOX})
    come_in(SiteClient(), user, headers={"user-agent": FIREFOX.replace("145", "146")})

    assert mails_to(user.email) == []


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox sur Windows"),
        (SAFARI, "Safari sur iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0 Safari/537.36", "Chrome sur Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge sur Windows"),
        ("curl/8.0", "Navigateur inconnu"),
        ("", "Navigateur inconnu"),
        ("<script>Firefox", "Firefox"),
    ],
)
def test_a_browser_is_named_as_people_know_it(user_agent, name):
    assert browser_of(user_agent) == name


def test_an_address_that_is_none_does_not_break_the_sign_in(client, user, settings):
    settings.PROXY_COUNT = 1

    attempt(client, user, headers={"x-forwarded-for": "192.0.2.7"}, REMOTE_ADDR="")

    assert UserSession.objects.get().ip == "192.0.2.7"


# -- What the direction sees and does ------------------------------------------------------------


def test_the_direction_ends_the_sessions_of_somebody(two, user, log_in):
    here, there = two
    direction = log_in("direction")
    url = reverse("account_sign_in", args=[user.pk])
    assert "Safari sur iPhone" in direction.get(url).content.decode()

    direction.post(url)
    again = direction.post(url, follow=True)

    assert (is_in(here), is_in(there)) == (False, False)
    assert "La direction a fermé toutes vos sessions" in mails_to(user.email)[-1].text
    assert "aucune session ouverte" in again.content.decode()


def test_the_direction_reads_the_journal_of_sign_ins_and_nobody_else(two, user, log_in):
    url = "/admin/snippets/axes/accesslog/"
    html = log_in("direction").get(url).content.decode()

    assert user.username in html
    assert "Firefox sur Windows" in html
    for role in ("redaction", "formation", "recrutement", "evaluation", "referent"):
        assert log_in(role).get(url).status_code == 302


def test_the_list_of_accounts_keeps_its_number_of_queries(log_in, count_queries):
    direction, url = log_in("direction"), reverse("team_sign_ins")
    direction.get(url)
    few = count_queries(lambda: direction.get(url))
    UserFactory.create_batch(30, role="formation")

    assert count_queries(lambda: direction.get(url)) == few


def test_rows_of_sessions_end_soon_after_them(two):
    now = timezone.now()
    entry = REGISTER[UserSession]

    purge(now, apply=True, entries=[entry])
    assert UserSession.objects.count() == 2
    purge(now + entry.delay * 1.01, apply=True, entries=[entry])
    assert UserSession.objects.count() == 0


# -- Roles that need a second factor -------------------------------------------------------------


@pytest.fixture
def asked():
    """The editors must have a second factor."""
    from site_enys.models import SignInSettings  # noqa: PLC0415

    SignInSettings.load().second_factor_for.add(Group.objects.get(name="Rédaction"))


@pytest.mark.parametrize(
    "url",
    [
        "/admin/",
        "/admin/pages/",
        "/admin/account/",
        "/admin/choose-page/",
        "/admin/images/chooser/",
        "/admin/snippets/blog/author/",
        "/admin/compte/sessions/",
        "/admin/compte/mot-de-passe/",
        "/admin/compte/secours/",
    ],
)
def test_who_must_have_one_reaches_nothing_before(log_in, asked, url):
    client = log_in("redaction")

    for response in (client.get(url), client.post(url)):
        assert (response.status_code, response.url) == (302, "/admin/compte/")


def test_the_set_up_page_opens_and_so_does_the_way_out(log_in, asked):
    client = log_in("redaction")

    html = client.get("/admin/compte/").content.decode()

    assert "Votre rôle demande un second facteur" in html
    assert client.get("/admin/compte/application/").url.startswith("/admin/compte/confirmer/")
    assert client.get("/admin/compte/confirmer/").status_code == 200
    assert client.post("/admin/logout/").status_code == 302
    assert signed_in(client) is None


def test_outside_of_the_admin_she_is_a_plain_visitor(log_in, asked):
    from wagtail.models import PageViewRestriction  # noqa: PLC0415

    from home.models import HomePage  # noqa: PLC0415

    page = HomePage.objects.get()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    client = log_in("redaction")

    assert client.get("/").url.startswith(LOGIN)
    assert log_in("formation").get("/").status_code == 200


def test_other_roles_and_those_who_have_one_see_no_difference(log_in, asked):
    from tests.site_enys.signing_in import give_application  # noqa: PLC0415

    equipped = log_in("redaction")
    give_application(equipped.user)

    assert is_in(equipped)
    assert is_in(log_in("formation"))


def test_recovery_codes_alone_are_no_second_factor(log_in, asked):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: PLC0415

    client = log_in("redaction")
    RecoveryCodes.activate(client.user)

    assert client.get("/admin/").url == "/admin/compte/"


def test_a_superuser_has_every_role(client, asked):
    client.force_login(UserFactory(is_superuser=True))

    assert client.get("/admin/").url == "/admin/compte/"


def test_the_rule_costs_one_query(log_in, asked, count_queries):
    from site_enys.sign_in.accounts import must_set_up  # noqa: PLC0415

    user = log_in("redaction").user

    assert count_queries(lambda: must_set_up(user)) == 1


def test_the_direction_chooses_the_roles_and_is_reminded_of_herself(log_in):
    direction = log_in("direction")
    url = reverse("wagtailsettings:edit", args=["site_enys", "signinsettings"])
    assert "sans second facteur" in direction.get("/admin/").content.decode()
    group = Group.objects.get(name="Direction")
    edit = direction.get(url, follow=True).redirect_chain[-1][0]

    direction.post(edit, {"second_factor_for": [group.pk]})

    assert direction.get("/admin/").url == "/admin/compte/"
    assert log_in("redaction").get(url).status_code == 302


# -- What a page of the account says -------------------------------------------------------------


def test_the_account_page_leads_to_the_security_page(log_in):
    html = log_in("redaction").get("/admin/account/").content.decode()

    for url in ("/admin/compte/", LIST, CHANGE):
        assert f'href="{url}"' in html
    # Wagtail's own form would change the password without counting wrong ones.
    assert "new_password1" not in html


@pytest.mark.parametrize("path", ["", "sessions/", "mot-de-passe/", "secours/", "application/"])
def test_the_pages_of_the_account_are_for_who_is_signed_in(client, path):
    assert client.get(f"/admin/compte/{path}").url.startswith(LOGIN)
