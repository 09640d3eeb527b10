"""What a page of ours must be for every browser and every assistive technology.

Stricter than HTML where it helps: everything that is opened is closed, so that what is written is
what browsers understand. The W3C checker says more; this says the same each time, offline.
"""

from collections import Counter

from tests.harness.page_tree import Element, Markup


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PHRASING_ONLY = words("p h1 h2 h3 h4 h5 h6 span strong em label legend button dt th")
BLOCKS = words(
    "p h1 h2 h3 h4 h5 h6 ul ol dl div section article aside nav header footer main form fieldset "
    "table figure blockquote details address hr pre"
)
#: What may hold only these; browsers move anything else, or assistive technologies lose count.
CHILDREN = {
    "ul": words("li"),
    "ol": words("li"),
    "dl": words("dt dd div"),
    "table": words("caption colgroup thead tbody tfoot tr"),
    "thead": words("tr"),
    "tbody": words("tr"),
    "tfoot": words("tr"),
    "tr": words("th td"),
    "select": words("option optgroup hr"),
}
PARENTS = {
    "li": words("ul ol menu"),
    "dt": words("dl div"),
    "dd": words("dl div"),
    "legend": words("fieldset"),
    "summary": words("details"),
    "figcaption": words("figure"),
}
INTERACTIVE = words("a button input select textarea summary")
HEADINGS = words("h1 h2 h3 h4 h5 h6")
FIELDS = words("input select textarea")
BUTTONS = words("submit button reset image")
REFERENCES = words(
    "for headers form list popovertarget aria-labelledby aria-describedby aria-controls aria-owns "
    "aria-activedescendant aria-errormessage aria-details"
)
#: The words of HTML for the fields of a person, and those that turn it on or off.
AUTOCOMPLETE = words(
    "on off name honorific-prefix given-name additional-name family-name honorific-suffix nickname "
    "username new-password current-password one-time-code organization-title organization "
    "street-address address-line1 address-line2 address-line3 address-level4 address-level3 "
    "address-level2 address-level1 country country-name postal-code cc-name transaction-amount "
    "language bday bday-day bday-month bday-year sex url photo tel tel-national email "
    "webauthn shipping billing home work mobile"
)
LANDMARKS = {"nav": "navigation", "aside": "complementary", "search": "search"}


def faults_in(html: str) -> list[str]:
    """All that is wrong in this page, each with its place; empty when nothing is."""
    page = Markup(html)
    rules = (nesting, references, the_head, headings, names, pictures, tables, landmarks)
    rules += (fields, autocompletion, focus, errors, chapters)
    return page.syntax + [fault for rule in rules for fault in rule(page)]


def nesting(page: Markup) -> list[str]:
    faults = []
    for each in page.elements:
        parent = each.parent.tag if each.parent else ""
        wrong = each.tag not in CHILDREN.get(parent, {each.tag, ""}) and each.tag != "script"
        wrong = wrong or (each.tag in PARENTS and parent not in PARENTS[each.tag])
        wrong = wrong or (parent in PHRASING_ONLY and each.tag in BLOCKS)
        above = {holder.tag for holder in each.within()}
        inside = each.tag in INTERACTIVE and above & {"a", "button"}
        if wrong or inside or (each.tag == "form" and "form" in above):
            faults.append(f"{each} n’a pas sa place dans {each.parent}")
    stray = [e for e in page.elements if e.tag in CHILDREN and e.tag != "table" and e.words.strip()]
    faults += [f"{each} : du texte hors de ses éléments" for each in stray]
    empty = [each for each in page.tagged("ul", "ol", "dl") if not each.children]
    return faults + [f"{each} : une liste de rien" for each in empty]


def references(page: Markup) -> list[str]:
    faults = [
        f"identifiant « {name} » {count} fois" for name, count in page.ids.items() if count > 1
    ]
    faults += [
        "identifiant vide ou avec une espace" for name in page.ids if not name or " " in name
    ]
    for each in page.elements:
        for name in REFERENCES:
            for target in each.get(name).split():
                if target not in page.ids:
                    faults.append(f"{each} : {name} désigne « {target} », qui n’y est pas")
        anchor = each.get("href") if each.tag == "a" else ""
        if anchor.startswith("#") and anchor[1:] not in page.ids:
            faults.append(f"{each} ne mène nulle part")
    return faults


