from django.core.validators import RegexValidator

phone_characters = RegexValidator(r"^[0-9+(). \u00a0-]*\Z", "Ce numéro n’est pas lisible.")
