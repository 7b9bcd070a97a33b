# Everything a contributor runs, each target doing its own set-up from a fresh clone.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
UV ?= $(firstword $(wildcard .venv/bin/uv) uv)
BENCHES ?= ack declare

# Every process of every run would compile every module again otherwise, and there are hundreds of them.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
STAMP := .venv/.stamp
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input
LOCK := pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
CORE := incident policy privacy
# Stories wait for sockets, browsers and databases half of their time, so more of them are told than there are processors.
AT_ONCE := 4
SHIPPED := bot handlers views delivery storage web sandbox bench

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help .venv demo test test-long test-browser lint core bench surfaces lock clean

help:  ## list what make can do
	@awk -F ':.*## ' '/^[a-z.-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv: $(STAMP)  ## build the environment in .venv, from the hash-pinned lock

$(STAMP): requirements/dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or newer with its venv module was found; set PYTHON=/path/to/python3" >&2; exit 1; }
	@rm -f $@
	@echo "Preparing .venv; the first time takes a minute or two."
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@$(PIP) --require-hashes -r requirements/dev.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(STAMP)  ## try Tocsin in a Slack workspace on this machine
	@$(BIN)/tocsin demo

test: $(STAMP)  ## every gate, then every test that the gates have not run
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target lint core
	@$(BIN)/python -m pytest -n $(AT_ONCE) $(CORE:%=--ignore=tests/%) --ignore=tests/views

test-long: $(STAMP)  ## every story, the long ones too, over sockets and HTTP, on SQLite and PostgreSQL (a quarter of an hour)
	@TOCSIN_LONG=1 $(BIN)/python -m pytest -n auto --maxprocesses 4

test-browser: $(STAMP)  ## the stories that need a browser; fails where there is no Chromium
	@TOCSIN_BROWSER=required $(BIN)/python -m pytest tests -m browser

lint: $(STAMP)  ## style, format, types, import contracts, and what is known to be weak
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/bandit --quiet --recursive $(SHIPPED)
	@.ci/audit $(BIN)

core: $(STAMP)  ## the own tests of core and views, which must reach every branch of them
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 $(CORE:%=tests/%) -q $(CORE:%=--cov=bot/%) --cov-fail-under=100
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 tests/views -q --cov=views --cov-fail-under=100

bench: $(STAMP)  ## what it costs, short; BENCHES="ack storm" picks
	@for name in $(BENCHES); do $(BIN)/python -m bench $$name --short || exit 1; done

surfaces: $(STAMP)  ## picture every surface into docs/surfaces (needs a Chromium and an emoji font)
	@$(BIN)/python -m tests.surfaces

lock:  ## compile requirements/ again from pyproject.toml (needs uv: pipx install uv)
	@command -v $(UV) >/dev/null || { echo "make: the lock is compiled with uv, which was not found: pipx install uv, or set UV=" >&2; exit 1; }
	@$(UV) $(LOCK) --extra postgres -o requirements/run.txt
	@$(UV) $(LOCK) --extra postgres --group dev -o requirements/dev.txt

clean:  ## remove the environment and everything built; databases stay
	@rm -rf .venv build dist *.egg-info .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name .git -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +
