"""Demonstration of the blog: two years of original articles, and what readers answered."""

from .load import load

__all__ = ["load"]
