# The site, and the proxy that stands before it: compose.yaml builds both from this file.

FROM python:3.13-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /venv
WORKDIR /app
COPY requirements.txt ./
RUN /venv/bin/python -m pip install --require-hashes --no-deps --only-binary :all: -r requirements.txt
COPY . .
# These values serve for this line alone, and open nothing.
RUN DJANGO_SETTINGS_MODULE=site_enys.settings.production ENV_FILE=/dev/null DATA_DIR=/tmp/data \
    STATIC_DIR=/static SECRET_KEY=build ALLOWED_HOSTS=localhost \
    /venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && /venv/bin/python -m compileall -q /app /venv \
    && rm -rf /tmp/data

FROM python:3.13-slim-trixie AS site
# pg_dump, for the backups.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 enys \
    && useradd --system --uid 10001 --gid enys --no-create-home --home-dir /nonexistent enys \
    && install -d -o enys -g enys -m 0750 /data \
    && install -d -o enys -g enys -m 0755 /data/media /sauvegardes
COPY --from=build /venv /venv
COPY --from=build /static /static
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=site_enys.settings.production DATA_DIR=/data STATIC_DIR=/static
USER enys
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
    CMD ["python", "-m", "deploy.healthy"]
CMD ["python", "-m", "gunicorn", "-c", "deploy/gunicorn_conf.py", "site_enys.wsgi", "--bind", "0.0.0.0:8000"]

FROM nginx:1.28-alpine AS proxy
ARG NAMES="www.enys-conseil.example enys-conseil.example"
COPY deploy/nginx /etc/nginx/enys
COPY --from=build /static /srv/enys/var/static
# The site's container may change its address: nginx asks again.
RUN rm /etc/nginx/conf.d/default.conf \
    && sed -i -e "s/www.enys-conseil.example enys-conseil.example/$NAMES/" \
        -e "s#live/www.enys-conseil.example#live/site#" \
        -e "s#server 127.0.0.1:8000 .*#zone enys 64k; resolver 127.0.0.11 valid=5s; server web:8000 resolve;#" \
        /etc/nginx/enys/enys.conf \
    && ln -s /etc/nginx/enys/enys.conf /etc/nginx/conf.d/enys.conf \
    && ln -sf /dev/stdout /var/log/nginx/enys.log \
    && ln -sf /dev/stderr /var/log/nginx/enys-erreurs.log
