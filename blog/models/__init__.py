from .comments import Comment, CommentEvent
from .imports import ImportedThing
from .pages import BlogIndexPage, PostPage
from .taxonomy import Author, Category, PostTag

__all__ = [
    "Author",
    "BlogIndexPage",
    "Category",
    "Comment",
    "CommentEvent",
    "ImportedThing",
    "PostPage",
    "PostTag",
]
