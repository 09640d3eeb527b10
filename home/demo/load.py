"""Loads the institutional tree; what staff has changed is left as it is."""

from datetime import datetime
from typing import Any

from wagtail.models import Page, Site

from home.models import (
    ContactPage,
    HomePage,
    LegalPage,
    OrganisationSettings,
    ReferencesPage,
    SectionPage,
    ServicePage,
    SubProcessor,
)
from site_enys.demo import demo_page

from . import build, firm, services
from .messages import write_messages
from .pictures import picture

# The order of the old site's menu; the sections of the other apps come where they were.
MENU = (
    "a-propos",
    "conseil",
    "strategie",
    "evaluations",
    "formation",
    "recrutement",
    "blog",
    "references",
    "infos-administratives",
)


def load(now: datetime) -> str:
    """Make the pages that do not exist yet; return how many."""
    home = HomePage.objects.get()
    made = [
        *_service_pages(home),
        demo_page(
            home,
            ReferencesPage,
            "references",
            title="Références",
            show_in_menus=True,
            introduction=firm.REFERENCES_INTRODUCTION,
            body=firm.references(),
            search_description="Missions menées par ENYS Conseil, par secteur.",
        ),
        *_administrative_pages(home),
    ]
    _complete_settings(home)
    _complete_home(home)
    write_messages(now)
    return f"{sum(new for _, new in made)} pages créées"


def finish(now: datetime) -> str:
    """Put the sections of the menu in order, when one of them was made by this run."""
    home = HomePage.objects.get()
    wanted = [page for slug in MENU for page in home.get_children().filter(slug=slug)]
    if not any(page.first_published_at and page.first_published_at >= now for page in wanted):
        return "rubriques laissées dans leur ordre"
    for page in wanted:
        # Each goes to the end in turn, so that together they end in the wanted order.
        Page.objects.get(pk=page.pk).move(HomePage.objects.get(), pos="last-child")
    return f"{len(wanted)} rubriques rangées"


def _service_pages(home: HomePage) -> list[tuple[Page, bool]]:
    people = picture(
        "Des personnes reliées",
        "Dessin au trait : des silhouettes reliées par une toile de fils.",
        "personnes",
        "papier",
    )
    night = picture(
        "Un réseau la nuit",
        "Dessin clair sur fond bleu nuit : une toile de liens entre des personnes.",
        "reseau",
        "nuit",
    )
    ground = picture(
        "Un territoire",
        "Dessin sur fond de terre : des points dispersés que des fils rapprochent.",
        "territoire",
        "terre",
        64,
    )
    engineer = demo_page(
        home,
        ServicePage,
        "l-ingenieur-social",
        title="L’ingénieur social",
        kicker="Un métier",
        introduction=firm.ENGINEER_INTRODUCTION,
        body=firm.engineer(),
        show_in_menus=False,
    )
    rows: tuple[tuple[str, dict[str, Any]], ...] = (
        (
            "a-propos",
            {
                "title": "À propos",
                "kicker": "Qui nous sommes",
                "introduction": firm.ABOUT_INTRODUCTION,
                "body": firm.about(people, engineer[0]),
                "social_image": people,
            },
        ),
        (
            "conseil",
            {
                "title": "Conseil",
                "kicker": "Comprendre avant d’agir",
                "introduction": services.ADVICE_INTRODUCTION,
                "body": services.advice(night),
                "social_image": night,
            },
        ),
        (
            "strategie",
            {
                "title": "Stratégie",
                "kicker": "Choisir un cap",
                "introduction": services.STRATEGY_INTRODUCTION,
                "body": services.strategy(ground),
                "social_image": ground,
            },
        ),
        (
            "evaluations",
            {
                "title": "Évaluations",
                "kicker": "Donner de la valeur",
                "introduction": services.EVALUATIONS_INTRODUCTION,
                "body": services.evaluations(),
            },
        ),
        (
            "les-valeurs",
            {
                "title": "Les valeurs",
                "kicker": "Ce qui nous oblige",
                "introduction": firm.VALUES_INTRODUCTION,
                "body": firm.values(),
                "show_in_menus": False,
            },
        ),
    )
    return [
        engineer,
        *(
            demo_page(home, ServicePage, slug, **{"show_in_menus": True} | fields)
            for slug, fields in rows
        ),
    ]


