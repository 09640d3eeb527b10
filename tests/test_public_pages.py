"""Every kind of public page, and each form sent empty, read as browsers and people with
assistive technologies do. `tests/harness/markup.py` holds the rules; `client` asks the same of
every page that any other test reads."""

from collections import defaultdict

import pytest

from tests.fuzz.pages import make_the_other_pages
from tests.harness.mail_markup import mail_faults
from tests.harness.markup import faults_in
from tests.harness.page_tree import Markup
from tests.walk import Shown, pages_read
from tests.world import lay_files, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def shown(module_rows: None) -> list[Shown]:
    side = make_world()["a"]
    make_the_other_pages()
    lay_files(side)
    return list(pages_read(side))


def test_every_public_page_is_well_made(shown: list[Shown]) -> None:
    faults = {page.name: found for page in shown if (found := faults_in(page.html))}

    assert faults == {}
    assert len(shown) > 100


def test_each_kind_of_page_has_a_title_of_its_own(shown: list[Shown]) -> None:
    templates = defaultdict(set)
    for page in shown:
        templates[Markup(page.html).title].add(page.template)

    assert [title for title, named in templates.items() if len(named) > 1] == []


def test_each_form_sent_empty_says_so_first(shown: list[Shown]) -> None:
    refused = [page for page in shown if page.name.endswith("rien d’écrit")]

    silent = [page.name for page in refused if 'class="form-errors"' not in page.html]

    assert len(refused) > 20
    assert silent == []


WRONG = {
    "balises mal emboîtées": "<p><em>Texte</p></em>",
    "ferme <p>": "<p>Texte",
    "n’a pas sa place": "<p>Texte <ul><li>un</li></ul></p>",
    "hors de ses éléments": "<ul>un<li>deux</li></ul>",
    "une liste de rien": "<ul></ul>",
    "en double": '<p id="a" id="b">Texte</p>',
    "2 fois": '<p id="a">Un</p><p id="a">Deux</p>',
    "qui n’y est pas": '<p aria-describedby="ailleurs">Texte</p>',
    "ne mène nulle part": '<p><a href="#ailleurs">Lire</a></p>',
    "2 titres principaux": "<h1>Un autre</h1>",
    "après un titre de niveau 1": "<h3>Trop bas</h3>",
    "est vide": "<h2></h2>",
    "un seul texte": '<section class="chapter"><h2>Un</h2><p>Deux</p><p>Trois</p></section>',
    "n’a pas de nom": '<p><a href="/"><img src="a" alt="" width="1" height="1"></a></p>',
    "un lien sans adresse": "<p><a>Lire</a></p>",
    "ouvre une autre fenêtre": '<p><a href="/" target="_blank">Lire</a></p>',
    "ne reprend pas ce qui se lit": '<p><a href="/" aria-label="Accueil">Lire</a></p>',
    "sans alternative": '<p><img src="a" width="1" height="1"></p>',
    "sans dimensions": '<p><img src="a" alt=""></p>',
    "ni décoratif ni nommé": "<svg></svg>",
    "un tableau sans en-tête": "<table><tr><td>1</td></tr></table>",
    "un en-tête sans portée": "<table><tr><th>An</th><td>1</td></tr></table>",
    "plusieurs « navigation »": "<nav></nav><nav></nav>",
    "un champ sans étiquette": '<p><input name="q"></p>',
    "des choix sans légende": '<label><input type="radio" name="r"> Oui</label>',
    "un groupe sans légende": "<fieldset><p>Choix</p></fieldset>",
    "n’existe pas": '<label>Nom <input autocomplete="nom"></label>',
    "autocomplete attendu": '<label>Courriel <input type="email"></label>',
    "atteint au clavier mais caché": '<p aria-hidden="true"><a href="/">Lire</a></p>',
    "tabindex change l’ordre": '<p tabindex="1">Texte</p>',
    "ne dit pas qu’il y a une erreur": '<div class="form-errors"></div>',
}
PAGE = (
    '<!doctype html>\n<html lang="fr"><head><title>Une page</title></head>'
    "<body><main><h1>Une page</h1>{}</main></body></html>"
)


def test_a_good_page_has_no_fault() -> None:
    assert faults_in(PAGE.format('<p>Texte <a href="/">lire</a></p>')) == []


@pytest.mark.parametrize(
    ("fault", "wrong"),
    [
        ("se lit mal", '<p style="color:#999; background:#fff">Texte</p>'),
        ("ne mène nulle part", '<p><a href="/blog/">Lire</a></p>'),
    ],
)
def test_a_fault_of_an_email_is_told(fault: str, wrong: str) -> None:
    assert mail_faults(PAGE.format('<p style="color:#333; background:#fff">Texte</p>')) == []
    assert fault in " ; ".join(mail_faults(PAGE.format(wrong)))


@pytest.mark.parametrize("fault", WRONG)
def test_a_fault_is_told(fault: str) -> None:
    assert fault in " ; ".join(faults_in(PAGE.format(WRONG[fault])))
