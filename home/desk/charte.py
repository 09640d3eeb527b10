"""« Charte » : every component of the public pages on one page, read from the code that makes it.

Tokens come from `tokens.css`, blocks from the body that editors compose: what is added there is
shown here. The page wears the public clothes, in the scheme that `?schema=` asks for.
"""

import re
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.views.generic import TemplateView

from wagtail.admin.menu import MenuItem

from home.blocks import BodyStreamBlock
from site_enys.contrast import contrast
from site_enys.public_forms import PublicForm

PERMISSION = "wagtailadmin.access_admin"
TOKENS = settings.BASE_DIR / "static/css/tokens.css"
#: Words on a ground, then what only has to be seen: an edge, a mark.
READ, SEEN = 4.5, 3.0
PAIRS = (
    *((word, ground, READ) for ground in ("paper", "sheet", "wash") for word in (
        "ink", "ink-soft", "petrol", "accent", "good", "warn", "bad",
    )),
    ("on-petrol", "petrol", READ),
    ("on-petrol", "accent", READ),
    *((word, "deep", READ) for word in ("on-deep", "on-deep-soft", "on-deep-accent")),
    ("edge", "paper", SEEN),
    ("edge", "sheet", SEEN),
)  # fmt: skip
SEEDS = ("conseil", "formation", "recrutement", "blog", "evaluations", "strategie")
SCHEMES = {"clair": "light", "sombre": "dark"}


@dataclass(frozen=True)
class Pair:
    """A colour on a ground, and how well it is read in a scheme."""

    word: str
    ground: str
    wanted: float
    colours: tuple[str, str]

    @property
    def ratio(self) -> float:
        return contrast(*self.colours)

    @property
    def holds(self) -> bool:
        return self.ratio >= self.wanted


def tokens() -> dict[str, dict[str, str]]:
    """The values of each scheme, by the name of the token; dark completes light."""
    css = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(encoding="utf-8"), flags=re.DOTALL)
    light, _, rest = css.partition("@media (prefers-color-scheme: dark)")
    dark, _, _ = rest.partition("@media")
    found = {name: dict(_declared(part)) for name, part in (("clair", light), ("sombre", dark))}
    return {"clair": found["clair"], "sombre": found["clair"] | found["sombre"]}


def _declared(css: str) -> list[tuple[str, str]]:
    return re.findall(r"--([\w-]+):\s*([^;]+);", css)


def is_colour(value: str) -> bool:
    """Whether the value of a token is a plain colour."""
    return re.fullmatch(r"#[0-9a-f]{6}", value) is not None


def pairs_of(values: dict[str, str]) -> list[Pair]:
    """The pairs that the site uses, with the colours of one scheme."""
    return [
        Pair(word, ground, wanted, (values[word], values[ground]))
        for word, ground, wanted in PAIRS
        if word in values and ground in values
    ]


class SampleForm(PublicForm):
    """Each sort of field, to be shown; it is never received."""

    purpose = "charte"
    name = forms.CharField(label="Votre nom", max_length=80, help_text="Tel qu’on vous écrit.")
    email = forms.EmailField(label="Adresse électronique")
    subject = forms.ChoiceField(
        label="Sujet", choices=[("a", "Une formation"), ("b", "Un accompagnement")]
    )
    buyer = forms.ChoiceField(
        label="Qui paie", choices=[("e", "Une entreprise"), ("p", "Moi")], widget=forms.RadioSelect
    )
    text = forms.CharField(label="Message", max_length=500, required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label="J’ai lu l’information sur mes données")
    closed = forms.CharField(label="Référence", max_length=20, initial="F-2026-0001", disabled=True)


class ChartePage(TemplateView):
    """Opened from the administration, for the team alone."""

    template_name = "home/charte/page.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def scheme(self) -> str:
        asked = self.request.GET.get("schema", "")
        return asked if asked in SCHEMES else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        values = tokens()
        shown = values[self.scheme or "clair"]
        return super().get_context_data(**kwargs) | {
            "scheme": self.scheme,
            "colours": [
                (name, value, values["sombre"][name])
                for name, value in values["clair"].items()
                if is_colour(value)
            ],
            "measures": [
                (name, value)
                for name, value in shown.items()
                if not is_colour(value) and not name.startswith("size-")
            ],
            "sizes": [(name, v) for name, v in shown.items() if name.startswith("size-")],
            "contrasts": [(one, two) for one, two in zip(
                pairs_of(values["clair"]), pairs_of(values["sombre"]), strict=True
            )],
            "seeds": SEEDS,
            "blank": SampleForm(auto_id="vide_%s"),
            "faulty": SampleForm({"name": "", "email": "pas une adresse"}, auto_id="faute_%s"),
            "page_obj": middle_page(),
            "blocks": list(blocks()),
        }  # fmt: skip


class BothSchemes(ChartePage):
    """The same page twice, light and dark, side by side."""

    template_name = "home/charte/both.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"schemes": SCHEMES, "scheme": ""}


def middle_page() -> PageOfList[int]:
    """A page of a list that has one before and one after."""
    return Paginator(range(30), 10).page(2)


def blocks() -> list[tuple[str, str, SafeString]]:
    """Each block of a long page: its name, what it is for, and its preview value as it is shown."""
    return [
        (
            str(block.label),
            str(block.meta.description),
            block.bind(block.get_preview_value()).render(),
        )
        for block in BodyStreamBlock().child_blocks.values()
    ]


def scheme_sheet(request: HttpRequest, scheme: str) -> HttpResponse:
    """The tokens of one scheme, whatever the reader's own."""
    if scheme not in SCHEMES or not request.user.has_perm(PERMISSION):
        raise Http404
    lines = chain(
        [f"color-scheme: {SCHEMES[scheme]};"],
        (f"--{name}: {value};" for name, value in tokens()[scheme].items() if is_colour(value)),
    )
    css = f"@layer tokens {{ :root {{ {' '.join(lines)} }} }}\n"
    return HttpResponse(css, content_type="text/css; charset=utf-8")


class CharteMenuItem(MenuItem):
    """For whoever looks after the pages of the site."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("home.change_organisationsettings")


def charte_menu_item() -> MenuItem:
    """The entry of « Paramètres » that leads to the page."""
    return CharteMenuItem("Charte", reverse("charte"), icon_name="view", order=900)
