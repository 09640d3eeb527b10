"""Keeping the index true: a live page is indexed anew each time it is saved."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from wagtail.models import Page

from home.models import BasePage
from search.models import KINDS, Kind, SearchEntry, SearchMention, SearchStem, SearchWord
from search.vocabulary import LEXICON, implied, read, stems
from site_enys.french import LONGEST_STEM, as_sentences, fold

from .facts import facts_of, in_one_line, known_as
from .headings import headings

KIND_OF = {
    "formation.coursepage": Kind.COURSE,
    "recrutement.jobofferpage": Kind.OFFER,
    "blog.postpage": Kind.POST,
}
# A word of the title outweighs any number of mentions in the text, and more so in a short title:
# « évaluation » means the page « Évaluations » before the course « Conduire une évaluation ».
IN_TITLE = 20
#: Once for a word of the summary or of a heading.
IN_SUMMARY = 3
LONGEST_MENTION = 8


def follow_page(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Signal: index a page whose published content was just saved, forget one that is withdrawn.

    Saving a draft writes a few named columns from an instance that holds the draft: passed over.
    """
    if not isinstance(instance, BasePage):
        return
    if not instance.live:
        SearchEntry.objects.filter(pk=instance.pk).delete()
    elif not kwargs.get("update_fields"):
        index_page(instance)


def index_page(page: BasePage) -> None:
    """Write what the search knows of this page, in place of what it knew."""
    text = as_sentences([*page.texts(), *facts_of(page)])
    stressed = f"{page.summary} {' '.join(headings(page))}"
    kind = KIND_OF.get(page._meta.label_lower, Kind.PAGE)
    with transaction.atomic():
        entry = SearchEntry(
            page_id=page.pk,
            kind=kind,
            facts=in_one_line(page),
            text=text,
            visible_from=page.visible_from,
            lexicon=LEXICON,
            to_read_again=False,
        )
        SearchEntry.objects.bulk_create(
            [entry],
            update_conflicts=True,
            unique_fields=["page"],
            update_fields=["kind", "facts", "text", "visible_from", "lexicon", "to_read_again"],
        )
        rank, day = KINDS.index(kind), _day_of(page).toordinal()
        entry.stems.all().delete()
        SearchStem.objects.bulk_create(
            SearchStem(entry=entry, stem=stem, weight=weight, kind=rank, day=day)
            for stem, weight in weights(page.title, text, stressed, known_as(page)).items()
        )
        _write_words(entry, page.title, text)


def index_pages(pages: Iterable[Page]) -> int:
    """Index those that are ours, and say how many."""
    count = 0
    for page in pages:
        if isinstance(page, BasePage):
            index_page(page)
            count += 1
    return count


def weights(title: str, text: str, stressed: str = "", other: str = "") -> dict[str, int]:
    """How much each stem weighs in a page; `other` are other names of it.

    What the words imply weighs half of a title, or one in the text.
    """
    found, in_title = stems(text), stems(title)
    total = {stem: min(count, LONGEST_MENTION) for stem, count in Counter(found).items()}
    for stem in {*stems(stressed)}:
        total[stem] = total.get(stem, 0) + IN_SUMMARY
    for stem in {*stems(other)}:
        total[stem] = total.get(stem, 0) + IN_TITLE
    for stem in implied(text, found):
        total.setdefault(stem, 1)
    names = set(in_title)
    for stem in names:
        total[stem] = total.get(stem, 0) + IN_TITLE + IN_TITLE // len(names)
    for stem in implied(title, in_title):
        total[stem] = total.get(stem, 0) + IN_TITLE // 2
    return total


def _day_of(page: BasePage) -> date:
    """The day of the page, by which equal ones are ordered."""
    instant = page.visible_from or page.first_published_at or page.latest_revision_created_at
    return timezone.localdate(instant) if instant else date.min


def _write_words(entry: SearchEntry, title: str, text: str) -> None:
    in_title = dict(_forms(title))
    forms = dict(_forms(text)) | in_title
    entry.mentions.all().delete()
    # Always in the same order: two pages saved at once do not wait for each other.
    SearchWord.objects.bulk_create(
        [SearchWord.of(folded, forms[folded]) for folded in sorted(forms)], ignore_conflicts=True
    )
    ids = SearchWord.objects.filter(folded__in=list(forms)).values_list("folded", "pk")
    SearchMention.objects.bulk_create(
        SearchMention(entry=entry, word_id=pk, in_title=folded in in_title)
        for folded, pk in sorted(ids)
    )


def _forms(text: str) -> Iterator[tuple[str, str]]:
    """(without accents, as written) for each word, in small letters."""
    for word in read(text):
        shown = text[word.start : word.end].lower()[:LONGEST_STEM]
        folded = fold(shown)
        if 1 < len(folded) <= LONGEST_STEM and folded.isalpha() and folded.isascii():
            yield folded, shown
