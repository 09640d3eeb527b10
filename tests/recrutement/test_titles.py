import pytest

from recrutement.lint.titles import speaks_to_all


@pytest.mark.parametrize(
    "title",
    [
        "Consultant (H/F)",
        "Consultant F/H",
        "consultant h / f",
        "Chargé·e d’évaluation",
        "Chargé(e) d’évaluation",
        "Chargé.e d’évaluation",
        "Formateur·rice DEIS",
        "Formateur/trice",
        "Chef·fe de projet",
        "Chef(fe) de projet",
        "Formatrice ou formateur",
        "Chargée / chargé de mission",
        "Responsable de formation",
        "Psychologue à mi-temps",
    ],
)
def test_a_title_that_speaks_to_women_and_men_is_accepted(title):
    assert speaks_to_all(title)


@pytest.mark.parametrize(
    "title",
    ["Consultant", "Chargé d’évaluation", "Formatrice", "Chef de projet", "Hôtesse d’accueil", ""],
)
def test_a_title_that_speaks_to_one_sex_is_refused(title):
    assert not speaks_to_all(title)
