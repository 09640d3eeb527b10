"""Articles written as the plan says: each whole, in its own transaction, or not at all."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.text import slugify

from blog.enums import CommentState
from blog.models import (
    Author,
    BlogIndexPage,
    Category,
    Comment,
    CommentEvent,
    ImportedThing,
    PostPage,
)
from site_enys.french import fold
from site_enys.states import SYSTEM

from .adding import add, complete
from .addresses import key_of
from .composing import Composed, compose
from .gallery import Gallery
from .inventory import Article, Inventory, comment_key
from .links import Atlas, categories_by_name
from .plan import ArticlePlan, Fate, short, squash
from .records import Note, OldComment

Kind = ImportedThing.Kind
LONGEST_INTRODUCTION = 600
NAMELESS = "Anonyme"


@dataclass
class Writer:
    """What the writing of all the articles shares."""

    blog: BlogIndexPage
    inventory: Inventory
    atlas: Atlas
    gallery: Gallery
    hosts: set[str]
    now: datetime
    notes: list[Note] = field(default_factory=list)
    authors: int = 0
    categories: int = 0
    comments: int = 0

    def write(self, item: ArticlePlan) -> PostPage:
        """Make the article, its author, categories, pictures and comments."""
        article = item.article
        authors, categories, comments = self.authors, self.categories, self.comments
        try:
            with transaction.atomic():
                page = self._make(item)
                self._comments(page, article)
        except Exception:
            self.gallery.take_back()
            self.authors, self.categories, self.comments = authors, categories, comments
            raise
        self.gallery.keep()
        self.atlas.made({article.key, *map(key_of, article.addresses)}, page.pk)
        return page

    def compose(self, article: Article) -> Composed:
        pieces = article.pieces(self.hosts)
        self.atlas.waited = False
        hang = partial(self.gallery.hang, title=article.title)
        return compose(pieces, article.title, LONGEST_INTRODUCTION, hang, self.atlas.attributes)

    def _make(self, item: ArticlePlan) -> PostPage:
        article = item.article
        composed = self.compose(article)
        page = PostPage(
            title=article.title,
            slug=item.slug,
            date=article.date or self.now,
            author=self._author(article.author),
            introduction=composed.introduction,
            body=composed.body,
        )
        page.categories = [self._category(name) for name in article.categories]
        add(self.blog, page, self.now, live=item.fate is Fate.MAKE, since=page.date)
        ImportedThing.objects.create(
            kind=Kind.POST,
            key=short(article.key),
            page=page.page_ptr,
            digest=composed.digest,
            links_wait=self.atlas.waited,
            at=self.now,
        )
        if not self.atlas.waited:
            self.notes += composed.notes(article.title)
        return page

    def complete(self, item: ArticlePlan, row: ImportedThing) -> None:
        """Second pass: links to what did not exist yet, if nobody changed the text."""
        composed = self.compose(item.article)
        complete(PostPage.objects.get(pk=row.page_id), row, composed)
        self.notes += composed.notes(item.article.title)

    def add_comments(self, item: ArticlePlan) -> None:
        """Comments that a later file shows, below an article brought over before."""
        with transaction.atomic():
            self._comments(PostPage.objects.get(pk=item.page_id), item.article)

    def _author(self, name: str) -> Author:
        for author in Author.objects.all():
            if fold(author.name) == fold(name):
                return author
        self.authors += 1
        return Author.objects.create(
            name=name[:120],
            slug=_free_slug(Author, name),
            bio=self.inventory.words_of(name)[:1200],
        )

    def _category(self, name: str) -> Category:
        if found := categories_by_name().get(squash(name)):
            return found
        self.categories += 1
        return Category.objects.create(name=name[:80], slug=_free_slug(Category, name))

    def _comments(self, page: PostPage, article: Article) -> None:
        parent = None
        for comment, at in article.comments:
            made = self._comment(page, article, comment, at, parent)
            parent = parent if comment.is_answer else made

    def _comment(
        self,
        page: PostPage,
        article: Article,
        comment: OldComment,
        at: datetime | None,
        parent: Comment | None,
    ) -> Comment | None:
        key = comment_key(article.key, comment)
        if ImportedThing.objects.filter(kind=Kind.COMMENT, key=key).exists():
            return None
        if len(comment.text) > 4000:
            self.notes.append(Note(article.title, "commentaire coupé à 4\u00a0000 signes"))
        made = keep_comment(page, comment, at or page.date + timedelta(minutes=1), parent)
        ImportedThing.objects.create(kind=Kind.COMMENT, key=key, at=self.now)
        self.comments += 1
        return made


def keep_comment(
    page: PostPage, comment: OldComment, at: datetime, parent: Comment | None
) -> Comment:
    """A comment that the old site showed shows here too. No address was ever known."""
    made = Comment.objects.create(
        post=page,
        parent=parent,
        name=(comment.name or NAMELESS)[:80],
        text=comment.text[:4000],
        created_at=at,
        state=CommentState.APPROVED,
        state_changed_at=at,
        announced=True,
    )
    CommentEvent.objects.create(
        subject=made, at=at, transition="import", to_state=made.state, role=SYSTEM.role.value
    )
    return made


def _free_slug(model: type[Author] | type[Category], name: str) -> str:
    wanted = slugify(name)[:70] or "sans-nom"
    taken = set(model.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug
