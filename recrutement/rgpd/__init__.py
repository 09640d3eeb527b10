"""What recruitment holds about people, why, and until when (`services/retention.py`)."""

from . import applications, pool

__all__ = ["applications", "pool"]
