"""Who trusted the firm."""

from wagtail import blocks


class ReferenceBlock(blocks.StructBlock):
    client = blocks.CharBlock(
        label="Client", max_length=140, help_text="Avec son accord ; sinon, sa nature."
    )
    place = blocks.CharBlock(label="Où", max_length=80, required=False)
    mission = blocks.CharBlock(label="Mission", max_length=240)
    years = blocks.CharBlock(label="Quand", max_length=20, required=False)

    class Meta:
        icon = "group"
        label = "Référence"


class SectorBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Secteur", max_length=120)
    references = blocks.ListBlock(ReferenceBlock(), label="Références", min_num=1, max_num=40)

    class Meta:
        icon = "group"
        label = "Références d’un secteur"
        description = "Des missions menées, client par client."
        preview_value = {
            "title": "Protection de l’enfance",
            "references": [
                {
                    "client": "Une association départementale",
                    "place": "Nord",
                    "mission": "Évaluation du projet d’établissement",
                    "years": "2024",
                }
            ],
        }
        template = "home/blocks/sector.html"
