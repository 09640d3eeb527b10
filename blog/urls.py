from django.urls import path

from .views import comments, feeds, lists, moderation, reports

# The articles themselves are pages of the tree: what is not matched here falls to them.
app_name = "blog"
urlpatterns = [
    path("archives/<year:year>/<month:month>/", lists.month, name="month"),
    path("categorie/<slug:slug>/", lists.category, name="category"),
    path("etiquette/<slug:slug>/", lists.tag, name="tag"),
    path("auteur/<slug:slug>/", lists.author, name="author"),
    path("flux/", feeds.feed, name="feed"),
    path("reponse/<uuid:reference>/", comments.answered, name="answered"),
    path("commentaire/<int:pk>/signaler/", reports.report, name="report"),
    path("commentaire/signalement/<uuid:reference>/", reports.reported, name="reported"),
    path("moderation/lien/<str:token>/", moderation.open_link, name="open_moderation"),
    path("moderation/<uuid:reference>/", moderation.moderate, name="moderate"),
    path("<slug:slug>/moderer/", moderation.moderate_post, name="moderate_post"),
    path("<slug:slug>/repondre/", comments.answer, name="answer"),
    path("<slug:slug>/repondre/<int:pk>/", comments.answer, name="answer_to"),
]
