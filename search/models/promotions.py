"""« Résultats mis en avant » : pages that the team advises for some words."""

from django.core.exceptions import ValidationError
from django.db import models

from wagtail.models import Page

from search.vocabulary import asked

MOST_PHRASES = 20
LONGEST_PHRASE = 80


def phrases_of(text: str) -> list[str]:
    """The phrases of a field, one per line, without blanks."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def meant_by(phrase: str) -> frozenset[str]:
    """The stems by which a search for this phrase is known."""
    return frozenset(word.stem for word in asked(phrase))


def check_phrases(text: str) -> None:
    """Refuse what could match nothing, or the same search twice."""
    phrases = phrases_of(text)
    if len(phrases) > MOST_PHRASES:
        raise ValidationError(f"{MOST_PHRASES}\u00a0lignes au plus.")
    seen: dict[frozenset[str], str] = {}
    for phrase in phrases:
        if len(phrase) > LONGEST_PHRASE:
            raise ValidationError(
                f"«\u00a0{phrase[:30]}…\u00a0» est trop long\u00a0: quelques mots suffisent."
            )
        meant = meant_by(phrase)
        if not meant:
            raise ValidationError(
                f"«\u00a0{phrase}\u00a0» ne contient aucun mot qui ait un sens seul."
            )
        if meant in seen:
            raise ValidationError(
                f"«\u00a0{phrase}\u00a0» et «\u00a0{seen[meant]}\u00a0» disent la même recherche."
            )
        seen[meant] = phrase


class Promotion(models.Model):
    """A page that comes first when somebody searches for one of its phrases."""

    phrases = models.TextField(
        "mots cherchés",
        max_length=1500,
        validators=[check_phrases],
        help_text=(
            "Une recherche par ligne. Les accents, les capitales et les pluriels ne comptent pas, "
            "l’ordre des mots non plus\u202f; une recherche plus longue qui les contient "
            "convient aussi."
        ),
    )
    page = models.OneToOneField(
        Page,
        verbose_name="page conseillée",
        null=True,
        on_delete=models.SET_NULL,  # the words were chosen with care: they wait for another page
        related_name="promotion",
        help_text="Si elle n’est plus en ligne, rien ne se montre.",
        error_messages={"unique": "Cette page est déjà mise en avant\u00a0: ajoutez-y ces mots."},
    )
    sentence = models.CharField(
        "pourquoi",
        max_length=160,
        blank=True,
        help_text="Une phrase montrée sous le titre\u202f; facultative.",
    )
    rank = models.PositiveSmallIntegerField(
        "ordre", default=10, help_text="Le plus petit d’abord, quand plusieurs pages conviennent."
    )

    class Meta:
        verbose_name = "résultat mis en avant"
        verbose_name_plural = "résultats mis en avant"
        ordering = ["rank", "pk"]

    def __str__(self) -> str:
        return ", ".join(phrases_of(self.phrases)[:3])

    @property
    def wanted(self) -> list[frozenset[str]]:
        """The stems of each phrase."""
        return [meant_by(phrase) for phrase in phrases_of(self.phrases)]

    @property
    def state_of_page(self) -> str:
        """What the desk says of the page, drawn with `select_related`."""
        if self.page is None:
            return "page supprimée"
        return "en ligne" if self.page.live else "brouillon"
