"""Demonstration of the institutional pages: the whole tree, in original texts and drawings."""

from .load import finish, load

__all__ = ["finish", "load"]
