"""« Modèles de courriels » : every message that the site writes, as its reader receives it."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.apps import apps
from django.http import Http404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst

from site_enys.admin import DeskPage
from site_enys.letters import Letter, kinds, when_sent
from site_enys.letters.examples import example_of, subjects


@dataclass(frozen=True)
class Sample:
    """A line of the list: what one kind of message is called, and when it leaves."""

    kind: str
    subject: str
    sent: str

    @property
    def url(self) -> str:
        return reverse("courrier_letter", args=[self.kind])


class LettersPage(DeskPage):
    """All of them, by the part of the site that writes them."""

    template_name = "courrier/admin/letters.html"
    page_title = "Modèles de courriels"
    header_icon = "mail"
    permission = "courrier.view_outgoingmessage"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        named = subjects()
        samples = [Sample(kind, named[kind], when_sent(kind)) for kind in kinds() if kind in named]
        parts = [(_part(room), list(group)) for room, group in groupby(samples, _room)]
        return super().get_context_data(parts=parts, total=len(samples), **kwargs)


class LetterPage(DeskPage):
    """One of them, in its two parts, made from its example."""

    template_name = "courrier/admin/letter.html"
    header_icon = "mail"
    permission = LettersPage.permission

    def get_page_title(self) -> str:
        return self.letter.subject

    @cached_property
    def letter(self) -> Letter:
        letter = example_of(self.kwargs["kind"])
        if letter is None:
            raise Http404
        return letter

    def above(self) -> list[dict[str, str]]:
        return [{"url": reverse("courrier_letters"), "label": LettersPage.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        letter = self.letter  # before its place is looked for: it may not exist
        kind, known = self.kwargs["kind"], kinds()
        place = known.index(kind)
        own = {
            "letter": letter,
            "sent": when_sent(kind),
            "before": known[place - 1],
            "after": known[(place + 1) % len(known)],
        }
        return super().get_context_data(**own | kwargs)


def _room(sample: Sample) -> str:
    return sample.kind.partition("_")[0]


def _part(room: str) -> str:
    return str(
        capfirst(apps.get_app_config(room).verbose_name if apps.is_installed(room) else room)
    )


urlpatterns: list[URLPattern] = [
    path("courriels/modeles/", LettersPage.as_view(), name="courrier_letters"),
    path("courriels/modeles/<slug:kind>/", LetterPage.as_view(), name="courrier_letter"),
]
