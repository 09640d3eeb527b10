"""Several commands of manage.py in one process: `python -m deploy.prepare migrate load_demo`."""

import gc
import sys

import django
from django.core.management import call_command

if __name__ == "__main__":
    # They make a great many objects that stay: looking for garbage among them takes a fifth of
    # their time.
    gc.set_threshold(200_000, 20, 100)
    django.setup()
    for command in sys.argv[1:]:
        call_command(command, verbosity=0)
