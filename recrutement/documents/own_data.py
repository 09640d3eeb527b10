"""« Mes données » in PDF: the same values as the JSON file, in sentences that one can read."""

from datetime import date, datetime
from typing import Any

from site_enys.pdf import render_pdf
from site_enys.templatetags.typography import long_date, moment

Data = dict[str, Any]
Item = dict[str, Any]
TITLE = "Ce que nous savons de vous"
NOTHING = "Rien."

#: The heading of each part, and the label of each of its values.
PARTS = {
    "candidature": "Votre candidature",
    "message": "Votre message",
    "reponses": "Vos réponses",
    "pieces": "Vos pièces",
    "amenagement": "Aménagement demandé",
    "entretiens": "Entretiens",
    "vivier": "Vivier",
    "evaluations": "Évaluations de l’équipe",
    "notes_de_l_equipe": "Notes de l’équipe",
    "levees_d_anonymat": "Levées d’anonymat",
    "historique": "Historique",
    "ouvertures_de_pieces": "Qui a ouvert vos pièces",
    "messages": "Messages que nous vous avons écrits",
    "conservation": "Combien de temps, et pourquoi",
}
LABELS = {
    "numero": "Numéro",
    "prenom": "Prénom",
    "etat": "État",
    "etabli_le": "Établi le",
    "adresse_electronique": "Adresse électronique",
    "telephone": "Téléphone",
    "envoyee_le": "Envoyée le",
    "information_lue_version": "Information lue (version)",
    "information_montree_le": "Information montrée le",
    "reponse_promise_avant_le": "Réponse promise avant le",
    "premiere_reponse_le": "Première réponse le",
    "raison_du_refus": "Raison du refus",
    "reponse": "Réponse",
    "nom_d_origine": "Nom d’origine",
    "taille_octets": "Taille (octets)",
    "empreinte_sha256": "Empreinte (SHA-256)",
    "deposee_le": "Déposée le",
    "debut": "Début",
    "precisions": "Précisions",
    "annule_le": "Annulé le",
    "donne_le": "Donné le",
    "texte_accepte_version": "Texte accepté (version)",
    "renouvele_le": "Renouvelé le",
    "retire_le": "Retiré le",
    "jusqu_au": "Jusqu’au",
    "savoir_faire": "Ce que vous savez faire",
    "diplomes": "Diplômes",
    "critere": "Critère",
    "note_sur_4": "Note sur 4",
    "piece": "Pièce",
    "refuse": "Accès refusé",
    "redige_le": "Rédigé le",
    "envoye_le": "Envoyé le",
    "a": "À",
    "regle": "Règle",
    "finalite": "Finalité",
    "gardee_pour_un_litige_depuis": "Gardée pour un litige depuis",
}
#: Besides those whose name ends like « envoyee_le ».
DAYS = frozenset({"le", "debut", "fin", "jusqu_au", "gardee_pour_un_litige_depuis"})


def own_data_pdf(data: Data) -> bytes:
    """The document, accessible (PDF/UA-1)."""
    parts = [_part(name, title, data[name]) for name, title in PARTS.items()]
    return render_pdf(
        "documents/own_data.typ",
        {
            "title": TITLE,
            "reference": data["candidature"]["numero"],
            "made_on": f"Établi le {_day_in_words(data['etabli_le'])}",
            "parts": parts,
            "nothing": NOTHING,
        },
    )


def _part(name: str, title: str, value: Any) -> Item:
    """One part: the facts of one thing, or of several."""
    if isinstance(value, str):
        value = {"Texte": value} if value else None
    things = value if isinstance(value, list) else [value] if value else []
    return {"title": title, "things": [_facts(thing) for thing in things]}


def _facts(thing: Data) -> list[Item]:
    said = [(name, value) for name, value in thing.items() if value not in (None, "", False)]
    return [
        {"label": _label(name), "text": _paragraphs(_written(name, value))} for name, value in said
    ]


def _label(name: str) -> str:
    return LABELS.get(name) or name.replace("_", " ").capitalize()


def _written(name: str, value: Any) -> str:
    """A value as one reads it; only ours are days, what people typed stays as they typed it."""
    if value is True:
        return "oui"
    return _day_in_words(value) if name in DAYS or name.endswith("_le") else str(value)


def _day_in_words(text: str) -> str:
    if "T" in text:
        return moment(datetime.fromisoformat(text))
    return long_date(date.fromisoformat(text))


def _paragraphs(text: str) -> list[list[str]]:
    """Paragraphs of lines, as the templates want a text."""
    blocks = text.replace("\r\n", "\n").replace("\r", "\n").split("\n\n")
    return [block.strip().split("\n") for block in blocks if block.strip()] or [[""]]
