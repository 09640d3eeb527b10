"""The screens of « Aide », and the link that leads to a chapter from the screen it explains."""

from typing import Any

from django.http import Http404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from site_enys import chapters

from .pages import DeskMenuItem, DeskPage


class GuidePage(DeskPage):
    """The contents of the guide, or what a search finds in it."""

    permission = "wagtailadmin.access_admin"
    page_title = "Aide"
    header_icon = "help"
    template_name = "site_enys/guide/contents.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("q", "").strip()[:100]
        own, parts = chapters.contents(self.request.user)
        return super().get_context_data(**kwargs) | {
            "asked": asked,
            "hits": chapters.search(asked),
            "own": own,
            "parts": parts,
        }


class ChapterPage(GuidePage):
    """One chapter, with the one before and the one after."""

    template_name = "site_enys/guide/chapter.html"

    @cached_property
    def chapter(self) -> chapters.Chapter:
        chapter = chapters.find_chapter(self.kwargs["slug"])
        if chapter is None:
            raise Http404
        return chapter

    def get_page_title(self) -> str:
        return self.chapter.title

    def above(self) -> list[dict[str, str]]:
        return [{"url": reverse("guide"), "label": "Aide"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = chapters.all_chapters()
        place = every.index(self.chapter)
        return super().get_context_data(**kwargs) | {
            "chapter": self.chapter,
            "before": every[place - 1] if place else None,
            "after": every[place + 1] if place + 1 < len(every) else None,
        }


@hooks.register("register_admin_urls")
def guide_urls() -> list[URLPattern]:
    return [
        path("aide/", GuidePage.as_view(), name="guide"),
        path("aide/<slug:slug>/", ChapterPage.as_view(), name="guide_chapter"),
    ]


@hooks.register("register_admin_menu_item")
def guide_menu_item() -> MenuItem:
    return DeskMenuItem(GuidePage, "guide", order=9000)
