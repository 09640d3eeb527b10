"""A visitor looks for something, and sometimes misses."""

from playwright.sync_api import Page, expect


def test_the_search_of_the_header_finds_pages_courses_and_offers(visitor: Page) -> None:
    visitor.goto("/conseil/")
    visitor.get_by_role("banner").get_by_label("Rechercher dans le site").fill("evaluations")
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
    main.get_by_label("Rechercher dans le site").fill("recherche-action")
    main.get_by_role("button", name="Rechercher").click()
    expect(visitor.get_by_role("heading", name="pour « recherche-action »")).to_be_visible()
