"""Tables, which always say what they show and what each column holds."""

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockValidationError,
)

from .text import SHORT_TEXT_FEATURES

MOST_COLUMNS, MOST_ROWS = 6, 40


class TableBlock(TypedTableBlock):
    """Without a caption and headings, a table read aloud is a list of loose words (RGAA 5)."""

    text = blocks.CharBlock(label="Texte court", max_length=200, required=False)
    rich_text = blocks.RichTextBlock(
        label="Texte long", features=SHORT_TEXT_FEATURES, max_length=800, required=False
    )
    number = blocks.DecimalBlock(label="Nombre", required=False)

    class Meta:
        icon = "table"
        label = "Tableau"
        description = "Un petit tableau, avec sa légende et le titre de chaque colonne."
        preview_value = {
            "caption": "Une mission, mois par mois",
            "columns": [
                {"type": "text", "heading": "Mois"},
                {"type": "text", "heading": "Ce qui s’y fait"},
            ],
            "rows": [
                {"values": ["Mars", "Entretiens et observations"]},
                {"values": ["Avril", "Restitution à l’équipe"]},
            ],
        }
        template = "home/blocks/table.html"

    def clean(self, value: TypedTable) -> TypedTable:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (faults := list(_faults(cleaned))):
            raise TypedTableBlockValidationError(non_block_errors=faults)
        return cleaned


def _faults(table: TypedTable) -> list[str]:
    faults = []
    if not table.caption.strip():
        faults.append("Donnez au tableau une légende, qui dit ce qu’il montre.")
    if not table.columns or not table.row_data:
        faults.append("Ce tableau est vide\u00a0: remplissez-le ou retirez-le.")
    if not all(column["heading"].strip() for column in table.columns):
        faults.append("Donnez un titre à chaque colonne.")
    if len(table.columns) > MOST_COLUMNS or len(table.row_data) > MOST_ROWS:
        faults.append(
            f"Pas plus de {MOST_COLUMNS}\u00a0colonnes et de {MOST_ROWS}\u00a0lignes\u00a0: "
            "au-delà, joignez un document."
        )
    return faults
