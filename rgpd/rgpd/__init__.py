"""What the foundation and this app hold about people.

Registered here because the foundation comes before this app and does not know it.
"""

from . import accounts, editors, journals, rights  # noqa: F401 - each registers its models
