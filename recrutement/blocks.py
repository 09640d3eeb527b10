from wagtail import blocks


class StepBlock(blocks.StructBlock):
    """One step of our way of recruiting."""

    title = blocks.CharBlock(label="Étape", max_length=80)
    text = blocks.TextBlock(label="Ce qui se passe", max_length=500)

    class Meta:
        icon = "list-ol"
        label = "Étape"
        description = "Une étape du recrutement\u00a0: ce qui se passe, et en combien de temps."
        preview_value = {
            "title": "Un premier échange",
            "text": "Trente minutes au téléphone pour faire connaissance.",
        }
        template = "recrutement/blocks/step.html"
        preview_template = "recrutement/blocks/preview_step.html"


class StepsBlock(blocks.StreamBlock):
    step = StepBlock()
