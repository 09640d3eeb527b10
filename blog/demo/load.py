"""Loads the blog; what staff has changed is left as it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from blog.models import Author, BlogIndexPage, Category, PostPage
from home.demo.build import Block
from home.demo.pictures import picture
from home.models import CustomImage, HomePage
from site_enys.demo import demo_page

from . import posts_on_institutions as institutions
from . import posts_on_trade as trade
from .comments import add_comments

CATEGORIES = {
    "metier": (
        "Le métier",
        "Ce que fait un ingénieur social, et ce que les équipes lui apprennent.",
    ),
    "evaluation": (
        "Évaluation",
        "Préparer, conduire et utiliser une évaluation, sans perdre de vue les personnes.",
    ),
    "participation": (
        "Participation",
        "Décider avec celles et ceux que la décision concerne.",
    ),
    "organisation": (
        "Organisation",
        "Contrats, projets, temps de travail : ce qui tient une équipe ensemble.",
    ),
}


@dataclass(frozen=True)
class DemoPost:
    days_ago: int
    slug: str
    title: str
    author: str
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    introduction: str
    body: list[Block]


POSTS = (
    DemoPost(
        12,
        "preparer-evaluation-has",
        "Préparer l’évaluation HAS sans s’y perdre",
        "sylvie-yonli",
        ("evaluation",),
        ("évaluation", "HAS", "qualité"),
        "Trois méthodes, beaucoup de critères et une équipe déjà chargée : par où commencer, et à "
        "quoi renoncer.",
        institutions.EVALUATION,
    ),
    DemoPost(
        47,
        "participation-au-dela-du-cvs",
        "La participation commence après le conseil de la vie sociale",
        "sylvie-yonli",
        ("participation",),
        ("participation", "droits des personnes", "CVS"),
        "Une instance conforme ne suffit pas. Ce qui change quand une décision est encore ouverte.",
        institutions.PARTICIPATION,
    ),
    DemoPost(
        118,
        "recherche-action-mode-d-emploi",
        "La recherche-action, mode d’emploi pour équipes pressées",
        "karim-belkacem",
        ("metier",),
        ("recherche-action", "DEIS", "méthode"),
        "Comprendre une situation en essayant de la transformer : une méthode exigeante, et ce "
        "qu’elle n’est pas.",
        trade.ACTION_RESEARCH,
    ),
    DemoPost(
        203,
        "cpom-une-histoire-a-raconter",
        "Le CPOM, une histoire à raconter avant d’être un budget",
        "karim-belkacem",
        ("organisation",),
        ("CPOM", "pilotage", "association"),
        "Préparer un contrat pluriannuel avec le territoire, les équipes et peu d’objectifs.",
        institutions.CONTRACT,
    ),
    DemoPost(
        309,
        "analyse-des-pratiques-temps-perdu",
        "Analyse des pratiques : deux heures pour ne pas aller plus vite",
        "sylvie-yonli",
        ("metier", "organisation"),
        ("analyse des pratiques", "équipe", "prévention"),
        "Pourquoi protéger un temps dont il ne sort aucun plan d’action.",
        trade.PRACTICE,
    ),
    DemoPost(
        420,
        "services-a-la-personne-qualite",
        "Services à la personne : la qualité entre deux portes",
        "karim-belkacem",
        ("organisation",),
        ("services à la personne", "domicile", "qualité", "recrutement"),
        "Ce que voient les intervenantes à domicile, et comment un service peut en prendre soin.",
        institutions.HOME_HELP,
    ),
    DemoPost(
        565,
        "que-fait-un-ingenieur-social",
        "Que fait un ingénieur social de ses journées ?",
        "sylvie-yonli",
        ("metier",),
        ("ingénierie sociale", "DEIS", "méthode"),
        "Ni casque ni calculs : le travail de celui qui construit une question avant une réponse.",
        trade.ENGINEER,
    ),
    DemoPost(
        718,
        "ingenierie-sociale-etre-acteur",
        "L’ingénierie sociale pour être acteur de l’intervention sociale et médico-sociale",
        "sylvie-yonli",
        ("metier", "participation"),
        ("ingénierie sociale", "intervention sociale", "participation"),
        "Reprendre la main sur le récit de son travail, du diagnostic à l’évaluation.",
        trade.ACTOR,
    ),
)


def load(now: datetime) -> str:
    """Make the blog, its authors, articles and comments that do not exist yet."""
    blog, _ = demo_page(
        HomePage.objects.get(),
        BlogIndexPage,
        "blog",
        title="Blog",
        show_in_menus=True,
        introduction=(
            "Notes de terrain et de méthode, pour celles et ceux qui font vivre l’action sociale."
        ),
    )
    authors = _authors()
    categories = {slug: _category(slug, *words) for slug, words in CATEGORIES.items()}
    made = 0
    for row in POSTS:
        made += _post(blog, row, authors, categories, now)
    return f"{made} articles créés"


def _authors() -> dict[str, Author]:
    rows = (
        (
            "sylvie-yonli",
            "Sylvie Yonli",
            "Consultante",
            (
                "Ingénieure sociale, Sylvie Yonli a longtemps travaillé auprès des équipes avant "
                "de les conseiller. Elle écrit sur l’évaluation, la participation et le métier."
            ),
        ),
        (
            "karim-belkacem",
            "Karim Belkacem",
            "Formateur et chargé d’études",
            (
                "Venu de l’aide à domicile, Karim Belkacem forme des cadres et mène des études de "
                "territoire. Il s’intéresse à ce que les organisations font au travail."
            ),
        ),
    )
    return {
        slug: Author.objects.get_or_create(
            slug=slug, defaults={"name": name, "role": role, "bio": bio}
        )[0]
        for slug, name, role, bio in rows
    }


def _category(slug: str, name: str, description: str) -> Category:
    words = {"name": name, "description": description}
    return Category.objects.get_or_create(slug=slug, defaults=words)[0]


def _post(
    blog: BlogIndexPage,
    row: DemoPost,
    authors: dict[str, Author],
    categories: dict[str, Category],
    now: datetime,
) -> bool:
    day = timezone.localtime(now - timedelta(days=row.days_ago))
    post, new = demo_page(
        blog,
        PostPage,
        row.slug,
        title=row.title,
        author=authors[row.author],
        date=day.replace(hour=9, minute=0, second=0, microsecond=0),
        introduction=row.introduction,
        body=row.body,
        image=_picture() if row.days_ago < 30 else None,
    )
    if new:
        post.categories = [categories[slug] for slug in row.categories]
        post.tags.add(*row.tags)
        post.save_revision(log_action=True).publish()
        add_comments(post, now)
    return new


def _picture() -> CustomImage:
    return picture(
        "Une équipe autour d’une question",
        "Dessin au trait sur papier clair : des personnes reliées entre elles par des fils.",
        "equipe-question",
        "papier",
        30,
    )
