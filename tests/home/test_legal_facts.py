"""Legal pages come from typed facts: nothing is shown that is not known, nor claimed unproved."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Site

import pytest

from formation.models import CatalogueIndexPage, TrainingTerms
from home.desk.legal import incomplete_legal_pages
from home.enums import Compliance
from home.models import (
    AccessibilityAudit,
    AccessibilityStatement,
    LegalPage,
    OrganisationSettings,
    SubProcessor,
)
from home.models.accessibility import compliance_of
from home.services import legal
from home.services.privacy_versions import history, remember_privacy
from rgpd.models import NoticeVersion
from tests.factories.formation import known_firm
from tests.factories.home import LegalPageFactory, SectionPageFactory

pytestmark = pytest.mark.django_db

Kind = LegalPage.Kind
SCREEN = "legal_pages"


@pytest.fixture
def at_commit(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def organisation(**facts) -> OrganisationSettings:
    firm = OrganisationSettings.for_site(Site.objects.get(is_default_site=True))
    for name, value in facts.items():
        setattr(firm, name, value)
    firm.save()
    return firm


def the_page(kind: Kind, **fields) -> LegalPage:
    return LegalPageFactory(kind=kind, title=kind.label, slug=kind.value, **fields)


def words(client, page: LegalPage) -> str:
    html = client.get(page.url).content.decode()
    return html.replace("\u00a0", " ").replace("&nbsp;", " ").replace("\u202f", " ")


def audit(rate, **fields) -> AccessibilityAudit:
    said = {"audited_on": date(2026, 3, 2), "auditor": "Cabinet Lisible"} | fields
    statement = AccessibilityStatement.load()
    return AccessibilityAudit.objects.create(statement=statement, rate=Decimal(rate), **said)


# -- The legal notice ---------------------------------------------------------------------------


def test_the_mediator_shows_once_named(client):
    page = the_page(Kind.NOTICE)
    organisation(mediator_site="https://mediateur.test/")
    before = words(client, page)

    organisation(mediator_name="Médiation du Lac")
    after = words(client, page)

    assert "Médiation" not in before
    assert "Médiation du Lac" in after
    assert '<a href="https://mediateur.test/">' in after


def test_the_certification_is_told_while_it_runs_only(client):
    page = the_page(Kind.NOTICE)
    catalogue = CatalogueIndexPage.objects.get()
    until = {}

    for day in (timezone.localdate(), timezone.localdate() - timedelta(days=1), None):
        CatalogueIndexPage.objects.filter(pk=catalogue.pk).update(qualiopi_until=day)
        until[day] = "Qualiopi" in words(client, page)

    assert list(until.values()) == [True, False, False]


# -- Accessibility ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "state"),
    [
        (None, Compliance.NOT_AUDITED),
        ("0", Compliance.NONE),
        ("49.99", Compliance.NONE),
        ("50", Compliance.PARTIAL),
        ("99.99", Compliance.PARTIAL),
        ("100", Compliance.FULL),
    ],
)
def test_the_state_follows_from_the_rate(rate, state):
    assert compliance_of(rate and Decimal(rate)) is state


def test_the_page_and_the_footer_claim_nothing_before_an_audit(client):
    page = the_page(Kind.ACCESSIBILITY)

    html = words(client, page)

    assert "Non audité." in html
    assert "Accessibilité : non audité</a>" in html
    assert "% des critères" not in html


def test_the_latest_audit_alone_says_where_the_site_stands(client):
    page = the_page(Kind.ACCESSIBILITY)
    audit("100", audited_on=date(2024, 1, 1))
    audit("72.5", audited_on=date(2026, 3, 2))

    html = words(client, page)

    assert "Partiellement conforme." in html
    assert "72,50 % des critères du référentiel RGAA 4.1.2" in html
    assert "Cabinet Lisible" in html
    assert "Accessibilité : partiellement conforme</a>" in html
    assert "totalement" not in html


@pytest.mark.parametrize("wrong", [{"rate": "100.01"}, {"rate": "-1"}, {"auditor": ""}])
def test_the_database_refuses_an_audit_that_proves_nothing(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        audit(**{"rate": "80"} | wrong)


def test_an_audit_to_come_is_refused():
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(ValidationError, match="pas encore eu lieu"):
        AccessibilityAudit(audited_on=tomorrow, auditor="A", rate=Decimal(80)).clean()
    AccessibilityAudit(audited_on=timezone.localdate(), auditor="A", rate=Decimal(80)).clean()


def test_the_footer_costs_no_query_for_its_audit(client, count_queries):
    page = the_page(Kind.ACCESSIBILITY)
    client.get(page.url)
    before = count_queries(lambda: client.get(page.url))

    for day in range(1, 20):
        audit("80", audited_on=date(2026, 1, day))

    assert count_queries(lambda: client.get(page.url)) == before


# -- Privacy ------------------------------------------------------------------------------------


def test_sub_processors_show_with_where_the_data_are(client):
    page = the_page(Kind.PRIVACY)
    firm = organisation(legal_name="ENYS Conseil")
    SubProcessor.objects.create(organisation=firm, name="<b>Hôte</b>", role="héberge", country="F")
    inside = words(client, page)

    SubProcessor.objects.create(
        organisation=firm,
        name="Relais",
        role="achemine",
        country="Suisse",
        outside_union=True,
        safeguard="décision d’adéquation",
    )
    outside = words(client, page)

    assert "&lt;b&gt;Hôte" in inside
    assert "Aucune donnée n’est confiée à un prestataire hors de l’Union" in inside
    assert "hors de l’Union européenne : décision d’adéquation" in outside
    assert "Aucune donnée n’est confiée" not in outside


def test_without_sub_processors_nothing_is_said_of_them(client):
    assert "sous-traitants" not in words(client, the_page(Kind.PRIVACY))


def test_a_transfer_without_safeguard_is_refused_by_the_database():
    firm = organisation()

    with pytest.raises(IntegrityError), transaction.atomic():
        SubProcessor.objects.create(
            organisation=firm, name="A", role="b", country="c", outside_union=True
        )


def test_the_privacy_page_keeps_one_version_for_each_save_of_the_settings(client, at_commit):
    page = the_page(Kind.PRIVACY)
    with at_commit(execute=True):
        firm = organisation(data_contact="Nadia, 04 99 00 00 00")
    first = history().count()
    firm.data_contact = "Marc, 04 99 00 00 01"
    firm.sub_processors = [SubProcessor(name=f"Hôte {n}", role="r", country="c") for n in (1, 2)]
    with at_commit(execute=True):
        firm.save()
    last = history().first()

    html = words(client, page)

    assert (first, history().count()) == (1, 2)
    assert "Hôte 2" in last.text
    assert "Marc, 04 99 00 00 01" in last.text
    assert f"Version {last.version}, en vigueur depuis le" in html
    assert "Les versions précédentes" in html


def test_the_same_text_makes_no_version_twice():
    the_page(Kind.PRIVACY)
    remember_privacy(timezone.now())
    kept = history().count()

    again = remember_privacy(timezone.now() + timedelta(days=40))

    assert (again, history().count()) == (False, kept)


def test_blanks_alone_make_no_version():
    the_page(Kind.PRIVACY)
    assert remember_privacy(timezone.now())
    kept = history().get()
    NoticeVersion.objects.filter(pk=kept.pk).update(text=kept.text.replace(" ", "  "))

    assert not remember_privacy(timezone.now())


def test_a_text_that_comes_back_another_day_is_the_present_version():
    the_page(Kind.PRIVACY)
    firm = organisation(data_contact="Nadia")
    for days, contact in ((1, "Marc"), (2, "Nadia")):
        OrganisationSettings.objects.filter(pk=firm.pk).update(data_contact=contact)
        remember_privacy(timezone.now() + timedelta(days=days))

    assert "Personne à joindre : Nadia" in history().first().text.replace("\u00a0", " ")


def test_nothing_is_kept_while_no_privacy_page_is_online():
    organisation(data_contact="Nadia")

    assert not remember_privacy(timezone.now())
    assert not NoticeVersion.objects.exists()


# -- Conditions of sale -------------------------------------------------------------------------


def test_the_conditions_say_what_the_settings_and_the_rules_say(client):
    page = the_page(Kind.TERMS, body=[("paragraph", "<p>Clause libre.</p>")])
    TrainingTerms(pk=TrainingTerms.load().pk, payment_days=45, free_cancellation_days=20).save()

    html = words(client, page)

    for told in (
        "payable à 45 jours",
        "signalé 20 jours au moins",
        "30 % du prix des autres",
        "ne dépasse pas 30 % du prix",
        "et 14 quand le contrat est conclu à distance",
        "40 € pour frais de recouvrement",
        "L441-10",
        "L6353-6",
        "le tribunal compétent est celui de notre siège",
        "Clause libre.",
    ):
        assert told in html
    assert "médiateur" not in html


def test_a_late_cancellation_that_costs_nothing_is_not_spoken_of(client):
    page = the_page(Kind.TERMS)
    TrainingTerms(pk=TrainingTerms.load().pk, late_cancellation_percent=0).save()

    assert "dédommagement" not in words(client, page)


@pytest.mark.parametrize("wrong", [{"payment_days": 61}, {"late_cancellation_percent": 101}])
def test_the_database_refuses_unlawful_conditions(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        TrainingTerms.objects.create(**wrong)


def test_the_footer_leads_to_the_conditions_and_the_rules(client):
    parent = SectionPageFactory()
    for kind in (Kind.TERMS, Kind.RULES):
        LegalPageFactory(parent=parent, kind=kind, slug=kind.value, title=kind.label)

    html = client.get("/").content.decode()

    for kind in (Kind.TERMS, Kind.RULES):
        assert f'href="/infos-administratives/{kind.value}/">{kind.label}</a>' in html


# -- « Complet ? » ------------------------------------------------------------------------------


def lacks(kind: Kind) -> list[str]:
    return [fact.label for fact in legal.review(kind).missing]


@pytest.mark.parametrize("kind", legal.KINDS)
def test_a_page_that_is_not_online_is_incomplete(kind):
    the_page(kind, live=False)

    assert lacks(kind) == ["la page elle-même, qui n’est pas en ligne"]


def test_each_unknown_fact_of_the_notice_is_named_until_it_is_typed():
    the_page(Kind.NOTICE)
    organisation(siren="123 456 789")

    missing = lacks(Kind.NOTICE)

    assert "hébergeur" in missing
    assert "déclaration d’activité de formation" in missing
    assert "SIREN" not in missing


def test_privacy_wants_a_contact_and_those_who_work_for_us():
    the_page(Kind.PRIVACY)
    firm = known_firm()
    assert lacks(Kind.PRIVACY) == [
        "contact pour les données personnelles",
        "les sous-traitants, l’hébergeur au moins",
    ]

    firm.data_contact = "Nadia"
    firm.save()
    SubProcessor.objects.create(organisation=firm, name="Hôte", role="héberge", country="France")

    assert legal.review(Kind.PRIVACY).is_complete


def test_accessibility_wants_more_once_it_is_audited():
    the_page(Kind.ACCESSIBILITY)
    statement = AccessibilityStatement.load()
    statement.contact = "Nadia"
    statement.save()
    before = lacks(Kind.ACCESSIBILITY)

    audit("72")

    assert before == []
    assert lacks(Kind.ACCESSIBILITY) == [
        "environnement de test",
        "outils d’évaluation",
        "pages vérifiées",
        "non-conformités",
    ]


def test_the_rules_are_complete_when_agreements_annex_them():
    page = the_page(Kind.RULES)
    assert lacks(Kind.RULES) == [
        "le texte du règlement",
        "le choix de cette page dans le catalogue",
    ]

    page.body = [("paragraph", "<p>Chacun respecte les consignes.</p>")]
    page.save()
    CatalogueIndexPage.objects.update(internal_rules_page=page)

    assert legal.review(Kind.RULES).is_complete


def test_the_screen_names_each_lack_with_a_link_to_its_field(log_in):
    the_page(Kind.NOTICE)

    html = log_in("redaction").get(reverse(SCREEN)).content.decode()

    url = reverse("wagtailsettings:edit", args=["home", "organisationsettings"])
    assert f'<a href="{url}#id_siren">SIREN</a>' in html
    assert html.count("Incomplète") == len(legal.KINDS)


@pytest.mark.parametrize("role", ["formation", "recrutement", "evaluation", "referent"])
def test_other_roles_are_refused_the_screen(log_in, role):
    assert log_in(role).get(reverse(SCREEN)).status_code in {302, 403}


def test_the_editor_of_a_page_shows_what_it_lacks(log_in):
    page = the_page(Kind.NOTICE)

    html = log_in("redaction").get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content

    assert "Incomplète" in html.decode()


def test_the_desk_counts_the_incomplete_pages(rf):
    todo = incomplete_legal_pages(rf.get("/"), timezone.now())

    assert (todo.count, todo.url) == (len(legal.KINDS), reverse(SCREEN))


@pytest.mark.parametrize(
    ("model", "role"),
    [
        ("home/accessibilitystatement", "redaction"),
        ("home/accessibilitystatement", "direction"),
        ("formation/trainingterms", "formation"),
        ("formation/trainingterms", "direction"),
    ],
)
def test_the_settings_open_for_those_who_keep_them(log_in, model, role):
    url = reverse("wagtailsettings:edit", args=model.split("/"))

    assert log_in(role).get(url, follow=True).status_code == 200
