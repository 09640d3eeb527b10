"""Legal pages say what the settings and the register say, and nothing more."""

import re
from html import unescape

from wagtail.models import Site

import pytest

from home.models import LegalPage, OrganisationSettings
from rgpd.register import processings
from tests.factories.home import ContactPageFactory, LegalPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> OrganisationSettings:
    return OrganisationSettings.for_site(Site.objects.get())


def test_legal_notice_shows_the_facts_that_are_known(client, organisation) -> None:
    organisation.legal_name = "ENYS Conseil"
    organisation.head_office = "1 rue des Tilleuls\n59000 Lille"
    organisation.save()
    page = LegalPageFactory()

    html = client.get(page.url).content.decode()

    assert "Raison sociale" in html
    assert "1 rue des Tilleuls<br>59000 Lille" in html


def test_legal_notice_is_silent_about_what_is_unknown(client, organisation) -> None:
    organisation.legal_name = "ENYS Conseil"
    organisation.save()
    page = LegalPageFactory()

    html = client.get(page.url).content.decode()

    for label in ("SIREN", "Capital social", "TVA", "Hébergement", "préfet"):
        assert label not in html


def test_a_long_page_begins_with_its_contents(client, organisation) -> None:
    html = client.get(LegalPageFactory(kind="privacy").url).content.decode()

    contents = re.search(r'aria-label="Sur cette page">(.*?)</nav>', html, re.DOTALL)
    led = re.findall(r'href="#([^"]+)"', contents[1]) if contents else []

    assert "vos-droits" in led
    assert [anchor for anchor in led if f'<h2 id="{anchor}"' not in html] == []


def test_training_declaration_is_never_shown_as_an_agreement(organisation) -> None:
    organisation.training_number = "12345678901"
    organisation.training_region = "Hauts-de-France"

    [(_, facts)] = organisation.legal_facts

    assert facts == [
        (
            "Déclaration d’activité de formation",
            (
                "12345678901, auprès du préfet de région Hauts-de-France. "
                "Cet enregistrement ne vaut pas agrément de l’État."
            ),
        )
    ]


def plain(text: str) -> str:
    """Without the no-break spaces that the page adds."""
    return unescape(text).replace("\u00a0", " ").replace("\u202f", " ")


def test_privacy_page_shows_every_processing_of_the_register(client) -> None:
    page = LegalPageFactory(title="Données personnelles", kind=LegalPage.Kind.PRIVACY)

    html = plain(client.get(page.url).content.decode())

    for entry in processings():
        assert plain(entry.processing) in html
        assert plain(entry.delay_words) in html
        assert plain(entry.people[1:]) in html
    assert 'href="/mes-donnees/"' in html
    assert "cnil.fr/fr/plaintes" in html


def test_privacy_page_names_who_hosts_the_site_once_it_is_known(client, organisation) -> None:
    page = LegalPageFactory(title="Données personnelles", kind=LegalPage.Kind.PRIVACY)
    assert "Sous-traitant" not in client.get(page.url).content.decode()

    organisation.host_name = "Hébergeur d’ici"
    organisation.save()

    assert "Hébergeur d’ici" in client.get(page.url).content.decode()


def test_accessibility_page_claims_nothing(client) -> None:
    page = LegalPageFactory(title="Accessibilité", kind=LegalPage.Kind.ACCESSIBILITY)

    html = client.get(page.url).content.decode()

    assert "Non audité." in html
    assert "conformité" in html
    assert "% de conformité" not in html


def test_footer_leads_to_the_legal_pages(client) -> None:
    infos = ContactPageFactory().get_parent()
    slugs = {"notice": "mentions-legales", "privacy": "confidentialite"}
    for kind, slug in (slugs | {"accessibility": "accessibilite"}).items():
        LegalPageFactory(parent=infos, kind=kind, slug=slug)

    html = client.get("/").content.decode()

    for path in ("mentions-legales", "confidentialite", "accessibilite", "contact"):
        assert f'href="/infos-administratives/{path}/"' in html
    assert "Accessibilité\u00a0: non audité" in html or "Accessibilité&nbsp;: non audité" in html
