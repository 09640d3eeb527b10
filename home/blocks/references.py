"""Who trusted the firm."""

from wagtail import blocks

from .links import NO_LINK, OptionalLinkBlock


class ReferenceBlock(blocks.StructBlock):
    client = blocks.CharBlock(
        label="Client", max_length=140, help_text="Avec son accord\u202f; sinon, sa nature."
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


class ClientReferenceBlock(blocks.StructBlock):
    """One mission told from its request to what became of it."""

    title = blocks.CharBlock(label="La mission, en quelques mots", max_length=140)
    client = blocks.CharBlock(
        label="Client", max_length=140, help_text="Avec son accord\u202f; sinon, sa nature."
    )
    place = blocks.CharBlock(label="Où", max_length=80, required=False)
    years = blocks.CharBlock(label="Quand", max_length=20, required=False)
    request = blocks.TextBlock(label="La demande", max_length=500)
    work = blocks.TextBlock(label="Ce que nous avons fait", max_length=800)
    outcome = blocks.TextBlock(
        label="Ce qui a changé",
        max_length=500,
        required=False,
        help_text="Ce qui se vérifie, et qui le dit.",
    )
    link = OptionalLinkBlock(label="Lien (facultatif)", collapsed=True)

    class Meta:
        icon = "success"
        label = "Référence client"
        description = "Une mission racontée\u00a0: la demande, le travail, ce qui a changé."
        preview_value = {
            "title": "Réécrire un projet d’établissement",
            "client": "Une association départementale",
            "place": "Nord",
            "years": "2025",
            "request": "Le projet avait dix ans, et plus personne ne le lisait.",
            "work": "Huit ateliers avec les équipes, les adolescents et leurs familles.",
            "outcome": "Le conseil de la vie sociale le relit chaque année.",
            "link": NO_LINK,
        }
        template = "home/blocks/client_reference.html"
