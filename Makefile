# Everything a newcomer guesses; `make` alone lists it. Needs Python 3.11 or newer, make and git.

# The newest Python that can make a virtual environment; `make PYTHON=/path/to/python …` decides otherwise.
ifndef PYTHON
PYTHON := $(shell for each in python3.13 python3.12 python3.11 python3 python; do \
	"$$each" -c 'import sys, venv, ensurepip, sqlite3; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$each" && break; done)
endif

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Re-made when what is to be installed changes.
TO_RUN := $(VENV)/.made-to-run
TO_DEVELOP := $(VENV)/.made-to-develop

# Each test process starts its own PostgreSQL; more than four of them gain nothing.
WORKERS ?= auto
PARALLEL := --numprocesses $(WORKERS) --maxprocesses 4
PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.PHONY: help run test faults lint format types contracts check bundle docs pictures bench lock upgrade clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(TO_RUN) ## Start Fallow and open it in the browser
	@$(BIN)/fallow

test: $(TO_DEVELOP) ## Run all tests, on SQLite and PostgreSQL; the browser's too where there is a Chromium
	$(PYTEST) $(PARALLEL) --ignore=tests/browser
	@# On their own: Playwright leaves an event loop running in its process.
	$(PYTEST) $(PARALLEL) tests/browser

faults: $(TO_DEVELOP) ## Crash real processes many times, send all that is odd to every field (takes a while)
	FALLOW_FAULTS=full $(PYTEST) tests/faults tests/host/routes

lint: $(TO_DEVELOP) ## Check style
	$(BIN)/ruff check

format: $(TO_DEVELOP) ## Sort imports and mend what can be mended by itself
	$(BIN)/ruff check --fix

types: $(TO_DEVELOP) ## Check types
	$(BIN)/mypy

contracts: $(TO_DEVELOP) ## Check what may import what, sizes, and the plugin interface
	$(PYTEST) tests/contract

check: lint types test ## Everything that must hold before a commit

bundle: $(TO_DEVELOP) ## Build the executable and try it out
	$(BIN)/python build/make.py
	$(BIN)/python build/smoke.py

docs: $(TO_DEVELOP) ## Make the pages that are made from the code
	$(BIN)/python build/hooks_page.py

pictures: $(TO_DEVELOP) ## Take the pictures in docs/images anew, in a real browser
	$(BIN)/python build/pictures.py

bench: $(TO_DEVELOP) ## Measure; `make bench NAME=sweep` for one
	$(BIN)/python bench $(NAME)

lock: $(TO_DEVELOP) ## Bring constraints.txt in step with pyproject.toml
	$(PIP) install uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
		--no-header --no-annotate --no-emit-index-url $(UPGRADE) --quiet --output-file constraints.txt

upgrade: ## Take the newest of every dependency into constraints.txt
	$(MAKE) lock UPGRADE=--upgrade

clean: ## Throw away what was built (never your data)
	rm -rf .work dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(TO_RUN): pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install --editable . --constraint constraints.txt
	@touch $@

$(TO_DEVELOP): pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install --editable '.[dev]' --constraint constraints.txt
	@touch $@ $(TO_RUN)

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Fallow needs Python 3.11 or newer with venv (Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)
