"""How gunicorn serves the site: `python -m gunicorn -c deploy/gunicorn_conf.py site_enys.wsgi`.

Gunicorn, the standard library, what `site_enys` has without Django and `settings/env.py`; what
depends on the machine is an option. The line of each request is written by the site, with its
name: not here.
"""

import os
import shutil
import tempfile
from typing import Any

from gunicorn.glogging import Logger

from site_enys.logs import gunicorn_config
from site_enys.process_memory import stay_small
from site_enys.settings import env


class LinesOnDemand(Logger):
    """Gunicorn takes `logconfig_dict` for a wish of one line for each request."""

    @property
    def access_log_enabled(self) -> bool:
        return bool(self.cfg.accesslog)


workers = 2
threads = 4
keepalive = 10  # seconds; more than the proxy's, which is then the one to close
# It would lie in a home folder, which neither the unit nor the container has.
control_socket_disable = True
# A process is renewed before it has grown; with kept pages, 100 000 requests last ten seconds.
max_requests = 1_000_000
max_requests_jitter = 200_000
logger_class = LinesOnDemand
logconfig_dict = gunicorn_config(env.LOG_FORMAT or "json")
# Larger than any line or header of an honest browser.
limit_request_line = 4_094
limit_request_fields = 60
limit_request_field_size = 8_190
forwarded_allow_ips = "127.0.0.1,::1"

# -- Figures: the workers count in files of one folder, any of them answers for all ----------------

counted = "PROMETHEUS_MULTIPROC_DIR"


def on_starting(server: Any) -> None:
    stay_small()  # the workers, its copies, too
    if env.METRICS_TOKEN:
        os.environ[counted] = tempfile.mkdtemp(prefix="enys-figures-")


def pre_fork(server: Any, worker: Any) -> None:
    """Give the worker a place among the living: who replaces it goes on in the same files, so that
    they stay few however often workers are renewed."""
    taken = {other.place for other in server.WORKERS.values()}
    worker.place = next(place for place in range(len(taken) + 1) if place not in taken)


def post_fork(server: Any, worker: Any) -> None:
    if env.METRICS_TOKEN:
        from prometheus_client import values  # noqa: PLC0415 - reads the folder when it is loaded

        values.ValueClass = values.MultiProcessValue(lambda: worker.place)


def on_exit(server: Any) -> None:
    shutil.rmtree(os.environ.pop(counted, ""), ignore_errors=True)
