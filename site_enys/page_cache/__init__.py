"""Whole public pages kept ready: which answers are everybody's, and until when they hold.

A view says that its answer is everybody's (`everybody`), an app says when its pages change by
themselves (`changes_by_itself`), `writes` sees what is written, and the middleware does the rest.
"""

from .instants import changes_by_itself
from .shared import everybody

__all__ = ["changes_by_itself", "everybody"]
