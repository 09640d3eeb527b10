"""The pictures of « Aide », by their name: where each is taken, and what gets a number."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shot:
    """Who looks, at what address, what is given and pressed first, and what gets a number."""

    role: str
    address: str
    marks: tuple[str, ...] = ()
    pressed: tuple[str, ...] = ()
    given: str = ""


FIRST = "#listing-results tbody tr:first-child a >> nth=0"
TITLE = ".title-wrapper a >> nth=0"
EDITOR = "/admin/pages/search/?q="
LIST = "/admin/snippets/"
SHOTS = {
    "aujourd-hui": Shot("direction", "/admin/", (".today__groups", ".sidebar-main-menu > ul")),
    "securite": Shot("redaction", "/admin/compte/", ("h2 >> nth=0", "h2 >> nth=1")),
    "comptes": Shot("direction", "/admin/comptes/", ("thead th >> nth=2",)),
    # -- Pages
    "sous-page": Shot("redaction", "/admin/pages/3/", ("header a[href$='/add_subpage/']",)),
    "editeur": Shot(
        "redaction",
        f"{EDITOR}Conseil",
        (
            "#id_title",
            "footer .footer__container",
            "[aria-label='Afficher/masquer la prévisualisation']",
        ),
        (TITLE,),
    ),
    "blocs": Shot(
        "redaction",
        f"{EDITOR}Conseil",
        ("[title='Insérer un bloc'][aria-expanded='true']", ".w-combobox"),
        (TITLE, "[title='Insérer un bloc'] >> nth=0"),
    ),
    "image": Shot(
        "redaction",
        "/admin/images/multiple/add/",
        (".drop-zone", "[name$='-description']"),
        given="static/icons/share.png",
    ),
    "publier": Shot(
        "redaction",
        f"{EDITOR}Conseil",
        ("footer [data-w-dropdown-target='toggle'], footer .w-dropdown-button > .w-dropdown",),
        (TITLE, "footer .w-dropdown-button > .w-dropdown button >> nth=0"),
    ),
    "programmer": Shot(
        "redaction",
        f"{EDITOR}Conseil",
        ("[data-a11y-dialog-show='schedule-publishing-dialog']",),
        (TITLE, "[aria-label='Afficher/masquer le statut']"),
    ),
    "historique": Shot(
        "redaction",
        f"{EDITOR}Conseil",
        ("#listing-results table",),
        (TITLE, "a[href$='/history/'] >> nth=0"),
    ),
    "ordre": Shot("redaction", "/admin/pages/3/?ordering=ord", ("tbody .ord >> nth=0",)),
    "rafraichir": Shot("redaction", "/admin/contenus/", ("main form", "tbody button >> nth=0")),
    "pages-legales": Shot("direction", "/admin/pages-legales/", ("main ul li >> nth=0",)),
    "messages": Shot("redaction", f"{LIST}home/contactmessage/", ("tbody tr >> nth=0",)),
    # -- Blog
    "article": Shot("redaction", f"{EDITOR}perdre", ("#id_title", "[role=tab] >> nth=1"), (TITLE,)),
    "etiquettes": Shot(
        "redaction",
        "/admin/blog/etiquettes/",
        ("tbody input[type=checkbox] >> nth=0", "button:has-text('Fusionner')"),
    ),
    "commentaires": Shot("redaction", f"{LIST}blog/comment/?state=pending", ("tbody tr >> nth=0",)),
    "recherches": Shot("redaction", f"{LIST}search/searchmiss/", ("tbody tr >> nth=0",)),
    # -- Training
    "formation": Shot(
        "formation", f"{EDITOR}Bientraitance", ("[data-conformity] >> nth=1",), (TITLE,)
    ),
    "sessions": Shot(
        "formation",
        f"{LIST}formation/session/",
        ("thead th:has-text('Places prises')", "header [aria-label='Actions'] >> nth=-1"),
    ),
    "maintien": Shot(
        "formation", "/admin/formation/maintien/", ("tbody td >> nth=1", "tbody .button >> nth=0")
    ),
    "fiche-session": Shot(
        "formation",
        f"{LIST}formation/session/?state=published&ordering=-seats_taken",
        ("#que-faire", "#personnes"),
        ("a[href*='/inspect/'] >> nth=0",),
    ),
    "attente": Shot(
        "formation", f"{LIST}formation/enrolment/?state=waitlisted", ("thead th:has-text('État')",)
    ),
    "conventions": Shot("formation", f"{LIST}formation/agreement/", ("thead th:has-text('État')",)),
    "emargement": Shot(
        "formation",
        f"{LIST}formation/session/?state=completed",
        ("a:has-text('Feuille') >> nth=0",),
        ("a[href*='/inspect/'] >> nth=0", "a[href$='/emargement/']"),
    ),
    "documents": Shot(
        "formation",
        f"{LIST}formation/session/?state=completed",
        (),
        ("a[href*='/inspect/'] >> nth=0", "main a[href$='/documents/']"),
    ),
    "issues": Shot(
        "formation",
        f"{LIST}formation/session/?state=completed",
        ("th:has-text('État') >> nth=0",),
        ("a[href*='/inspect/'] >> nth=0",),
    ),
    "resultats": Shot(
        "formation", "/admin/formation/resultats/", (), ("main a[href*='/resultats/'] >> nth=0",)
    ),
    "formateur": Shot(
        "formation",
        f"{LIST}formation/trainer/",
        ("a:has-text('Envoyer son espace')",),
        ("tbody a[href*='/inspect/'] >> nth=0",),
    ),
    "audit": Shot("formation", "/admin/formation/audit/", (".audit__cell--missing >> nth=0",)),
    # -- Recruitment
    "offre": Shot("recrutement", f"{EDITOR}Chef", ("[data-conformity] >> nth=1",), (TITLE,)),
    "candidatures": Shot(
        "recrutement",
        f"{LIST}recrutement/application/",
        ("thead th:has-text('Réponse promise')", "thead th:has-text('État')"),
    ),
    "entretien": Shot(
        "recrutement",
        f"{LIST}recrutement/application/?state=in_review",
        ("#id_kind", "#id_starts_at"),
        ("a[href*='/inspect/'] >> nth=0", "a:has-text('Inviter à un entretien')"),
    ),
    "refus": Shot(
        "recrutement",
        f"{LIST}recrutement/application/?state=in_review",
        ("#id_reject_reason, #id_why, select >> nth=0", "textarea >> nth=0"),
        ("a[href*='/inspect/'] >> nth=0", "a:has-text('Ne pas retenir')"),
    ),
    "vivier": Shot(
        "recrutement", f"{LIST}recrutement/poolconsent/", ("thead th:has-text('Jusqu’au')",)
    ),
    # -- The rest
    "courriels": Shot(
        "direction", f"{LIST}courrier/outgoingmessage/", ("thead th:has-text('État')",)
    ),
    "demande-rgpd": Shot(
        "direction", "/admin/rgpd/demandes/inscrire/", ("#id_channel", "#id_received_on")
    ),
    "conservation": Shot("direction", "/admin/rgpd/conservation/", ("thead >> nth=0",)),
}
