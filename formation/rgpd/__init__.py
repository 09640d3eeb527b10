"""What the training module holds about people, why, and for how long."""

# Each registers its models.
from . import (  # noqa: F401
    enrolments,
    messages,
    quality,
    requests,
    running,
    surveys,
    tailored,
    trainers,
)
