from .comments import Comment, CommentEvent
from .pages import BlogIndexPage, PostPage
from .taxonomy import Author, Category, PostTag

__all__ = [
    "Author",
    "BlogIndexPage",
    "Category",
    "Comment",
    "CommentEvent",
    "PostPage",
    "PostTag",
]
