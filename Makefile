SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# PYTHON= names the Python that makes .venv; otherwise it is the first that is new enough.
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT PYTHON

define free_port
@if (exec 3<>"/dev/tcp/$(HOST)/$(PORT)") 2>/dev/null; then \
	echo "Port $(PORT) on $(HOST) is taken: stop what listens there, or choose another with PORT=8001." >&2; exit 1; \
fi
endef

run:  ## Bring everything up to date and serve the site on http://127.0.0.1:8000/ (PORT=, HOST=)
	$(free_port)
	@.ci/set-up requirements.txt .venv/bin/python manage.py prepare
	$(free_port)
	@echo "Express Entry Record: http://$(HOST):$(PORT)/ (Ctrl-C stops it)"
	@echo "To edit: .venv/bin/python manage.py createsuperuser makes the first editor, who signs in at /admin/"
	@exec .venv/bin/gunicorn expressentry.wsgi

test: dev  ## Set up what the tests need and run all of them
	@tests/run

update:  ## Fetch the newest draws, print what they change, and ask before publishing
	@.ci/set-up requirements.txt .venv/bin/python manage.py prepare
	@.venv/bin/python manage.py import_draws --ask

# A line break at the end of an inline template would show as a space, and djade wants one.
lint: dev  ## Check style, layers, types, templates, and that the pins are complete
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/djade --target-version 5.2 --check $$(find templates -name '*.html' -not -path '*/inline/*')
	@.venv/bin/lint-imports --no-logo
	@.venv/bin/mypy
	@.venv/bin/python .ci/pins.py requirements.txt requirements-dev.txt

bench: dev  ## Measure pages, search and first paint against their budgets (needs wrk, nginx, PostgreSQL, Chromium)
	@type -P wrk >/dev/null || .ci/install wrk
	@.venv/bin/python -m tests.benchmarks.search
	@.venv/bin/python -m tests.benchmarks.starts
	@.venv/bin/python -m tests.benchmarks.warm
	@.venv/bin/python -m tests.benchmarks.pages
	@DJANGO_SETTINGS_MODULE=tests.settings .venv/bin/python -m tests.benchmarks.sheets
	@DJANGO_SETTINGS_MODULE=tests.settings .venv/bin/python -m tests.benchmarks.ledger
	@.venv/bin/python -m tests.benchmarks.paint

drills: dev  ## Break parts of the running site, and count what readers notice (needs nginx, PostgreSQL, Redis)
	@type -P nginx >/dev/null || [ -x /usr/sbin/nginx ] || .ci/install nginx-light
	@.venv/bin/pytest --quiet --override-ini 'python_files=drill_*.py' tests/drills

requirements: packages  ## Pin the newest versions that requirements*.in allow
	@.venv/bin/python -m uv --version >/dev/null 2>&1 || .venv/bin/pip install -qq --disable-pip-version-check uv
	@for name in requirements requirements-dev; do \
		.venv/bin/python -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --no-strip-extras \
			--generate-hashes --no-annotate --no-emit-index-url --custom-compile-command "make requirements" \
			$$name.in --output-file $$name.txt || exit 1; \
	done

fixtures: packages  ## Make fixtures/ from the collected sources (DATA=folder)
	@test -d "$(DATA)" || { echo "Say where the sources are: make fixtures DATA=folder" >&2; exit 2; }
	@.venv/bin/python fixtures/build.py "$(DATA)"

messages: packages  ## Collect the texts to translate, and compile locale/ (needs gettext)
	@.venv/bin/python manage.py makemessages --locale fr --no-location --no-obsolete --ignore .venv --ignore staticfiles --ignore tests
	@.venv/bin/python manage.py compilemessages --locale fr --ignore .venv

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-14s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

packages:
	@.ci/set-up requirements.txt

dev:
	@.ci/set-up requirements-dev.txt

.PHONY: run test update lint bench drills requirements fixtures messages help packages dev
