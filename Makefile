# Two commands do all the set-up on a machine that has Python >= 3.11 (with venv), make and git:
#   make demo    the race of the built-in ledger, printed and as a page
#   make test    the whole suite
# PYTHON=... chooses the interpreter, VENV=... the environment. Everything made here lives in .venv and build.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
HOME_OF_DEMO := build/demo-home

.DEFAULT_GOAL := help
.PHONY: help demo test browser check format docs bench evaluate lock clean

help:
	@grep -E '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) | awk -F ':.*## ' '{ printf "  make %-9s %s\n", $$1, $$2 }'

# A stamp is written last, so an interrupted install is begun again and a finished one costs nothing.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'make: $(PYTHON) is not Python 3.11 or newer; name one: make PYTHON=python3.12 ...' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -f $@; exit 1; }

$(VENV)/core.stamp: requirements/core.txt pyproject.toml | $(BIN)/python
	@echo 'Installing the locked dependencies in $(VENV) ...'
	@$(PIP) install --require-hashes --only-binary :all: -r requirements/core.txt
	@$(PIP) install --no-deps --no-index --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/core.stamp
	@echo 'Installing the locked tools in $(VENV) ...'
	@$(PIP) install --require-hashes --only-binary :all: -r requirements/dev.txt
	@touch $@

$(VENV)/bench.stamp: requirements/bench.txt $(VENV)/dev.stamp
	@$(PIP) install --require-hashes --only-binary :all: -r requirements/bench.txt
	@touch $@

demo: $(VENV)/core.stamp ## the race of the built-in ledger on two dates, and a page of it
	@FRONTRUNNER_HOME=$(HOME_OF_DEMO) $(BIN)/frontrunner demo

test: $(VENV)/dev.stamp browser ## the whole suite
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

browser: ## bring chromium for the tests of the pages, where it is absent and we may
	@scripts/browser.sh

check: $(VENV)/dev.stamp ## lint, format, types, imports, sizes, generated docs, addresses
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/python scripts/sizes.py
	$(BIN)/python scripts/addresses.py
	$(BIN)/python scripts/docs.py --check

format: $(VENV)/dev.stamp ## rewrite the code in the house format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/dev.stamp ## regenerate docs/reference from the code
	$(BIN)/python scripts/docs.py

bench: $(VENV)/bench.stamp ## measure speed and memory
	@$(BIN)/python -m bench

evaluate: $(VENV)/dev.stamp ## score the answers against the records beside the checkout
	@$(BIN)/python -m evaluation

# Needs uv on the PATH. The files name no index and no path, so that any mirror can serve them.
UV_COMPILE := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
  --no-header --no-annotate --no-emit-index-url
lock: ## resolve the dependencies anew (needs uv and the network)
	$(UV_COMPILE) --upgrade --group build --extra fast --output-file requirements/core.txt
	$(UV_COMPILE) --upgrade --group build --group dev --all-extras --constraints requirements/core.txt --output-file requirements/dev.txt
	$(UV_COMPILE) --upgrade --group build --group dev --group bench --all-extras --constraints requirements/dev.txt --output-file requirements/bench.txt

clean: ## remove the environment and everything built
	rm -rf $(VENV) build
