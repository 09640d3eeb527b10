from django.apps import AppConfig


class CourrierConfig(AppConfig):
    name = "courrier"
    verbose_name = "courrier"
    desk_name = "courriels"  # over its lines of the desk
