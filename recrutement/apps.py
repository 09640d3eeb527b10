from django.apps import AppConfig


class RecrutementConfig(AppConfig):
    name = "recrutement"
    verbose_name = "recrutement"
