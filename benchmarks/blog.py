"""The blog grown to five thousand articles, then forgotten."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

from django.db import transaction
from django.utils import timezone

from benchmarks.copies import forgotten

SMALL, LARGE = 50, 5000
MAX_RATIO, MAX_QUERIES = 3, 15
CATEGORIES, TAGS, AUTHORS = 8, 60, 5
TEXT = "<h2>Mesurer</h2>" + "<p>Une équipe lit, compte, puis raconte ce qu’elle a vu. </p>" * 30


class Growth:
    """Articles over fifteen years, filed under categories and tags."""

    def __init__(self) -> None:
        from taggit.models import Tag  # noqa: PLC0415

        from blog.models import Author, BlogIndexPage, Category, PostPage  # noqa: PLC0415

        PostPage.objects.update(live=False)
        self.blog = BlogIndexPage.objects.get()
        self.categories = [
            Category.objects.create(name=f"Essai {number}", slug=f"essai-{number}")
            for number in range(CATEGORIES)
        ]
        self.tags = [
            Tag.objects.create(name=f"Mot d’essai {number}", slug=f"mot-essai-{number}")
            for number in range(TAGS)
        ]
        self.authors = [
            Author.objects.create(name=f"Autrice {number}", slug=f"autrice-{number}")
            for number in range(AUTHORS)
        ]
        self.serial = count(1)
        self.made = 0

    @transaction.atomic
    def to(self, wanted: int) -> None:
        new = [self.post(next(self.serial)) for _ in range(wanted - self.made)]
        self.file(new)
        self.made = wanted

    def post(self, number: int):
        """One published article, in two rows and without the work that a page brings about."""
        from benchmarks.scale import Growth as Courses  # noqa: PLC0415
        from blog.models import PostPage  # noqa: PLC0415

        post = PostPage(
            title=f"Article d’essai {number}",
            slug=f"article-essai-{number}",
            depth=self.blog.depth + 1,
            path=f"{self.blog.path}{1000 + number:04d}",
            url_path=f"{self.blog.url_path}article-essai-{number}/",
            live=True,
            locale=self.blog.locale,
            date=timezone.now() - timedelta(days=number * 15 * 365 / LARGE, minutes=1),
            author=self.authors[number % AUTHORS],
            introduction="Ce que nous avons mesuré.",
            body=[("paragraph", TEXT)],
        )
        post.page_ptr_id = Courses.page_of(post)
        post.pk = post.id = post.page_ptr_id
        post.save_base(raw=True, force_insert=True)
        return post

    def file(self, posts) -> None:
        from blog.models import Comment, PostPage, PostTag  # noqa: PLC0415

        through = PostPage.categories.through
        through.objects.bulk_create(
            [
                through(postpage_id=post.pk, category=self.categories[post.pk % CATEGORIES])
                for post in posts
            ],
            batch_size=500,
        )
        PostTag.objects.bulk_create(
            [
                PostTag(content_object=post, tag=self.tags[(post.pk * step) % TAGS])
                for post in posts
                for step in (1, 7)
                if step == 1 or (post.pk * 7) % TAGS != post.pk % TAGS
            ],
            batch_size=500,
        )
        comments = [
            Comment(
                post=post,
                name="Aïcha",
                text="Merci.",
                created_at=post.date,
                state="approved",
                state_changed_at=post.date,
            )
            for post in posts[::5]
        ]
        Comment.objects.bulk_create(comments, batch_size=500)


def addresses() -> Iterator[tuple[str, str]]:
    month = timezone.localtime() - timedelta(days=3)
    yield "blog", "/blog/"
    yield "blog, page 3", "/blog/?page=3"
    yield "archives", "/blog/archives/"
    yield "année", f"/blog/archives/{month:%Y}/"
    yield "mois", f"/blog/archives/{month:%Y/%m}/"
    yield "catégorie", "/blog/categorie/essai-1/"
    yield "étiquettes", "/blog/etiquettes/"
    yield "étiquette", "/blog/etiquette/mot-essai-7/"
    yield "autrice", "/blog/auteur/autrice-1/"
    yield "article", "/blog/article-essai-10/"


def compare(measure) -> None:
    """Print, for each page, its time at the large size over its time at the small one."""
    with forgotten():
        blog = Growth()
        blog.to(SMALL)
        small = {url: measure(url) for _, url in addresses()}
        blog.to(LARGE)
        print(f"\n{LARGE} articles, contre {SMALL} :\n")
        print(f"{'page':<28}{'rapport':>9}{'requêtes':>10}{'code':>6}  adresse")
        for name, url in addresses():
            duration, queries, status = measure(url)
            ratio = duration / small[url][0]
            grown = ratio > MAX_RATIO or queries > MAX_QUERIES
            note = f"  ← plus de {MAX_RATIO}× ou de {MAX_QUERIES} requêtes" if grown else ""
            print(f"{name:<28}{ratio:>8.1f}×{queries:>10}{status:>6}  {url}{note}")
