from .comments import Comment, CommentEvent, Conversation
from .imports import ImportedThing
from .pages import BlogIndexPage, PostPage
from .reports import CommentReport
from .taxonomy import Author, Category, PostTag

__all__ = [
    "Author",
    "BlogIndexPage",
    "Category",
    "Comment",
    "CommentEvent",
    "CommentReport",
    "Conversation",
    "ImportedThing",
    "PostPage",
    "PostTag",
]
