from django.urls import path

from .views import comments, feeds, lists

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
    path("flux/", feeds.feed, name="feed"),
    path("reponse/<uuid:reference>/", comments.answered, name="answered"),
    path("<slug:slug>/repondre/", comments.answer, name="answer"),
]
