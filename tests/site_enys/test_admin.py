"""The traps of Wagtail's generic screens, closed for every record about people.

The real viewset of the outbox stands for all; `folders.py` adds transitions.
"""

import csv
import io
from datetime import UTC, datetime

from django.contrib.auth.models import Permission
from django.urls import NoReverseMatch, reverse

from wagtail.models import ModelLogEntry
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.test.utils import WagtailTestUtils

import pytest
from openpyxl import load_workbook

from courrier.models import OutgoingMessage
from site_enys.admin import PersonalDataViewSet, admin_url
from tests.factories.courrier import OutgoingMessageFactory
from tests.factories.formation import SessionFactory
from tests.factories.people import UserFactory
from tests.harness.client import SiteClient
from tests.harness.clock import paris
from tests.site_enys.folders import Folder

HOME = "/admin/"
LIST = "/admin/snippets/courrier/outgoingmessage/"


@pytest.fixture
def direction(log_in):
    return log_in("direction")


@pytest.fixture
def chief(db):
    """A superuser, whom Django lets do everything."""
    client = SiteClient()
    client.user = UserFactory(is_superuser=True)
    client.force_login(client.user)
    return client


@pytest.fixture
def message(db):
    return OutgoingMessageFactory()


def screen(view, *args):
    return admin_url(OutgoingMessage, view, *args)


def is_refused(response):
    """Wagtail sends back to its home page, with a sentence, who may not."""
    return response.status_code == 302 and response.url == reverse("wagtailadmin_home")


def text_of(response):
    return " ".join(WagtailTestUtils.get_soup(response.content).get_text().split())


# -- 1. The chooser -----------------------------------------------------------------------------


def test_no_record_about_people_has_a_chooser(direction, message):
    personal = [
        m for m in get_snippet_models() if isinstance(m.snippet_viewset, PersonalDataViewSet)
    ]

    assert OutgoingMessage in personal
    for model in personal:
        viewset = model.snippet_viewset
        assert not isinstance(viewset.register_chooser_viewset(), SnippetChooserViewSet)
        with pytest.raises(NoReverseMatch):
            reverse(f"{viewset.get_chooser_admin_url_namespace()}:choose")
    assert direction.get("/admin/snippets/choose/courrier/outgoingmessage/").status_code == 404


# -- 2. What is not shown in the list is not opened ---------------------------------------------


@pytest.fixture
def offers_all(monkeypatch):
    """The viewset of the outbox as if it offered every action, on one kind of message only."""
    screen("list")  # builds the views, which must keep the real list after this test
    viewset = OutgoingMessage.snippet_viewset
    monkeypatch.setattr(
        viewset.policy, "actions", frozenset({"add", "change", "delete", "view", "publish"})
    )
    monkeypatch.setattr(
        viewset, "get_queryset", lambda request: OutgoingMessage.objects.filter(kind="a")
    )


@pytest.mark.parametrize(
    "view", ["inspect", "edit", "delete", "history", "history_results", "usage"]
)
def test_each_screen_opens_only_the_records_of_the_list(chief, offers_all, view):
    mine, other = OutgoingMessageFactory(kind="a"), OutgoingMessageFactory(kind="b")

    assert chief.get(screen(view, mine.pk)).status_code == 200
    assert is_refused(chief.get(screen(view, other.pk)))
    assert is_refused(chief.post(screen(view, other.pk)))
    assert OutgoingMessage.objects.count() == 2


def test_the_list_and_its_exports_show_only_its_records(chief, offers_all):
    # The views were built with the real list: this one is scoped by the permission.
    OutgoingMessageFactory(subject="Courriel de la direction")

    stranger = SiteClient()
    stranger.force_login(
        UserFactory(role="redaction"), backend="django.contrib.auth.backends.ModelBackend"
    )
    for query in ("", "?export=xlsx", "?export=csv"):
        assert is_refused(stranger.get(LIST + query))


@pytest.mark.parametrize("role", ["redaction", "formation", "recrutement"])
@pytest.mark.parametrize(
    "view", ["list", "list_results", "add", "inspect", "edit", "delete", "history", "usage"]
)
def test_other_roles_see_nothing_of_it(log_in, message, role, view):
    args = [] if view in {"list", "list_results", "add"} else [message.pk]

    assert is_refused(log_in(role).get(screen(view, *args)))


@pytest.mark.parametrize("role", ["redaction", "formation", "recrutement"])
def test_other_roles_have_no_menu_for_it(log_in, role):
    assert "Courriels" not in text_of(log_in(role).get(HOME))


def test_an_anonymous_visitor_is_sent_to_the_sign_in(client, message):
    for view, args in (("list", []), ("inspect", [message.pk])):
        response = client.get(screen(view, *args))
        assert response.url.startswith(reverse("wagtailadmin_login"))


