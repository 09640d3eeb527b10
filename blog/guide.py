"""The chapters of « Aide » about articles, tags and comments."""

from site_enys.chapters import Chapter, add_chapters

PART = "Le blog"
WRITERS = "blog.view_comment"

add_chapters(
    Chapter(
        "article",
        PART,
        "Écrire un article",
        "Titre, signature, classement, publication.",
        "blog/guide/article.html",
        WRITERS,
        ("wagtailsnippets_blog_author:", "wagtailsnippets_blog_category:"),
    ),
    Chapter(
        "etiquettes",
        PART,
        "Les étiquettes",
        "En donner peu, et garder l’ordre.",
        "blog/guide/tags.html",
        WRITERS,
        ("blog_tags", "blog_tags_merge", "blog_tag_rename", "blog_tag_delete"),
    ),
    Chapter(
        "commentaires",
        PART,
        "Les commentaires",
        "Lire, publier ou refuser, répondre.",
        "blog/guide/comments.html",
        WRITERS,
        ("wagtailsnippets_blog_comment:", "blog_answer_comment"),
    ),
)
