"""How gunicorn serves the site: `python -m gunicorn -c deploy/gunicorn_conf.py site_enys.wsgi`.

Only the standard library and `site_enys.logs`; what depends on the machine is an option.
"""

from site_enys.logs import gunicorn_config

workers = 2
threads = 4
keepalive = 10  # seconds; more than the proxy's, which is then the one to close
max_requests = 5_000
max_requests_jitter = 500
# It would lie in a home folder, which neither the unit nor the container has.
control_socket_disable = True
# A line for each request, to whoever asks for it (`--access-logfile -`): neither the visitor's
# address, nor the page that she comes from, nor what she looks for.
access_log_format = "%(m)s %(U)s %(s)s %(B)s o %(M)s ms"
logconfig_dict = gunicorn_config()
# Larger than any line or header of an honest browser.
limit_request_line = 4_094
limit_request_fields = 60
limit_request_field_size = 8_190
forwarded_allow_ips = "127.0.0.1,::1"