def the_head(page: Markup) -> list[str]:
    html = next(iter(page.tagged("html")), Element("html", {}, 1))
    faults = [] if html.get("lang") == "fr" else ["la page ne dit pas sa langue"]
    faults += [] if page.title else ["la page n’a pas de titre"]
    canonical = [each for each in page.tagged("link") if each.get("rel") == "canonical"]
    if len(canonical) > 1:
        faults.append("plusieurs adresses canoniques")
    metas = Counter(each.get("name") + each.get("media") for each in page.tagged("meta"))
    twice = [name for name, count in metas.items() if name and count > 1]
    return faults + [f"<meta name={name}> en double" for name in twice]


def headings(page: Markup) -> list[str]:
    # A page that opens over another is read by itself.
    outside = [
        each
        for each in page.tagged(*HEADINGS)
        if not any("popover" in holder.attributes for holder in each.within())
    ]
    faults = [f"{each} est vide" for each in page.tagged(*HEADINGS) if not each.said]
    firsts = [each for each in outside if each.tag == "h1"]
    if len(firsts) != 1:
        faults.append(f"{len(firsts)} titres principaux")
    above = 1
    for each in outside:
        level = int(each.tag[1])
        if level > above + 1:
            faults.append(f"{each} : titre de niveau {level} après un titre de niveau {above}")
        above = level
    return faults


def names(page: Markup) -> list[str]:
    """Links, buttons and what opens say what they are for."""
    faults = []
    for each in page.tagged("a", "button", "summary"):
        label = each.get("aria-label") or each.get("aria-labelledby") or each.said
        if not label and not each.hidden:
            faults.append(f"{each} n’a pas de nom")
        if each.tag == "a" and not each.get("href"):
            faults.append(f"{each} : un lien sans adresse")
        if each.get("target"):
            faults.append(f"{each} ouvre une autre fenêtre sans prévenir")
        seen, given = each.said.casefold(), each.get("aria-label").casefold()
        if seen and given and " ".join(seen.split()) not in " ".join(given.split()):
            faults.append(f"{each} : « {each.get('aria-label')} » ne reprend pas ce qui se lit")
    return faults


def pictures(page: Markup) -> list[str]:
    faults = [
        f"{each} : sans alternative" for each in page.tagged("img") if "alt" not in each.attributes
    ]
    faults += [
        f"{each} : sans dimensions"
        for each in page.tagged("img")
        if not (each.get("width") and each.get("height"))
    ]
    for each in page.tagged("svg"):
        named = each.get("role") == "img" and (
            each.get("aria-label") or each.get("aria-labelledby")
        )
        in_a_picture = any(holder.get("role") == "img" for holder in each.within())
        if not named and not in_a_picture and not each.hidden:
            faults.append(f"{each} : ni décoratif ni nommé")
    for each in page.tagged("iframe", "video", "audio"):
        if not (each.get("title") or each.get("aria-label")):
            faults.append(f"{each} : sans titre")
    return faults


def tables(page: Markup) -> list[str]:
    faults = []
    for each in page.tagged("table"):
        heads = [cell for cell in each.all() if cell.tag == "th" and table_of(cell) is each]
        if each.get("role") == "presentation":
            faults += [f"{each} : un en-tête dans un tableau de mise en forme"] if heads else []
        elif not heads:
            faults.append(f"{each} : un tableau sans en-tête")
        faults += [f"{cell} : un en-tête sans portée" for cell in heads if not cell.get("scope")]
    return faults


def table_of(cell: Element) -> Element | None:
    """The nearest one: a table of facts may stand in a table that only lays out."""
    return next((each for each in cell.within() if each.tag == "table"), None)


