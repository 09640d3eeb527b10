"""Figures that speak for themselves."""

from wagtail import blocks


class KeyFigureBlock(blocks.StructBlock):
    value = blocks.CharBlock(
        label="Chiffre", max_length=16, help_text="Avec son unité\u00a0: 35 h, 4 mois, 92 %."
    )
    text = blocks.CharBlock(label="Ce qu’il compte", max_length=120)

    class Meta:
        icon = "order"
        label = "Chiffre"


class KeyFiguresBlock(blocks.StructBlock):
    figures = blocks.ListBlock(KeyFigureBlock(), label="Chiffres", min_num=2, max_num=4)
    source = blocks.CharBlock(
        label="Source et date", max_length=200, help_text="Un chiffre sans source ne vaut rien."
    )

    class Meta:
        icon = "table"
        label = "Chiffres clés"
        description = "Deux à quatre chiffres, avec leur source."
        preview_value = {
            "figures": [
                {"value": "3 mois", "text": "du premier entretien à la restitution"},
                {"value": "2", "text": "consultants par mission"},
            ],
            "source": "Exemple",
        }
        template = "home/blocks/key_figures.html"
