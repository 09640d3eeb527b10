"""What the training module holds about people, why, and for how long."""

from . import enrolments, quality, running  # noqa: F401 - each registers its models
