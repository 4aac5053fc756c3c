# All that these targets make lies in .venv/ and var/, which git ignores.
# The environment of the caller is the configuration: see gvc_catalogue/settings.py.

PYTHON ?= python3
SIZE ?= 1000000
ROUNDS ?= 40
BIN := .venv/bin
# Before there is an environment, any Python.
ANY_PYTHON = $(if $(wildcard $(BIN)/python),$(BIN)/python,$(PYTHON))
MANAGE := $(BIN)/python manage.py

# Empty is the same as not given.
override PORT := $(or $(strip $(PORT)),8000)
export PORT
# Compiled Python goes to var/ too, not beside the sources. Without it each process compiles all that it imports.
export PYTHONPYCACHEPREFIX := $(CURDIR)/var/pycache
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run dev test bench soak lint format lock clean venv prepare preflight
# What is wrong is said first, before anything is installed.
.NOTPARALLEL:

help: ## list the targets
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 14

run: prepare var/static/.stamp ## serve the catalogue on http://127.0.0.1:8000 (PORT= and DATABASE_URL= change where)
	@exec $(BIN)/gunicorn gvc_catalogue.wsgi

dev: export DEBUG := yes
dev: override export BIND := 127.0.0.1
dev: prepare ## the same with reload and debug pages
	@exec $(MANAGE) runserver 127.0.0.1:$(PORT)

test: .venv/.stamp-dev ## all tests: format, lint, types, SQLite, PostgreSQL, Chromium
	@$(BIN)/python -m tests.run

# PORT is left alone: it takes free ones, so that a catalogue that runs is not in the way.
bench: .venv/.stamp var/static/.stamp ## the benchmark's figures (SIZE= programmes, several between commas; ROUNDS= requests a class)
	@SIZE='$(SIZE)' ROUNDS='$(ROUNDS)' $(BIN)/python -m tests.benchmarks.bench

soak: .venv/.stamp-dev var/static/.stamp ## the full load, fault and attack suites with their figures (more than an hour)
	@$(BIN)/python -m tests.run --soak

lint: .venv/.stamp-dev ## format, lint, types and templates only
	@$(BIN)/python -m tests.run --static

# djade calls it a failure when it changed a file; `make lint` tells whether all is well.
format: .venv/.stamp-dev ## reformat and repair what can be repaired
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	git ls-files -z --cached --others --exclude-standard 'templates/*.html' | xargs -0r $(BIN)/djade --target-version 5.2 || true

# uv stands in an environment of its own: it makes the lock files and is no part of them.
lock: var/uv/bin/uv ## renew the lock files from pyproject.toml
	$(COMPILE) -o requirements.txt
	$(COMPILE) --extra dev -c requirements.txt -o requirements-dev.txt
	@! grep -nE '://|index-url' requirements.txt requirements-dev.txt

COMPILE := var/uv/bin/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url

var/uv/bin/uv:
	$(PYTHON) -m venv var/uv
	var/uv/bin/pip install --quiet uv

# The database and the secret stay: they cannot be made again.
clean: ## remove what can be made again (not the catalogue's database)
	rm -rf .venv
	mkdir -p var && find var -mindepth 1 -maxdepth 1 ! -name 'catalogue.sqlite3*' ! -name secret_key -exec rm -rf {} +

venv: .venv/.stamp-dev ## only the environment, with the tools for development

# What `run` and `dev` have in common; quick when nothing changed.
prepare: preflight .venv/.stamp
	@$(BIN)/python -m gvc_catalogue.database_check
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_catalogue --if-empty
	@$(MANAGE) rebuild_index --if-missing

# Values of the environment, folders and the port; standard library only.
preflight:
	@$(call IS_PYTHON,$(ANY_PYTHON))
	@$(ANY_PYTHON) -m gvc_catalogue.preflight

.venv/.stamp: requirements.txt | .venv/bin/python
	@echo "Installing what the catalogue runs on ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.stamp-dev: requirements-dev.txt | .venv/bin/python
	@echo "Installing what the catalogue and its tests run on ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# Debian leaves venv out of its Python; --clear mends an environment that was left half made.
.venv/bin/python:
	@$(call IS_PYTHON,$(PYTHON))
	@$(HAS_VENV) || { test "$$(id -u)" = 0 && $(INSTALL_VENV) && $(HAS_VENV); } \
		|| { echo "Python lacks its venv module; type: sudo apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv

IS_PYTHON = $(1) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	|| { echo "Python 3.11 or newer is needed; say where it is: make PYTHON=/path/to/python3" >&2; exit 1; }
HAS_VENV = $(PYTHON) -c 'import ensurepip' 2>/dev/null
# What apt-get says is shown only when it fails.
INSTALL_VENV = { mkdir -p var && { $(APT_GET) update -qq && $(APT_GET) install -y -qq --no-install-recommends \
	python3-venv; } >var/apt.log 2>&1 || { cat var/apt.log >&2; false; }; }
APT_GET := DEBIAN_FRONTEND=noninteractive apt-get

# Compressing takes seconds, so only when a file, a folder or a package changed.
var/static/.stamp: .venv/.stamp $(shell find static 2>/dev/null)
	@echo "Collecting the static files ..."
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@
