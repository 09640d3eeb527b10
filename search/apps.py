from django.apps import AppConfig
from django.db.models.signals import post_save


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "recherche"

    def ready(self) -> None:
        from .services import follow  # noqa: PLC0415 - needs the models
        from .services.index import follow_page  # noqa: PLC0415

        post_save.connect(follow_page, dispatch_uid="search.follow_page")
        follow.connect()