def _administrative_pages(home: HomePage) -> list[tuple[Page, bool]]:
    section, new = demo_page(
        home,
        SectionPage,
        "infos-administratives",
        title="Infos administratives",
        show_in_menus=True,
        introduction="Nous joindre, savoir qui publie ce site et ce qu’il fait de vos données.",
    )
    contact = demo_page(
        section,
        ContactPage,
        "contact",
        title="Contact",
        show_in_menus=True,
        introduction=(
            "Une question, un projet, une difficulté d’accès au site : écrivez\u2011nous. "
            "Un message court suffit pour commencer."
        ),
        promise="Nous répondons sous deux jours ouvrés.",
    )
    rows = (
        (
            "mentions-legales",
            "Mentions légales",
            LegalPage.Kind.NOTICE,
            "Qui publie ce site et qui l’héberge.",
            True,
        ),
        (
            "confidentialite",
            "Données personnelles",
            LegalPage.Kind.PRIVACY,
            "Ce que le site sait de vous, pourquoi, combien de temps, et comment l’effacer.",
            False,
        ),
        (
            "accessibilite",
            "Accessibilité",
            LegalPage.Kind.ACCESSIBILITY,
            "Où en est ce site, et que faire si une page vous arrête.",
            False,
        ),
    )
    legal = [
        demo_page(
            section,
            LegalPage,
            slug,
            title=title,
            kind=kind,
            introduction=introduction,
            show_in_menus=in_menu,
        )
        for slug, title, kind, introduction, in_menu in rows
    ]
    return [(section, new), contact, *legal]


def _complete_settings(home: HomePage) -> None:
    """What the documents of the training module want; the rest stays empty, and unseen.

    What is not known of the firm and that a convention cannot do without, its seat and its number,
    is written so that nobody takes it for true: the pages and the PDFs show both as they are.
    """
    site = Site.objects.get(root_page=home)
    organisation = OrganisationSettings.for_site(site)
    if organisation.legal_name:
        return
    organisation.legal_name = "ENYS Conseil"
    organisation.email = "contact@enys.example"
    organisation.publication_director = "Sylvie Yonli"
    organisation.representative = "Sylvie Yonli, gérante"
    organisation.head_office = "1 rue de l’Exemple\n00000 Démonstration"
    organisation.training_number = "00 00 00000 00"
    organisation.training_region = "de démonstration"
    organisation.opening_hours = "Du lundi au vendredi, de 9 h à 17 h"
    organisation.data_contact = "Référent RGPD de démonstration, contact@enys.example"
    organisation.mediator_name = "Médiateur de démonstration"
    organisation.mediator_address = "2 rue de l’Exemple\n00000 Démonstration"
    organisation.mediator_site = "https://mediateur.example/"
    organisation.credits = "Textes et dessins de démonstration"
    organisation.sub_processors = [
        SubProcessor(
            name="Hébergeur de démonstration",
            role="héberge le site et ses sauvegardes",
            country="France",
            link="https://hebergeur.example/",
        ),
        SubProcessor(
            name="Relais de démonstration", role="achemine nos courriels", country="Allemagne"
        ),
    ]
    organisation.save()


def _complete_home(home: HomePage) -> None:
    if home.body:
        return
    pages = {page.slug: page for page in home.get_children().specific()}
    contact = ContactPage.objects.get()
    home.headline = "Donner forme à\u00a0l’action sociale"
    home.introduction = (
        "Nous aidons les établissements et services sociaux et médico-sociaux à comprendre ce qui "
        "se joue, à décider et à évaluer, avec celles et ceux qui accompagnent et celles et ceux "
        "qui sont accompagnés."
    )
    home.search_description = (
        "Cabinet d’ingénierie sociale : conseil, stratégie, évaluation et formation pour les "
        "établissements et services sociaux et médico-sociaux."
    )
    home.opened_page = pages["l-ingenieur-social"]
    home.body = [
        build.choice(
            "Ce que nous faisons",
            [pages[slug] for slug in ("conseil", "strategie", "evaluations", "a-propos")],
        ),
        build.teaser("sessions"),
        build.quote(
            "Une équipe ne change pas parce qu’on lui explique. Elle change quand elle se voit "
            "travailler, et qu’elle a voix au chapitre.",
            "Notes d’atelier, projet d’établissement",
        ),
        build.teaser("offers"),
        build.teaser("posts"),
        build.call(
            "Parlons de ce qui vous occupe",
            "Un premier échange n’engage à rien, et il éclaire souvent la question.",
            "Nous écrire",
            contact,
        ),
    ]
    home.save_revision(log_action=True).publish()
