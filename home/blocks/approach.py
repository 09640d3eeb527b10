"""How the firm works: steps, questions and answers."""

from wagtail import blocks

from .text import SHORT_TEXT_FEATURES


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Étape", max_length=100)
    text = blocks.TextBlock(label="Ce qui s’y passe", max_length=500)

    class Meta:
        icon = "list-ol"
        label = "Étape"


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", max_length=120, required=False)
    steps = blocks.ListBlock(StepBlock(), label="Étapes", min_num=2, max_num=8)

    class Meta:
        icon = "list-ol"
        label = "Étapes d’une démarche"
        description = "De deux à huit étapes numérotées."
        preview_value = {
            "title": "Comment se déroule une mission",
            "steps": [
                {"title": "Écouter", "text": "Un premier échange, sur place si possible."},
                {"title": "Cadrer", "text": "Une note qui dit l’objet, le calendrier, le prix."},
            ],
        }
        template = "home/blocks/steps.html"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label="Question", max_length=200)
    answer = blocks.RichTextBlock(label="Réponse", features=SHORT_TEXT_FEATURES, max_length=2000)

    class Meta:
        icon = "help"
        label = "Question"


class FAQBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", max_length=120, required=False)
    questions = blocks.ListBlock(QuestionBlock(), label="Questions", min_num=1, max_num=20)

    class Meta:
        icon = "help"
        label = "Questions fréquentes"
        description = "Des questions qui s’ouvrent l’une après l’autre."
        preview_value = {
            "title": "Questions fréquentes",
            "questions": [
                {"question": "Où intervenez-vous\u202f?", "answer": "<p>Dans toute la France.</p>"}
            ],
        }
        template = "home/blocks/faq.html"
