from .comments import Comment, CommentEvent, Conversation
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
    "PostPage",
    "PostTag",
]
