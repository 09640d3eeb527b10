"""How gunicorn serves the site: `python -m gunicorn -c deploy/gunicorn_conf.py site_enys.wsgi`.

Only gunicorn, the standard library and `site_enys.logs`; what depends on the machine is an option.
"""

from gunicorn.glogging import Logger

from site_enys.logs import gunicorn_config


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
# A process is renewed before it has grown; with kept pages, 5 000 requests last three seconds.
max_requests = 100_000
max_requests_jitter = 20_000
logger_class = LinesOnDemand
# A line for each request, to whoever asks for it (`--access-logfile -`): neither the visitor's
# address, nor the page that she comes from, nor what she looks for.
access_log_format = "%(m)s %(U)s %(s)s %(B)s o %(M)s ms"
logconfig_dict = gunicorn_config()
# Larger than any line or header of an honest browser.
limit_request_line = 4_094
limit_request_fields = 60
limit_request_field_size = 8_190
forwarded_allow_ips = "127.0.0.1,::1"
