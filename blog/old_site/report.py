"""What was, or would be, brought over: in plain French, thing by thing."""

from collections import Counter
from dataclasses import dataclass, field

from site_enys.french import plural

from .plan import MADE, Fate, Plan
from .records import Note

KINDS = ("articles", "pages", "auteurs", "catégories", "commentaires", "images", "redirections")
MOST_LINES = 200


@dataclass
class Report:
    """Counts by kind, and the sentences that people must read."""

    applied: bool
    files: int = 0
    made: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    details: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    reading_of_dates: str = ""
    failed: int = 0

    @property
    def nothing_read(self) -> bool:
        return self.files == 0

    def count(self, plan: Plan) -> None:
        """Count the articles and the pages by their fate, and name those that want a word."""
        for item in plan.articles:
            self._fate("articles", item.fate)
            if item.fate is not Fate.DONE:
                why = f" ({item.why})" if item.why else ""
                self.details.append(f"article  {item.fate} : {item.article.title}{why}")
            if item.fate in MADE and item.article.wanted_slug != item.slug:
                self.details.append(f"article  adresse changée en « {item.slug} » : déjà prise")
        for page in plan.pages:
            self._fate("pages", page.fate)
            if page.fate is not Fate.DONE:
                self.details.append(f"page     {page.fate} : {page.page.title}")

    def _fate(self, kind: str, fate: Fate) -> None:
        if fate in MADE:
            self.made[kind] += 1
        elif fate is Fate.DELETED:
            self.left[kind] += 1
        else:
            self.kept[kind] += 1

    def lines(self) -> list[str]:
        verb = "créés" if self.applied else "à créer"
        out = [f"{plural(self.files, 'fichier lu', 'fichiers lus')}."]
        if self.reading_of_dates:
            out.append(f"{self.reading_of_dates}.")
        out += ["", f"{'':<14}{verb:>10}{'gardés':>10}{'laissés':>10}"]
        for kind in KINDS:
            figures = (self.made[kind], self.kept[kind], self.left[kind])
            out.append(f"{kind:<14}" + "".join(f"{figure:>10}" for figure in figures))
        out += _some(self.details, "")
        if self.notes:
            out += ["", "À savoir :"]
            out += _some([f"{note.about} : {note.sentence}" for note in self.notes], "- ")
        text = "\n".join([*out, "", self._end()])
        # The table is over when it is read after the writing.
        return (text.replace("à créer", "créé") if self.applied else text).split("\n")

    def _end(self) -> str:
        if self.nothing_read:
            return "Rien n’a pu être lu."
        if not self.applied:
            return "Rien n’a changé : ajoutez --apply pour le faire."
        if self.failed:
            return f"Repris, sauf {plural(self.failed, 'élément', 'éléments')} : voir ci-dessus."
        return "Repris."


def _some(lines: list[str], mark: str) -> list[str]:
    shown = [f"{mark}{line}" for line in lines[:MOST_LINES]]
    if len(lines) > MOST_LINES:
        shown.append(f"{mark}… et {len(lines) - MOST_LINES} autres.")
    return ["", *shown] if shown and not mark else shown
