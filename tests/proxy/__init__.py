"""The site as production runs it: nginx of `deploy/nginx/`, gunicorn, real ports."""
