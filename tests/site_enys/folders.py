"""A record with a life, known to these tests only."""

from django.db import models

from courrier.services import outbox
from site_enys.exceptions import Refused
from site_enys.states import Lifecycle, Role, StateEvent, Transition, states


class Folder(models.Model):
    class State(models.TextChoices):
        OPEN = "open", "Ouvert"
        KEPT = "kept", "Gardé"
        CLOSED = "closed", "Fermé"

    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    state_changed_at = models.DateTimeField(null=True)
    locked = models.BooleanField(default=False)
    turns = models.IntegerField(default=0)

    class Meta:
        app_label = "tests"

    def __str__(self):
        return f"Dossier n° {self.pk}"


class FolderEvent(StateEvent):
    subject = models.ForeignKey(Folder, on_delete=models.CASCADE, related_name="events")

    class Meta(StateEvent.Meta):
        app_label = "tests"


class Sealed(Refused):
    sentence = "Le dossier est scellé."


def not_sealed(folder, now):
    if folder.locked:
        raise Sealed


def one_more_turn(folder, now):
    folder.turns = models.F("turns") + 1
    folder.save(update_fields=["turns"])


def announce(folder):
    outbox.write(kind="x", to="a@b.fr", subject="Fermé", text="Fermé")


def refuse_late(folder, now):
    raise Sealed("Refusé en cours de route.")


def burn(folder):
    raise RuntimeError


LIFE = Lifecycle(
    FolderEvent,
    (
        Transition("keep", "Garder", states("open"), "kept", effect=one_more_turn),
        Transition(
            "close",
            "Fermer",
            states("open", "kept"),
            "closed",
            allowed_for=frozenset({Role.STAFF, Role.PERSON}),
            guard=not_sealed,
            message=announce,
        ),
        Transition("reopen", "Rouvrir", states("closed"), "open", needs_reason=True),
        Transition("expire", "Périmer", states("open"), "closed", frozenset({Role.SYSTEM})),
        Transition("stumble", "Trébucher", states("open"), "kept", effect=refuse_late),
        Transition("burn", "Brûler", states("open"), "kept", effect=one_more_turn, message=burn),
    ),
)
