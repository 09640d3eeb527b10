from django.urls import path

from . import views

# The articles themselves are pages of the tree: what is not matched here falls to them.
app_name = "blog"
urlpatterns = [
    path("archives/<year:year>/<month:month>/", views.month, name="month"),
    path("categorie/<slug:slug>/", views.category, name="category"),
    path("etiquette/<slug:slug>/", views.tag, name="tag"),
    path("auteur/<slug:slug>/", views.author, name="author"),
    path("flux/", views.feed, name="feed"),
    path("reponse/<uuid:reference>/", views.answered, name="answered"),
    path("<slug:slug>/repondre/", views.answer, name="answer"),
]
