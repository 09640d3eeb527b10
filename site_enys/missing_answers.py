"""What a form says of an answer that is missing: the thing to write, by its name."""

from django import forms

#: How a label begins, when it can follow « Indiquez » as it is.
_DETERMINED = ("votre ", "vos ", "le ", "la ", "les ", "l’", "un ", "une ", "son ", "sa ", "ce ")
_ARTICLES = {
    "l’": ("adresse", "entreprise", "objet", "organisme"),
    "la": ("date", "durée", "fonction", "nouvelle", "présence", "raison", "référence", "ville"),
    "le": ("code", "courriel", "message", "motif", "nom", "numéro", "prénom", "téléphone"),
}
_ARTICLE_OF = {noun: article for article, nouns in _ARTICLES.items() for noun in nouns}


def explain(field: forms.Field) -> None:
    """Let the field say what it waits for, unless it has words of its own."""
    if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = sentence(field)


def sentence(field: forms.Field) -> str:
    """« Indiquez votre nom. », from the label « Votre nom »."""
    label = str(field.label or "")
    if isinstance(field, forms.BooleanField):
        return "Cochez cette case pour continuer."
    if label.endswith("?"):
        return "Répondez à cette question."
    verb = "Choisissez" if isinstance(field, forms.ChoiceField) else "Indiquez"
    return f"{verb} {_determined(label)}."


def _determined(label: str) -> str:
    words = label[:1].lower() + label[1:]
    if words.startswith(_DETERMINED):
        return words
    article = _ARTICLE_OF.get(words.partition(" ")[0])
    if article is None:
        # Whoever writes the questions of an offer names them freely.
        return f"«\u00a0{label}\u202f»" if label else "une réponse"
    return f"{article}{words}" if article.endswith("’") else f"{article} {words}"
