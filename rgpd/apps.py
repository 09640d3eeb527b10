from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RgpdConfig(AppConfig):
    name = "rgpd"
    verbose_name = "données personnelles"
    desk_name = "vie privée"  # over its lines of the desk

    def ready(self) -> None:
        # Each app registers its own models in its `rgpd.py`; this app knows none of them.
        autodiscover_modules("rgpd")
        # And names, in its `notice.py`, the texts that people are shown.
        autodiscover_modules("notice")
