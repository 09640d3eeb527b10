"""Demonstration of the training module: a catalogue, and sessions that have lived."""

from .load import load

__all__ = ["load"]
