SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT PYTHON

PIP_INSTALL := .venv/bin/pip install -qq --disable-pip-version-check --no-input --require-hashes

run: free-port .env staticfiles/staticfiles.json  ## Set up what is missing and serve the site on http://127.0.0.1:8000/ (PORT=, HOST=)
	@mkdir -p var
	@.venv/bin/python manage.py prepare
	@echo "Express Entry Record: http://$(HOST):$(PORT)/ (Ctrl-C stops it)"
	@echo "To edit: .venv/bin/python manage.py createsuperuser makes the first editor, who signs in at /admin/"
	@exec .venv/bin/gunicorn expressentry.wsgi

test: .venv/requirements-dev.stamp  ## Set up what the tests need and run all of them
	@tests/run

lint: .venv/requirements-dev.stamp  ## Check style and order of imports
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .

requirements: .venv/requirements-dev.stamp  ## Pin the newest versions that requirements*.in allow
	@.venv/bin/python -m uv --version >/dev/null 2>&1 || .venv/bin/pip install -qq --disable-pip-version-check uv
	@for name in requirements requirements-dev; do \
		.venv/bin/python -m uv pip compile --quiet --upgrade --universal --python-version 3.10 --generate-hashes \
			--no-annotate --no-emit-index-url --custom-compile-command "make requirements" \
			$$name.in --output-file $$name.txt || exit 1; \
	done

fixtures: .venv/requirements.stamp  ## Make fixtures/ from the collected sources (DATA=folder)
	@test -d "$(DATA)" || { echo "Say where the sources are: make fixtures DATA=folder" >&2; exit 2; }
	@.venv/bin/python fixtures/build.py "$(DATA)"

messages: .venv/requirements.stamp  ## Collect the texts to translate, and compile locale/ (needs gettext)
	@.venv/bin/python manage.py makemessages --locale fr --no-location --ignore .venv --ignore staticfiles --ignore tests
	@.venv/bin/python manage.py compilemessages --locale fr --ignore .venv

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-14s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

free-port:
	@if (exec 3<>"/dev/tcp/$(HOST)/$(PORT)") 2>/dev/null; then \
		echo "Port $(PORT) on $(HOST) is taken: stop what listens there, or choose another with PORT=8001." >&2; exit 1; \
	fi

.venv/bin/pip:
	@.ci/venv

.venv/requirements.stamp: requirements.txt | .venv/bin/pip
	@echo "Installing the packages of $<"
	@$(PIP_INSTALL) -r $<
	@touch $@

.venv/requirements-dev.stamp: requirements-dev.txt | .venv/bin/pip
	@echo "Installing the packages of $<"
	@$(PIP_INSTALL) -r $<
	@touch $@ .venv/requirements.stamp

.env: | .venv/bin/pip
	@umask 077; echo "DJANGO_SECRET_KEY=$$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))')" > $@

staticfiles/staticfiles.json: $(shell find static) .venv/requirements.stamp | .env
	@echo "Collecting static files"
	@.venv/bin/python manage.py collectstatic --noinput --clear --verbosity 0

.PHONY: run test lint requirements fixtures messages help free-port
