"""Institutional pages and contact messages."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

import factory
import wagtail_factories
from factory.django import DjangoModelFactory

from home.enums import MessageState, MessageTopic
from home.models import (
    ContactMessage,
    ContactPage,
    CustomDocument,
    CustomImage,
    HomePage,
    LegalPage,
    ReferencesPage,
    SectionPage,
    ServicePage,
)


class ImageFactory(wagtail_factories.ImageFactory):
    class Meta:
        model = CustomImage

    title = factory.Sequence(lambda number: f"Image {number}")


class DocumentFactory(wagtail_factories.DocumentFactory):
    class Meta:
        model = CustomDocument

    title = factory.Sequence(lambda number: f"Document {number}")
    file = factory.django.FileField(filename="document.txt", data=b"Un texte.")


class PageUnderHomeFactory(wagtail_factories.PageFactory):
    """A live page under the home page that the migrations make."""

    class Meta:
        abstract = True

    parent = factory.LazyFunction(HomePage.objects.get)
    introduction = "Une introduction en une phrase."


class ServicePageFactory(PageUnderHomeFactory):
    class Meta:
        model = ServicePage

    title = factory.Sequence(lambda number: f"Page de présentation {number}")
    body = factory.LazyFunction(lambda: [("paragraph", "<p>Un texte.</p>")])


class ReferencesPageFactory(PageUnderHomeFactory):
    class Meta:
        model = ReferencesPage

    title = "Références"
    body = factory.LazyFunction(lambda: [("paragraph", "<p>Un texte.</p>")])


class SectionPageFactory(PageUnderHomeFactory):
    class Meta:
        model = SectionPage

    title = "Infos administratives"
    slug = "infos-administratives"
    show_in_menus = True


class LegalPageFactory(PageUnderHomeFactory):
    class Meta:
        model = LegalPage

    title = "Mentions légales"
    kind = LegalPage.Kind.NOTICE


class ContactPageFactory(PageUnderHomeFactory):
    class Meta:
        model = ContactPage

    parent = factory.SubFactory(SectionPageFactory)
    title = "Contact"
    slug = "contact"


class ContactMessageFactory(DjangoModelFactory):
    class Meta:
        model = ContactMessage

    name = "Awa Diallo"
    email = factory.Sequence(lambda number: f"personne-{number}@exemple.test")
    topic = MessageTopic.ADVICE
    text = "Bonjour, pouvons-nous parler de notre projet de service ?"
    state = MessageState.NEW
    created_at = factory.LazyFunction(timezone.now)
    state_changed_at = factory.SelfAttribute("created_at")


def contact_answers(**changes: Any) -> dict[str, Any]:
    """What a visitor types in the contact form, with a token old enough to be human."""
    from home.forms import ContactForm  # noqa: PLC0415 - forms need the settings

    opened_at = timezone.now() - timedelta(seconds=30)
    return {
        "topic": MessageTopic.ADVICE,
        "name": "Awa Diallo",
        "email": "awa.diallo@exemple.test",
        "phone": "",
        "organisation": "Association Les Tilleuls",
        "text": "Bonjour, pouvons-nous parler de notre projet de service ?",
        "form_token": ContactForm(now=opened_at).new_token(),
    } | changes
