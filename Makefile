# Each command stands alone: it first brings the environment it needs. CONTRIBUTING.md says more.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON := .venv/bin/python
PORT ?= 8000
JOBS ?= 2
export PORT
# Compiled modules make every start but the first one quick.
unexport PYTHONDONTWRITEBYTECODE

PACKAGES := site_enys home formation recrutement blog search courrier rgpd deploy
TEMPLATES := find templates -name '*.html' -print0
PYTEST = $(PYTHON) -m pytest
ORDINARY := not e2e and not processes
# Named, so that the thousands of other tests are not read first.
WITH_PROCESSES := tests/faults tests/upgrades tests/site_enys/backups
FAULTS = $(PYTEST) -n $(JOBS) --dist loadfile -m processes $(WITH_PROCESSES)
# A database meant for PostgreSQL must not be seen by the SQLite run.
ON_SQLITE := env -u TEST_DATABASE_URL
ON_POSTGRESQL = $(PYTHON) tests/tools/with_postgres.py

.PHONY: help env env-dev env-next run serve guide words test test-sqlite test-postgresql test-processes \
	test-e2e test-proxy test-next endurance fuzz check format bench lock clean

help: ## cette liste
	@grep -hE '^[a-z0-9-]+:.*## ' Makefile | sed -E 's/^([a-z0-9-]+):.*## /  make \1\t/' | expand -t 26

# -- Environments -------------------------------------------------------------------------------

env:
	@sh deploy/environment.sh requirements.txt

env-dev:
	@sh deploy/environment.sh requirements-dev.txt

env-next:
	@sh deploy/environment.sh requirements-next.txt .venv-next

# -- The site -----------------------------------------------------------------------------------

run: env ## le site de démonstration sur 127.0.0.1:$PORT (8000)
	@$(PYTHON) -m deploy.local run

serve: env ## les mêmes données, servies comme en production, sur 127.0.0.1:$PORT
	@$(PYTHON) -m deploy.local serve

guide: env-dev ## les images de l'aide, prises sur les vrais écrans (SITE=http://… pour un site déjà en marche)
	@$(PYTHON) -m tests.tools.guide_pictures $(if $(SITE),--site $(SITE))

words: env-dev ## les mots de Wagtail corrigés : écrit django.mo d'après django.po
	@$(PYTHON) -m tests.tools.words

# -- Tests --------------------------------------------------------------------------------------

test: env-dev ## tous les tests : SQLite, PostgreSQL, processus, navigateur
	@status=0; \
	for part in test-sqlite test-postgresql test-processes test-e2e; do \
		$(MAKE) --no-print-directory $$part || status=1; \
	done; \
	exit $$status

test-sqlite: env-dev ## les tests sans navigateur, sur SQLite
	@echo "== Tests sur SQLite"
	@$(ON_SQLITE) $(PYTEST) -n $(JOBS) -m "$(ORDINARY)"

test-postgresql: env-dev ## les tests sans navigateur, sur un vrai PostgreSQL
	@echo "== Tests sur PostgreSQL"
	@$(ON_POSTGRESQL) $(PYTEST) -n $(JOBS) -m "$(ORDINARY)"

test-processes: env-dev ## les pannes : de vrais processus, tués ou coupés pendant qu'ils travaillent
	@echo "== Pannes"
	@$(ON_SQLITE) $(FAULTS)
	@$(ON_POSTGRESQL) $(FAULTS)

endurance: env-dev ## dix minutes d'usage pendant que tout tombe tour à tour (ENDURANCE, en secondes)
	@ENDURANCE=$${ENDURANCE:-600} $(ON_POSTGRESQL) $(PYTEST) -s tests/faults/test_endurance.py

test-e2e: env-dev ## les parcours dans un vrai Chromium
	@echo "== Tests dans le navigateur"
	@CHROMIUM="$$($(PYTHON) tests/tools/find_chromium.py)" && export CHROMIUM && \
		$(ON_SQLITE) $(PYTEST) -n $(JOBS) -m e2e tests/e2e

test-proxy: env-dev ## le site derrière nginx, comme en production (apt install nginx-light openssl)
	@echo "== Tests derrière nginx"
	@$(ON_SQLITE) $(PYTEST) -m processes tests/proxy

FUZZ_EXAMPLES ?= 60
fuzz: env-dev ## des requêtes hostiles par milliers (FUZZ_EXAMPLES, par adresse), graine affichée
	@seed=$$(od -An -N4 -tu4 /dev/urandom | tr -d ' '); \
		echo "== Requêtes hostiles, graine $$seed (--hypothesis-seed=$$seed)"; \
		$(ON_SQLITE) FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(PYTEST) -n $(JOBS) -q \
			--hypothesis-seed=$$seed tests/fuzz

test-next: env-next ## les tests sans navigateur, avec Wagtail 8
	@echo "== Tests avec Wagtail 8"
	@$(ON_SQLITE) .venv-next/bin/python -m pytest -n $(JOBS) -m "$(ORDINARY)"

# -- Quality ------------------------------------------------------------------------------------

# An empty database left in var/ would pass for somebody's own: `make run` would show no demonstration.
NO_DATA := DATABASE_URL=sqlite://:memory:

check: env-dev env-next ## mise en forme, règles, types, migrations, réglages de production
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	@$(TEMPLATES) | xargs -0 -r .venv/bin/djade --target-version 5.2 --check
	$(PYTHON) -m mypy $(PACKAGES)
	$(NO_DATA) $(PYTHON) manage.py makemigrations --check --dry-run
	$(NO_DATA) .venv-next/bin/python manage.py makemigrations --check --dry-run
	@ENV_FILE=.env.example DJANGO_SETTINGS_MODULE=site_enys.settings.production \
		SECRET_KEY="$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
		$(PYTHON) manage.py check --deploy --fail-level WARNING

format: env-dev ## met en forme Python et les gabarits
	@$(PYTHON) -m ruff check --fix-only --quiet .
	@$(PYTHON) -m ruff format .
	@$(TEMPLATES) | xargs -0 -r .venv/bin/djade --target-version 5.2

bench: env ## mesures de vitesse et de mémoire, en rapports
	@DATA_DIR="$${DATA_DIR:-$(CURDIR)/var/mesures}" $(PYTHON) -m deploy.local serve benchmarks.bench

# -- Upkeep -------------------------------------------------------------------------------------

COMPILE = $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header

lock: env-dev ## recalcule les verrous des dépendances (UPGRADE=--upgrade pour monter les versions)
	$(COMPILE) $(UPGRADE) --group uv -o requirements-uv.txt
	$(COMPILE) $(UPGRADE) pyproject.toml -o requirements.txt
	$(COMPILE) $(UPGRADE) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
	$(COMPILE) $(UPGRADE) pyproject.toml --group dev -o requirements-next.txt \
		--overrides requirements-next.in

clean: ## efface les environnements et les caches, jamais les données de var/
	rm -rf .venv .venv-next .pytest_cache .mypy_cache .ruff_cache
