"""E-mails word for word, each as a file holds it: a change of wording is read where it is made."""

import re
from pathlib import Path

from courrier.models import OutgoingMessage
from tests.harness.mail_markup import mail_faults

TEMPLATES = Path(__file__).parents[1] / "templates/emails"
#: A pattern and what stands for it: what is drawn at random is not in the files.
Hidden = tuple[re.Pattern[str], str]


def last_mail(kind: str) -> OutgoingMessage:
    mail = OutgoingMessage.objects.filter(kind=kind).order_by("pk").last()
    assert mail is not None, f"Aucun courriel {kind}"
    return mail


def words_of(mail: OutgoingMessage, *hidden: Hidden) -> str:
    """The subject and the text."""
    words = f"Objet : {mail.subject}\n\n{mail.text}"
    for pattern, stand_in in hidden:
        words = pattern.sub(stand_in, words)
    return words


def assert_says(mail: OutgoingMessage, file: Path, *hidden: Hidden) -> None:
    """These very words; the HTML is well made, and holds every link that opens something."""
    faults = mail_faults(mail.html)
    assert not faults, faults  # this module is no test: pytest says nothing more of it
    assert words_of(mail, *hidden) == file.read_text(encoding="utf-8")
    for word in mail.text.split():
        if word.startswith("http") and "/lien/" in word:
            assert word in mail.html


def kinds_of(app: str) -> set[str]:
    """The e-mails that an app has templates for, without its name."""
    return {path.stem.removeprefix(f"{app}_") for path in TEMPLATES.glob(f"{app}_*.html")}