def landmarks(page: Markup) -> list[str]:
    """Repeated landmarks have different names."""
    named: Counter[tuple[str, str]] = Counter()
    for each in page.elements:
        role = each.get("role") or LANDMARKS.get(each.tag, "")
        if role in {*LANDMARKS.values(), "region"}:
            named[role, each.get("aria-label") or each.get("aria-labelledby")] += 1
    faults = [
        f"plusieurs « {role} » du nom de « {name} »"
        for (role, name), count in named.items()
        if count > 1
    ]
    mains = len(page.tagged("main"))
    return faults if mains == 1 else [*faults, f"{mains} zones principales"]


def fields(page: Markup) -> list[str]:
    labelled = {each.get("for") for each in page.tagged("label") if each.said}
    faults = []
    for each in page.tagged(*FIELDS):
        if each.get("type") == "hidden" or each.get("type") in BUTTONS or each.hidden:
            continue
        around = any(holder.tag == "label" and holder.said for holder in each.within())
        name = each.get("aria-label") or each.get("aria-labelledby") or each.get("title")
        if each.get("id") not in labelled and not around and not name:
            faults.append(f"{each} : un champ sans étiquette")
        if each.get("type") in {"radio"} and not grouped(each):
            faults.append(f"{each} : des choix sans légende")
    return faults + [f"{each} : un groupe sans légende" for each in groups_without_legend(page)]


def groups_without_legend(page: Markup) -> list[Element]:
    first = [(each, each.children[:1]) for each in page.tagged("fieldset")]
    return [each for each, (*legend,) in first if [e.tag for e in legend if e.said] != ["legend"]]


def grouped(choice: Element) -> bool:
    return any(
        holder.tag == "fieldset" or holder.get("role") in {"radiogroup", "group"}
        for holder in choice.within()
    )


def autocompletion(page: Markup) -> list[str]:
    """Fields about the person say so; browsers and assistive technologies fill them in."""
    faults = []
    for each in page.tagged(*FIELDS):
        asked = each.get("autocomplete").split()
        if wrong := [word for word in asked if word not in AUTOCOMPLETE]:
            faults.append(f"{each} : autocomplete « {' '.join(wrong)} » n’existe pas")
        if each.get("type") in {"email", "tel", "password"} and not asked:
            faults.append(f"{each} : autocomplete attendu")
    return faults


def focus(page: Markup) -> list[str]:
    """Nothing focused is hidden, nothing jumps before the order of the page."""
    faults = []
    for each in page.elements:
        focusable = each.tag in INTERACTIVE and each.get("tabindex") != "-1"
        if each.hidden and focusable and each.get("type") != "hidden":
            faults.append(f"{each} : atteint au clavier mais caché")
        if each.get("tabindex") not in {"", "0", "-1"}:
            faults.append(f"{each} : tabindex change l’ordre de la page")
        if "accesskey" in each.attributes:
            faults.append(f"{each} : accesskey")
    if len([each for each in page.elements if "autofocus" in each.attributes]) > 2:
        faults.append("plusieurs éléments prennent le focus")
    return faults


def errors(page: Markup) -> list[str]:
    """A form that comes back says so in the title, and its summary leads to each field."""
    summaries = [each for each in page.elements if "form-errors" in each.get("class").split()]
    if summaries and not page.title.startswith("Erreur\N{NO-BREAK SPACE}: "):
        return [f"« {page.title} » ne dit pas qu’il y a une erreur"]
    answered = {each.get("id") for each in page.tagged(*FIELDS)}
    return [
        f"{link} ne mène pas à un champ"
        for summary in summaries
        for link in summary.all()
        if link.tag == "a" and link.get("href").removeprefix("#") not in answered
    ]


def chapters(page: Markup) -> list[str]:
    """On a wide screen, a chapter is two columns: a second text would go under its title."""
    chapters = [each for each in page.elements if each.get("class") == "chapter"]
    return [
        f"{chapter} n’est pas un titre et un seul texte"
        for chapter in chapters
        if [child.tag == "h2" for child in chapter.children] != [True, False]
    ]
