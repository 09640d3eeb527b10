"""A form asks for what is missing by its name."""

from django import forms

import pytest

from site_enys.missing_answers import explain, sentence


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Votre prénom et votre nom", "Indiquez votre prénom et votre nom."),
        ("Adresse électronique du contact", "Indiquez l’adresse électronique du contact."),
        ("Référence de la demande", "Indiquez la référence de la demande."),
        ("Code reçu par courriel", "Indiquez le code reçu par courriel."),
        ("Ce qui vous aiderait à venir", "Indiquez ce qui vous aiderait à venir."),
        ("Pourquoi ce poste\u202f?", "Répondez à cette question."),
        ("Permis B", "Indiquez «\u00a0Permis B\u202f»."),
        (None, "Indiquez une réponse."),
    ],
)
def test_the_sentence_follows_the_label(label: str | None, said: str) -> None:
    assert sentence(forms.CharField(label=label)) == said


def test_a_choice_is_chosen_and_a_box_is_ticked() -> None:
    assert sentence(forms.ChoiceField(label="Nouvelle session")) == (
        "Choisissez la nouvelle session."
    )
    assert sentence(forms.BooleanField(label="J’accepte")) == "Cochez cette case pour continuer."


def test_a_field_that_has_words_of_its_own_keeps_them() -> None:
    own = forms.CharField(label="CV", error_messages={"required": "Joignez votre CV."})
    plain = forms.CharField(label="Votre nom")

    explain(own)
    explain(plain)

    assert own.error_messages["required"] == "Joignez votre CV."
    assert plain.error_messages["required"] == "Indiquez votre nom."
