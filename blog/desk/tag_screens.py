"""What is done with tags: rename one, merge several, delete one that serves no more."""

from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property

from taggit.models import Tag

from blog.exceptions import NothingToMerge, TagInUse, TagNameTaken
from blog.services import tags
from blog.services.tag_uses import TagLine, line_of
from site_enys.admin import DeskForm, Screen
from site_enys.exceptions import Refused
from site_enys.french import plural

from .tags import PERMISSION, TagsPage

MOST_MERGED = 50


class TagScreen(Screen):
    model = Tag
    permission = PERMISSION
    header_icon = "tag"
    takes_reason = False

    @cached_property
    def record(self) -> Tag:
        return get_object_or_404(Tag, pk=self.kwargs["pk"])

    @property
    def back_url(self) -> str:
        return reverse("blog_tags")

    def get_page_subtitle(self) -> str:
        return self.record.name

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.back_url, "label": "Étiquettes"},
            {"url": "", "label": self.title, "sublabel": self.get_page_subtitle()},
        ]


class RenameForm(DeskForm):
    name = forms.CharField(
        label="Nom",
        max_length=tags.LONGEST,
        error_messages={"required": "Écrivez le nouveau nom."},
    )


class RenameScreen(TagScreen):
    template_name = "blog/admin/tag_rename.html"
    title = "Renommer"
    button = "Renommer"
    explanation = (
        "L’adresse de l’étiquette suit son nom, et l’ancienne adresse y conduit. "
        "Les contenus et les brouillons qui la portent n’ont rien à changer."
    )

    def make_form(self, data: Any = None, files: Any = None) -> RenameForm:
        return RenameForm(data, initial={"name": self.record.name})

    def run(self, form: RenameForm, reason: str) -> str:
        name = form.cleaned_data["name"]
        former = self.record.name
        renamed = tags.rename(self.record, name, by=self.by, now=self.now)
        return f"«\u00a0{former}\u00a0» s’appelle maintenant «\u00a0{renamed.name}\u00a0»."

    def refuse(self, form: Any, refusal: Refused, **more: Any) -> Any:
        """With the way to the merge, when the name is that of another tag."""
        if isinstance(refusal, TagNameTaken):
            other = tags.namesake(form.cleaned_data["name"], but=self.record)
            if other:
                more["merge_url"] = merge_address([self.record, other])
        return super().refuse(form, refusal, **more)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"merge_url": "", **kwargs})


class DeleteScreen(TagScreen):
    title = "Supprimer"
    button = "Supprimer l’étiquette"
    takes_away = True
    explanation = "Aucun contenu ne porte cette étiquette."

    def obstacle(self) -> Refused | None:
        line = line_of(self.record)
        return TagInUse(line.words) if line.total else None

    def run(self, form: Any, reason: str) -> str:
        tags.delete(self.record, by=self.by, now=self.now)
        return f"L’étiquette «\u00a0{self.record.name}\u00a0» est supprimée."


class MergeForm(forms.Form):
    """Which tag stays; beside each, how many contents would change."""

    into: "forms.ModelChoiceField[Tag]" = forms.ModelChoiceField(
        label="L’étiquette qui reste",
        queryset=Tag.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": "Choisissez l’étiquette qui reste.",
            "invalid_choice": "Choisissez l’étiquette qui reste parmi celles-ci.",
        },
    )

    def __init__(self, chosen: list[Tag], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["into"]
        field.queryset = Tag.objects.filter(pk__in=[tag.pk for tag in chosen]).order_by("name")
        field.label_from_instance = lambda tag: _choice(tags.plan(chosen, tag))


def _choice(plan: tags.MergePlan) -> str:
    changed = plural(plan.contents, "contenu change", "contenus changent")
    return f"{plan.into.name}\u00a0: {changed} d’étiquette"


class MergeScreen(TagScreen):
    template_name = "blog/admin/tag_merge.html"
    title = "Fusionner"
    button = "Fusionner"

    @cached_property
    def record(self) -> None:
        """No record: the screen is about several tags."""

    @cached_property
    def chosen(self) -> list[TagLine]:
        """The tags ticked in the list, the most used first."""
        keys = {key for key in self.request.GET.getlist("tag") if key.isascii() and key.isdigit()}
        if len(keys) > MOST_MERGED or any(len(key) > 18 for key in keys):
            raise Http404
        found = [line_of(tag) for tag in Tag.objects.filter(pk__in=keys).order_by("name")]
        return sorted(found, key=lambda line: -line.total)

    @property
    def tags(self) -> list[Tag]:
        return [line.tag for line in self.chosen]

    def obstacle(self) -> Refused | None:
        return NothingToMerge() if len(self.chosen) < 2 else None

    def make_form(self, data: Any = None, files: Any = None) -> MergeForm:
        if len(self.chosen) < 2:
            return MergeForm([], data)
        return MergeForm(self.tags, data, initial={"into": self.tags[0].pk})

    def run(self, form: MergeForm, reason: str) -> str:
        done = tags.merge(self.tags, form.cleaned_data["into"], by=self.by, now=self.now)
        gone = plural(len(done.others), "étiquette fondue", "étiquettes fondues")
        changed = plural(done.contents, "contenu mis à jour", "contenus mis à jour")
        return f"{gone} dans «\u00a0{done.into.name}\u00a0», {changed}."

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.back_url, "label": "Étiquettes"},
            {"url": "", "label": self.title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(chosen=self.chosen, **kwargs)


def merge_address(chosen: list[Tag]) -> str:
    return f"{reverse('blog_tags_merge')}?{'&'.join(f'tag={tag.pk}' for tag in chosen)}"


urlpatterns: list[URLPattern] = [
    path("blog/etiquettes/", TagsPage.as_view(), name="blog_tags"),
    path("blog/etiquettes/fusionner/", MergeScreen.as_view(), name="blog_tags_merge"),
    path("blog/etiquettes/<int:pk>/renommer/", RenameScreen.as_view(), name="blog_tag_rename"),
    path("blog/etiquettes/<int:pk>/supprimer/", DeleteScreen.as_view(), name="blog_tag_delete"),
]
