"""Messages of invented people, so that the desk has something to show."""

from datetime import datetime, timedelta
from typing import Any

from home.enums import MessageTopic
from home.models import ContactMessage
from home.services import contact

MESSAGES: tuple[tuple[timedelta, bool, dict[str, Any]], ...] = (
    (
        timedelta(days=3),
        False,
        {
            "topic": MessageTopic.ADVICE,
            "name": "Fanny Abgrall",
            "email": "fanny.abgrall@exemple.test",
            "phone": "02 98 00 00 00",
            "organisation": "Association Les Deux Rives",
            "text": "Notre projet de service a dix ans, et l’équipe a changé pour moitié. Par où "
            "commencer pour l’écrire avec les résidents ?",
        },
    ),
    (
        timedelta(hours=20),
        False,
        {
            "topic": MessageTopic.EVALUATION,
            "name": "Rachid Ouali",
            "email": "r.ouali@exemple.test",
            "phone": "",
            "organisation": "EHPAD Le Clos fleuri",
            "text": "Notre évaluation est prévue au printemps. Intervenez-vous pour préparer une "
            "équipe de trente personnes, sur place et en deux temps ?",
        },
    ),
    (
        timedelta(hours=5),
        True,
        {
            "topic": MessageTopic.OTHER,
            "name": "Votre référencement",
            "email": "promo@exemple.test",
            "phone": "",
            "organisation": "",
            "text": "Première page garantie en sept jours, répondez vite.",
        },
    ),
)


def write_messages(now: datetime) -> None:
    """Once: a message that staff has handled does not come back."""
    if ContactMessage.objects.exists():
        return
    for ago, suspect, answers in MESSAGES:
        contact.receive(answers, quarantined=suspect, now=now - ago)
