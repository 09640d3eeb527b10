"""The parts of a programme leaflet."""

from decimal import Decimal

from wagtail import blocks


class ObjectivesBlock(blocks.StreamBlock):
    objective = blocks.CharBlock(
        label="Objectif",
        icon="tick-inverse",
        max_length=240,
        help_text="Un verbe d’action observable\u00a0: construire, conduire, rédiger, animer…",
        preview_value="Construire un guide d’entretien adapté au public rencontré",
        description="Ce que la personne saura faire à l’issue de la formation.",
    )


class ModuleBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Intitulé", max_length=160)
    hours = blocks.DecimalBlock(
        label="Durée en heures",
        min_value=Decimal("0.5"),
        max_value=Decimal(999),
        max_digits=4,
        decimal_places=1,
    )
    content = blocks.RichTextBlock(label="Contenu", features=["bold", "italic", "ul", "ol"])

    class Meta:
        icon = "list-ul"
        label = "Module"
        description = "Un module du programme, avec sa durée."
        preview_value = {
            "title": "Observer et questionner",
            "hours": Decimal(7),
            "content": "<ul><li>La posture de recherche</li><li>Le journal de terrain</li></ul>",
        }
        template = "formation/blocks/module.html"
        preview_template = "formation/blocks/preview_module.html"


class ProgrammeBlock(blocks.StreamBlock):
    module = ModuleBlock()
