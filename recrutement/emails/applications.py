"""What whoever applies reads while her application is under way."""

from datetime import date

from recrutement.models import Application

from .parts import to_person


def acknowledged(application: Application, *, updated: bool = False) -> None:
    """E1: we have it, its number, and the day before which we answer.

    Nothing in it was written by the sender: the address may belong to somebody else.
    """
    to_person("recrutement_accuse", application, updated=updated, contact="")


def delayed(application: Application, *, before: date, words: str) -> None:
    """We need more time than the day that we had promised."""
    to_person("recrutement_delai", application, before=before, words=words)


def last_resort(application: Application) -> None:
    """E8: nobody has answered; the site says so, and who will.

    It is no assessment, and decides nothing (RGPD, art. 22).
    """
    to_person("recrutement_dernier_recours", application)
