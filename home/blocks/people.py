"""The people of the firm, and those who speak of it with their agreement."""

from django.core.exceptions import ValidationError

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from .links import NO_LINK, OptionalLinkBlock


class PersonBlock(blocks.StructBlock):
    name = blocks.CharBlock(label="Prénom et nom", max_length=100)
    role = blocks.CharBlock(label="Fonction", max_length=140)
    words = blocks.TextBlock(
        label="En quelques mots",
        max_length=400,
        required=False,
        help_text="Son parcours, ce qui l’occupe\u00a0: deux ou trois phrases.",
    )
    portrait = ImageChooserBlock(
        label="Portrait",
        required=False,
        help_text="Avec son accord. Sans portrait, un dessin du site tient sa place.",
    )
    link = OptionalLinkBlock(label="Lien (facultatif)", collapsed=True)

    class Meta:
        icon = "user"
        label = "Personne"


class TeamBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", max_length=120, required=False)
    people = blocks.ListBlock(PersonBlock(), label="Personnes", min_num=1, max_num=24)

    class Meta:
        icon = "group"
        label = "Équipe"
        description = "Des personnes, leur fonction, et leur portrait si elles le veulent bien."
        preview_value = {
            "title": "L’équipe",
            "people": [
                {
                    "name": "Camille Exemple",
                    "role": "Consultante, ancienne cheffe de service",
                    "words": "Elle écoute d’abord, puis elle écrit.",
                    "portrait": None,
                    "link": NO_LINK,
                },
                {
                    "name": "Sacha Modèle",
                    "role": "Formateur en ingénierie sociale",
                    "words": "",
                    "portrait": None,
                    "link": NO_LINK,
                },
            ],
        }
        template = "home/blocks/team.html"


class TestimonialBlock(blocks.StructBlock):
    text = blocks.TextBlock(label="Ses mots", max_length=800)
    name = blocks.CharBlock(label="Prénom et nom", max_length=100)
    role = blocks.CharBlock(label="Fonction", max_length=140)
    organisation = blocks.CharBlock(label="Organisation", max_length=140, required=False)
    agreed = blocks.BooleanBlock(
        label="Nous avons son accord écrit pour publier ces mots sous son nom",
        required=False,
        help_text="Gardez cet écrit\u00a0: cette personne peut changer d’avis à tout moment.",
    )

    class Meta:
        icon = "openquote"
        label = "Témoignage"
        description = "Les mots d’une personne que l’on nomme, avec son accord écrit."
        preview_value = {
            "text": "Le rapport disait ce que l’équipe savait sans pouvoir l’écrire.",
            "name": "Camille Exemple",
            "role": "Directrice",
            "organisation": "une maison d’enfants",
            "agreed": True,
        }
        template = "home/blocks/testimonial.html"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not cleaned["agreed"]:
            error = ValidationError(
                "Personne n’est cité sans son accord écrit\u00a0: obtenez-le et cochez cette case, "
                "ou retirez le témoignage."
            )
            raise blocks.StructBlockValidationError(block_errors={"agreed": error})
        return cleaned
