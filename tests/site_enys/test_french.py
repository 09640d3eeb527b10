"""French as people type it: which words must meet, and which must not."""

import sys

import pytest

from site_enys.french import LONGEST_STEM, _stem, as_sentences, fold, of, plural, stems, words
from tests.races import at_once

# What is typed, and what is written in the page.
MEETING = """
energie énergies | énergie énergies | evaluation Évaluation | evaluations ÉVALUATION
evaluer évalue | evaluees évaluées | charge chargé·e | charge chargée | chargee chargé(e)
charges chargé/e | chargees chargés | chargé·e·s chargée | chargé.e.s chargé | charge chargé-e-s
charge CHARGÉ·E | educateurs éducateur | educatrice éducateur | éducateur·rice educatrices
formatrice formateur/trice | formateur·rice·s formateur | formatrices formateurs
accompagner accompagne | accompagne accompagné | accompagnees accompagnée
accompagnements accompagnement | coeur cœur | oeuvres œuvre | cœur coeur | æquo aequo
l’ingénierie ingenierie | l'ingenierie ingénierie | qu’évalue évaluer | handicape handicapée
handicapes handicapé | agees âgés | diplomee diplômés | diplomes diplôme | securite sécurité
mediateur médiateurs | sociale sociaux | social sociales | strategique stratégiques
metiers métier | salarie salariée | salariees salariés | benevole bénévoles | interets intérêt
ingenieure ingénieurs | enquete enquêtes | etude études | etudiants étudiantes
etablissements établissement | referente référents | referentiel référentiels
directrice directeur | coordinatrice coordinateurs | animatrice animateur | ecoles école
precaires précaire | vulnerabilite vulnérabilité | hebergements hébergement
methodologies méthodologie | beneficiaire bénéficiaires | societes société
competences compétence | expertes experts | travaux travail | travailleuse travailleurs
regionaux régional | departementale départementaux | creches crèche | finance financée
negocie négociée | analysees analyse | demarche démarches | penale pénal | usagere usagers
infirmier infirmière | infirmier·ère infirmiers | conseillere conseiller | numeriques numérique
conges congé | deleguee délégués | retraitee retraités | associatives associatif
educative éducatif | creatif créative | certifie certifiée | qualifiee qualifié
habilites habilitée | organise organisée | redige rédigée | reponses réponse | changements changer
territoriaux territorial | appuis appui | collective collectifs | consultantes consultant·e
professionnelles professionnel·le | agents agent(e)s | veilleuse veilleur | entretiens entretien
domiciles domicile | developpeuse développeur·euse | sportive sportif/ve
"""
PAIRS = [tuple(pair.split()) for line in MEETING.splitlines() for pair in line.split("|") if pair]


@pytest.mark.parametrize(("typed", "written"), PAIRS)
def test_what_is_typed_meets_what_is_written(typed, written):
    assert stems(typed) == stems(written) != []


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("saint etienne", "Saint-Étienne"),
        ("mission d'insertion", "mission insertion"),
        ("mission d’insertion", "missions pour l’insertion"),
        ("la participation des personnes", "participation de la personne"),
        ("loi 2002-2", "loi 2002-2"),
        ("jusqu'à l'évaluation", "évaluations"),
    ],
)
def test_several_words_meet_through_their_small_words(typed, written):
    assert stems(typed) == stems(written)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("social", "société"),
        ("action", "acteur"),
        ("mission", "mise"),
        ("cadre", "cadrage"),
        ("école", "écologie"),
        ("projet", "projection"),
        ("secrétaire", "secret"),
        ("personne", "personnel"),
        ("commun", "communauté"),
        ("ville", "village"),
        ("insertion", "insecte"),
    ],
)
def test_words_that_only_look_alike_stay_apart(one, other):
    assert stems(one) != stems(other)


@pytest.fixture
def threads_that_interrupt_one_another():
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def test_two_threads_never_mix_their_words(threads_that_interrupt_one_another):
    written = [word for pair in PAIRS for word in pair]
    alone = [stems(word) for word in written]

    def read_all_afresh():
        found = []
        for word in written:
            _stem.cache_clear()
            found.append(stems(word))
        return found

    assert at_once(*[read_all_afresh] * 4) == [alone] * 4


def test_a_word_knows_where_it_stands_in_the_text_as_written():
    text = "Pour l’œuvre : chargé·e d’évaluation."

    places = [text[word.start : word.end] for word in words(text)]

    assert places == ["œuvre", "chargé", "évaluation"]


@pytest.mark.parametrize(
    "text", ["", "   ", "le la les", "«»…", "\x00\x01", '"*()"', "·e", "’’’", "𝕬\u0301", "_" * 50]
)
def test_what_says_nothing_breaks_nothing(text):
    assert len(stems(text)) <= 1


def test_a_word_without_end_is_cut():
    (stem,) = stems("x" * 10_000)

    assert len(stem) == LONGEST_STEM


def test_folding_leaves_plain_letters():
    assert fold("Œuvre À L’ŒIL, naïve ÇA") == "oeuvre a l’oeil, naive ca"


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "0\u00a0place"), (1, "1\u00a0place"), (2, "2\u00a0places")]
)
def test_plural_begins_at_two(count, expected):
    assert plural(count, "place") == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], ""),
        (["", " ", "\n"], ""),
        (["Objectifs", "Comprendre  la demande."], "Objectifs. Comprendre la demande."),
        (["Pourquoi\u202f?", "Méthode\u00a0:", "écrire"], "Pourquoi\u202f? Méthode\u00a0: écrire."),
    ],
)
def test_texts_that_follow_one_another_are_read_as_sentences(texts, expected):
    assert as_sentences(texts) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Marc", "de Marc"),
        ("Inès", "d’Inès"),
        ("Élodie", "d’Élodie"),
        ("octobre 2026", "d’octobre 2026"),
        ("", "de "),
    ],
)
def test_de_is_elided_before_a_vowel(name, expected):
    assert of(name) == expected