# -- 3. Actions that are not offered ------------------------------------------------------------


@pytest.mark.parametrize("view", ["add", "edit", "delete", "usage", "history"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_offered_is_refused_to_superusers_too(chief, message, view, method):
    args = [] if view == "add" else [message.pk]

    assert is_refused(getattr(chief, method)(screen(view, *args)))
    assert OutgoingMessage.objects.get() == message


def test_there_is_no_copy_and_no_reordering(message):
    for view in ("copy", "reorder"):
        with pytest.raises(NoReverseMatch):
            screen(view, message.pk)


def test_wagtails_bulk_deletion_does_not_exist_for_people(chief, message):
    url = f"/admin/bulk/courrier/outgoingmessage/delete/?id={message.pk}"

    assert chief.post(url).status_code == 404
    assert OutgoingMessage.objects.exists()


def test_a_list_without_bulk_action_has_no_box_to_tick(chief):
    assert (
        "data-bulk-action-checkbox"
        not in chief.get("/admin/snippets/site_enys/jobrun/").content.decode()
    )


# -- Search -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("zoe", {"Zoé Lefèvre"}),
        ("ZOÉ", {"Zoé Lefèvre"}),
        ("lefevre zoe", {"Zoé Lefèvre"}),
        ("soeur", {"Sœur Ÿvonne"}),
        ("SŒUR yvonne", {"Sœur Ÿvonne"}),
        ("zoe yvonne", set()),
        ("100%", {"Offre à 100% ici"}),
        ("_", set()),
        ("personne-", {"Zoé Lefèvre", "Sœur Ÿvonne", "Offre à 100% ici"}),
    ],
)
def test_a_list_finds_every_word_whatever_the_accents(direction, query, found):
    for subject in ("Zoé Lefèvre", "Sœur Ÿvonne", "Offre à 100% ici"):
        OutgoingMessageFactory(subject=subject)

    page = direction.get(LIST, {"q": query})

    assert {message.subject for message in page.context["object_list"]} == found


# -- Filters ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ("created_at_from=2027-03-01&created_at_to=2027-03-01", {"midi", "minuit"}),
        ("created_at_from=2027-03-02", {"lendemain"}),
        ("created_at_to=2027-02-28", set()),
        ("created_at_from=hier", {"midi", "minuit", "lendemain"}),
    ],
)
def test_a_date_is_filtered_by_whole_days_in_paris(direction, days, found):
    for subject, instant in (
        ("minuit", paris(2027, 3, 1, 0)),
        ("midi", paris(2027, 3, 1, 12)),
        ("lendemain", paris(2027, 3, 2, 0)),
    ):
        message = OutgoingMessageFactory(subject=subject)
        OutgoingMessage.objects.filter(pk=message.pk).update(created_at=instant)

    page = direction.get(f"{LIST}?{days}")

    assert {message.subject for message in page.context["object_list"]} == found


@pytest.mark.parametrize(
    "address",
    [
        f"{LIST}?created_at_from=0001-01-01",
        f"{LIST}?created_at_to=9999-12-31",
        "/admin/users/?last_login_from=0001-01-01",
        "/admin/users/?group=" + "9" * 20,
    ],
)
def test_a_value_that_no_calendar_or_database_holds_is_no_error(direction, address):
    assert direction.get(address).status_code in {200, 400}


# -- 4. Bulk actions ----------------------------------------------------------------------------


def bulk(*ids):
    return "/admin/bulk/courrier/outgoingmessage/send_again/?" + "&".join(f"id={pk}" for pk in ids)


def test_a_bulk_action_does_what_it_says(direction):
    one, two = OutgoingMessageFactory.create_batch(2, failed=True)

    page = direction.get(bulk(one.pk, two.pk))
    response = direction.post(bulk(one.pk, two.pk))

    assert f"Courriel n° {one.pk}" in text_of(page)
    assert response.status_code == 302
    assert not OutgoingMessage.objects.failed().exists()


@pytest.mark.parametrize("role", ["redaction", "formation"])
def test_a_bulk_action_is_refused_without_permission(log_in, role):
    message = OutgoingMessageFactory(failed=True)
    client = log_in(role)

    client.get(bulk(message.pk))
    client.post(bulk(message.pk))

    assert OutgoingMessage.objects.failed().exists()


def test_a_bulk_action_is_refused_to_who_may_only_look(log_in):
    message = OutgoingMessageFactory(failed=True)
    client = log_in("redaction")
    client.user.user_permissions.add(Permission.objects.get(codename="view_outgoingmessage"))

    page = client.get(bulk(message.pk))
    client.post(bulk(message.pk))

    assert "Vos droits ne le permettent pas" in text_of(page)
    assert OutgoingMessage.objects.failed().exists()


