"""A visitor looks for something, and sometimes misses."""

from playwright.sync_api import Page, expect

from tests.e2e.gestures import axe_finds


def test_the_search_of_the_header_finds_pages_courses_and_offers(visitor: Page) -> None:
    visitor.goto("/conseil/")
    visitor.get_by_role("banner").get_by_label("Rechercher sur le site").fill("evaluations")
    visitor.keyboard.press("Enter")

    expect(visitor.get_by_role("heading", name="pour « evaluations »")).to_be_visible()
    results = visitor.get_by_role("article")
    for kind in ("Page", "Formation", "Offre d’emploi"):
        expect(results.filter(has_text=kind).first).to_be_visible()
    visitor.get_by_role("link", name="Évaluations", exact=True).last.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Évaluations")


def test_a_search_without_result_says_so_and_shows_other_ways(visitor: Page) -> None:
    visitor.goto("/recherche/?q=hippopotame")

    main = visitor.get_by_role("main")
    expect(main.get_by_text("Aucun résultat")).to_be_visible()
    main.get_by_role("link", name="les formations").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Formation")


def test_an_unknown_address_answers_404_in_the_clothes_of_the_site(visitor: Page) -> None:
    response = visitor.goto("/page-d-autrefois.html")

    assert response.status == 404
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("n’existe pas")
    expect(visitor.get_by_role("navigation", name="Menu principal")).to_be_visible()
    main = visitor.get_by_role("main")
    main.get_by_label("Rechercher sur le site").fill("recherche-action")
    main.get_by_role("button", name="Rechercher").click()
    expect(visitor.get_by_role("heading", name="pour « recherche-action »")).to_be_visible()


def test_a_kind_is_chosen_and_the_search_keeps_its_words(visitor: Page) -> None:
    visitor.goto("/recherche/?q=evaluation")
    main = visitor.get_by_role("main")
    kinds = main.get_by_role("navigation", name="Nature des résultats")

    kinds.get_by_role("link", name="Formations").click()

    expect(kinds.get_by_role("link", name="Formations")).to_have_attribute("aria-current", "true")
    expect(main.get_by_label("Rechercher sur le site")).to_have_value("evaluation")
    articles = main.get_by_role("article")
    expect(articles.filter(has_text="Formation ·")).to_have_count(articles.count())


def test_a_misspelt_word_is_read_as_the_nearest_one(visitor: Page) -> None:
    visitor.goto("/recherche/?q=recrutment")

    main = visitor.get_by_role("main")
    expect(main.get_by_text("Aucun résultat pour « recrutment »")).to_be_visible()
    expect(main.get_by_role("heading", name="Résultats proches")).to_be_visible()
    main.get_by_role("link", name="Recrutement", exact=True).first.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Recrutement")


def test_suggestions_are_reached_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/conseil/")
    field = page.get_by_role("banner").get_by_label("Rechercher sur le site")
    field.focus()
    expect(page.get_by_role("listbox")).to_be_hidden()  # never by itself
    page.keyboard.type("prepar")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()

    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "suggestions-0-0")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("prepar")
    assert axe_finds(page) == []

    page.keyboard.type("er l’eval")
    expect(options.first).to_be_visible()
    assert axe_finds(page) == []
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Préparer l’évaluation")


def test_enter_without_a_choice_sends_what_was_typed(page: Page) -> None:
    page.goto("/recherche/")
    page.get_by_role("main").get_by_label("Rechercher sur le site").fill("mémoire")
    expect(page.get_by_role("option").first).to_be_visible()

    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="pour « mémoire »")).to_be_visible()
