"""What the apps do once a backup is back, before the site starts again."""

from django.dispatch import Signal

#: Sent with `now`, after migrations, erasures and jobs. A receiver returns one line that says what
#: it did, or an empty one.
restored = Signal()