def test_a_bulk_action_takes_only_the_records_of_the_list(chief, offers_all):
    other = OutgoingMessageFactory(failed=True, kind="b")

    chief.post(bulk(other.pk))

    assert OutgoingMessage.objects.failed().exists()


def test_everything_at_once_is_refused_because_it_would_ignore_the_filters(chief):
    OutgoingMessageFactory(failed=True)

    assert is_refused(chief.get(bulk("all")))
    assert is_refused(chief.post(bulk("all")))
    assert OutgoingMessage.objects.failed().exists()


@pytest.mark.parametrize("pk", ["abc", "", "-1", "9" * 40, "%00"])
def test_a_bulk_action_on_what_does_not_exist_is_not_found(chief, pk):
    assert chief.get(bulk(pk)).status_code == 404
    assert chief.post(bulk(pk)).status_code == 404


# -- 5. Exports ---------------------------------------------------------------------------------

SUMMER, WINTER = datetime(2027, 7, 1, 7, tzinfo=UTC), datetime(2027, 1, 1, 23, 30, tzinfo=UTC)


@pytest.fixture
def exported(db):
    message = OutgoingMessageFactory(
        subject='=HYPERLINK("http://x","y")', kind="+33 1 23", to="@exemple.test", sent=True
    )
    OutgoingMessage.objects.filter(pk=message.pk).update(created_at=SUMMER, sent_at=WINTER)


def test_a_csv_opens_in_france_and_computes_nothing(direction, exported):
    response = direction.get(LIST + "?export=csv")
    content = b"".join(response.streaming_content).decode()

    assert content.startswith("\ufeff")
    headings, row = csv.reader(io.StringIO(content.removeprefix("\ufeff")), delimiter=";")
    assert headings == [
        *("Nature", "Destinataire", "Objet", "État", "Rédigé le", "Envoyé le", "Essais")
    ]
    assert row == [
        *("'+33 1 23", "'@exemple.test", '\'=HYPERLINK("http://x","y")', "Envoyé"),
        *("01/07/2027 09:00", "02/01/2027 00:30", "1"),
    ]


