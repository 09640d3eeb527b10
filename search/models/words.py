"""The words that pages write, as they write them: what a misspelt word or a beginning may become.

A word is only ever shown to somebody after asking which pages anybody may read mention it.
"""

from django.db import models

from site_enys.french import LONGEST_STEM

from .index import SearchEntry

#: How many letters at each end are kept apart: one slip of the hand seldom spoils both ends.
END = 2


class SearchWord(models.Model):
    """A written form: « évaluation » and « évaluations » are two."""

    folded = models.CharField("mot sans accents", max_length=LONGEST_STEM, unique=True)
    shown = models.CharField("mot", max_length=LONGEST_STEM)
    length = models.PositiveSmallIntegerField("longueur")
    head = models.CharField("début", max_length=END)
    tail = models.CharField("fin", max_length=END)

    class Meta:
        verbose_name = "mot écrit"
        verbose_name_plural = "mots écrits"
        indexes = [
            models.Index(fields=["head", "length"], name="search_word_by_head"),
            models.Index(fields=["tail", "length"], name="search_word_by_tail"),
        ]

    def __str__(self) -> str:
        return self.shown

    @classmethod
    def of(cls, folded: str, shown: str) -> "SearchWord":
        return cls(
            folded=folded,
            shown=shown,
            length=len(folded),
            head=folded[:END],
            tail=folded[-END:],
        )


class SearchMention(models.Model):
    """A word stands on a page."""

    word = models.ForeignKey(
        SearchWord, verbose_name="mot", on_delete=models.CASCADE, related_name="mentions"
    )
    entry = models.ForeignKey(
        SearchEntry, verbose_name="page", on_delete=models.CASCADE, related_name="mentions"
    )
    in_title = models.BooleanField("dans le titre", default=False)

    class Meta:
        verbose_name = "mention"
        verbose_name_plural = "mentions"
        constraints = [
            models.UniqueConstraint(fields=["word", "entry"], name="one_mention_per_word_and_page")
        ]
        indexes = [
            models.Index(
                fields=["word", "entry"],
                condition=models.Q(in_title=True),
                name="search_word_of_title",
            )
        ]

    def __str__(self) -> str:
        return f"mot n°\u00a0{self.word_id}, page n°\u00a0{self.entry_id}"
