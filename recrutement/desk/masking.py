"""Nothing of a blind application tells who sent it: its texts, and the messages about it."""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.db.models import Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, Replace

from courrier.models import OutgoingMessage
from courrier.services.readers import hide
from recrutement.models import Application
from recrutement.services import access
from recrutement.services.redaction import redact

BLIND = "Candidature à l’aveugle"
_ABOUT = f"{Application._meta.label_lower}:"


def name_shown(application: Any) -> str:
    """The name of a row of `visible()`, for whoever may read it."""
    return application.full_name if application.identity_shown else BLIND


def as_read(application: Any) -> Callable[[str], str]:
    """How the texts of a row of `visible()` are shown to its reader."""
    if application.identity_shown:
        return str
    return lambda text: redact(text, application)


def mails_as_read(user: Any, mails: list[OutgoingMessage]) -> list[OutgoingMessage]:
    """The messages without what would tell this reader the identity that is hidden from her."""
    keys = [mail.about.removeprefix(_ABOUT) for mail in mails if mail.about.startswith(_ABOUT)]
    hidden = {
        f"{_ABOUT}{application.pk}": application
        for application in access.visible(user).filter(access.BLIND, pk__in=keys)
    }
    return [_masked(mail, hidden[mail.about]) if mail.about in hidden else mail for mail in mails]


def _masked(mail: OutgoingMessage, application: Application) -> OutgoingMessage:
    masked = copy(mail)  # what leaves is left alone
    masked.to = BLIND if mail.to == application.email else mail.to
    masked.subject = redact(mail.subject, application)
    masked.text = redact(mail.text, application)
    masked.html = ""
    return masked


@hide
def about_hidden_identities(user: Any) -> Q:
    """In « Courriels », the messages about the applications that this account reads blindly."""
    hidden: QuerySet[Any, Any] = access.visible(user).filter(access.BLIND)
    # SQLite keeps identifiers without hyphens.
    keys = hidden.order_by().values_list(
        Concat(_text(_ABOUT), _plain("pk"), output_field=TextField())
    )
    return Q(pk__in=OutgoingMessage.objects.alias(key=_plain("about")).filter(key__in=keys))


def _plain(column: str) -> Func:
    return Replace(Cast(column, TextField()), _text("-"), _text(""))


def _text(words: str) -> Value:
    return Value(words, output_field=TextField())