def test_an_xlsx_has_local_times_labels_and_no_formula(direction, exported):
    response = direction.get(LIST + "?export=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    [cells] = sheet.iter_rows(min_row=2)

    assert [cell.value for cell in cells] == [
        *("+33 1 23", "@exemple.test", '=HYPERLINK("http://x","y")', "Envoyé"),
        *(datetime(2027, 7, 1, 9), datetime(2027, 1, 2, 0, 30), 1),  # noqa: DTZ001 - as read
    ]
    assert cells[2].data_type == "s"


def test_a_control_character_does_not_break_an_xlsx(direction):
    OutgoingMessageFactory(subject="a\x0bb")

    assert direction.get(LIST + "?export=xlsx").status_code == 200


def test_an_export_keeps_the_filters(direction):
    OutgoingMessageFactory(failed=True)
    OutgoingMessageFactory()

    response = direction.get(LIST + "?state=failed&export=csv")

    assert len(b"".join(response.streaming_content).decode().splitlines()) == 2


def test_lists_and_exports_cost_the_same_with_one_and_with_thirty_rows(direction, count_queries):
    OutgoingMessageFactory()
    urls = (LIST, LIST + "?export=xlsx")
    for url in urls:
        direction.get(url)
    few = [count_queries(lambda url=url: direction.get(url)) for url in urls]
    OutgoingMessageFactory.create_batch(29)

    assert [count_queries(lambda url=url: direction.get(url)) for url in urls] == few


# -- 6. The journal of Wagtail ------------------------------------------------------------------


def test_the_journal_of_a_deleted_record_holds_no_name(chief, offers_all):
    message = OutgoingMessageFactory(kind="a", to="zoe@exemple.test")

    chief.post(screen("delete", message.pk))

    assert not OutgoingMessage.objects.exists()
    assert ModelLogEntry.objects.get().label == f"Courriel n°\u00a0{message.pk}"


# -- Transitions --------------------------------------------------------------------------------


@pytest.fixture
def folder(folder_screens):
    return Folder.objects.create()


@pytest.fixture
def clerk(folder_screens):
    """Somebody who may see and change folders, and is nobody else."""
    client = SiteClient()
    client.user = UserFactory(role="redaction", first_name="Awa", last_name="Diallo")
    client.user.user_permissions.add(
        *Permission.objects.filter(codename__in=["view_folder", "change_folder"])
    )
    client.force_login(client.user)
    return client


def url_of(folder, name):
    return f"/admin/dossiers/{folder.pk}/{name}/"


def inspect(folder):
    return f"/admin/dossiers/inspect/{folder.pk}/"


def test_the_inspection_says_what_can_be_done_now_and_what_happened(clerk, folder):
    clerk.post(url_of(folder, "keep"), {"reason": "À garder."})
    Folder.objects.update(state_changed_at=SUMMER)

    page = clerk.get(inspect(folder))
    text = text_of(page)

    assert "Que faire maintenant" in text
    assert f'href="{url_of(folder, "close")}"' in page.content.decode()
    assert url_of(folder, "reopen") not in page.content.decode()
    assert "Ouvert → Gardé, par Awa Diallo — À garder." in text
    assert "State changed at 1 juillet 2027 à 9 h 00" in text
    assert "Locked non" in text


def test_asking_for_a_transition_changes_nothing(clerk, folder):
    page = clerk.get(url_of(folder, "close"))

    assert "Les personnes concernées recevront un courriel." in text_of(page)
    for way_back in ("/admin/dossiers/", inspect(folder)):
        assert f'href="{way_back}"' in page.content.decode()
    folder.refresh_from_db()
    assert folder.state == "open"


def test_a_transition_comes_back_to_the_record_and_says_what_it_did(clerk, folder):
    response = clerk.post(url_of(folder, "close"), {"next": "https://mal.example/"}, follow=True)

    assert response.redirect_chain == [(inspect(folder), 302)]
    assert "fermé" in text_of(response)
    assert folder.events.get().user == clerk.user


def test_a_refused_transition_says_why_and_keeps_what_was_typed(clerk, folder):
    Folder.objects.update(locked=True)

    response = clerk.post(url_of(folder, "close"), {"reason": "Une raison <b>"})

    assert response.status_code == 200
    assert "Le dossier est scellé." in text_of(response)
    assert "Une raison &lt;b&gt;" in response.content.decode()
    assert not folder.events.exists()


@pytest.mark.parametrize("reason", ["a\x00b", "é" * 5000])
def test_a_hostile_reason_is_no_error(clerk, folder, reason):
    response = clerk.post(url_of(folder, "keep"), {"reason": reason})

    assert response.status_code == 302
    assert len(folder.events.get().reason) <= 2000


def test_a_transition_needs_the_token_of_the_form(folder, clerk):
    strict = SiteClient(enforce_csrf_checks=True)
    strict.cookies = clerk.cookies

    assert strict.post(url_of(folder, "keep")).status_code == 403
    assert not folder.events.exists()


def test_who_may_only_look_is_offered_nothing_and_refused(clerk, folder):
    clerk.user.user_permissions.remove(Permission.objects.get(codename="change_folder"))

    assert "Que faire maintenant" not in text_of(clerk.get(inspect(folder)))
    assert is_refused(clerk.get(url_of(folder, "keep")))
    assert is_refused(clerk.post(url_of(folder, "keep")))
    assert not folder.events.exists()


def test_a_record_of_somebody_else_does_not_exist(clerk, folder):
    Folder.objects.update(turns=99)

    assert clerk.get(url_of(folder, "keep")).status_code == 404
    assert clerk.post(url_of(folder, "keep")).status_code == 404
    assert is_refused(clerk.get(inspect(folder)))
    assert str(folder) not in text_of(clerk.get("/admin/dossiers/"))


def test_an_unknown_transition_does_not_exist(clerk, folder):
    assert clerk.get(url_of(folder, "fly")).status_code == 404


def test_a_visitor_does_not_reach_a_transition(client, folder):
    assert client.post(url_of(folder, "keep")).url.startswith(reverse("wagtailadmin_login"))


def test_the_policy_of_the_viewset_is_the_one_wagtail_asks(chief):
    viewset = OutgoingMessage.snippet_viewset

    assert viewset.permission_policy is viewset.policy
    assert viewset.policy.user_has_permission(chief.user, "view")
    assert not viewset.policy.user_has_permission(chief.user, "change")


@pytest.mark.parametrize(
    "path",
    [
        "choose-page/chosen-multiple/?id=abc",
        "images/chooser/chosen/abc/",
        "images/chooser/chosen-multiple/?id=abc",
        "documents/chooser/chosen/abc/",
        "snippets/choose/blog/author/chosen/abc/",
    ],
)
def test_a_chooser_refuses_a_key_that_is_no_number(log_in, path: str) -> None:
    assert log_in("direction").get(f"/admin/{path}").status_code == 400


# -- A deletion without its questions -------------------------------------------------------------


@pytest.mark.parametrize("row_of", [lambda it: it, lambda it: it.course.theme])
def test_a_row_is_not_deleted_by_the_method_that_asks_nothing(direction, row_of):
    row = row_of(SessionFactory())

    answer = direction.delete(admin_url(type(row), "delete", row.pk))

    assert answer.status_code == 405
    assert type(row).objects.filter(pk=row.pk).exists()
