from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from .services.followed import KINDS
from .views import comments, feeds, lists, moderation, reports
from .views.social_card import social_card


class PartConverter(StringConverter):
    """The ways of dividing the blog, each of which has its feeds."""

    regex = "|".join(KINDS)


register_converter(PartConverter, "blog_part")


def in_each_format(
    route: str, view: Callable[..., HttpResponseBase], name: str
) -> list[URLPattern]:
    """A feed: RSS at `route` itself, the others below."""
    return [
        path(route, view, name=name),
        path(f"{route}<feed_format:form>/", view, name=name),
    ]


# The articles themselves are pages of the tree: what is not matched here falls to them.
app_name = "blog"
urlpatterns = [
    path("archives/", lists.archives, name="archives"),
    path("archives/<year:year>/", lists.year, name="year"),
    path("archives/<year:year>/<month:month>/", lists.month, name="month"),
    path("categorie/<slug:slug>/", lists.category, name="category"),
    path("etiquette/<slug:slug>/", lists.tag, name="tag"),
    path("etiquettes/", lists.tags, name="tags"),
    path("auteur/<slug:slug>/", lists.author, name="author"),
    *in_each_format("flux/", feeds.articles, "feed"),
    *in_each_format("flux/commentaires/", feeds.comments, "comments_feed"),
    *in_each_format("<blog_part:kind>/<slug:slug>/flux/", feeds.part, "part_feed"),
    path("reponse/<uuid:reference>/", comments.answered, name="answered"),
    path("commentaire/<int:pk>/signaler/", reports.report, name="report"),
    path("commentaire/signalement/<uuid:reference>/", reports.reported, name="reported"),
    path("moderation/lien/<str:token>/", moderation.open_link, name="open_moderation"),
    path("moderation/<uuid:reference>/", moderation.moderate, name="moderate"),
    path("<slug:slug>/moderer/", moderation.moderate_post, name="moderate_post"),
    path("<slug:slug>/repondre/", comments.answer, name="answer"),
    path("<slug:slug>/repondre/<int:pk>/", comments.answer, name="answer_to"),
    path("<slug:slug>/carte-<slug:drawn>.png", social_card, name="social_card"),
    *in_each_format(
        "<slug:slug>/commentaires/flux/", feeds.comments_of_article, "comments_of_post_feed"
    ),
]
