# Banli: every target below with a `##` comment is shown by `make help`.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
# The lock is complete, so dependencies are not resolved again: a release of today cannot break an install of tomorrow.
PIP := $(RUN) -m pip --disable-pip-version-check --quiet install --no-deps --require-hashes --only-binary :all:

.DEFAULT_GOAL := help
.PHONY: help demo serve test lint types benchmark conformance lock pictures frontend clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Banli needs Python 3.11 or newer; found $$($(PYTHON) --version). Set PYTHON=…"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime.installed: requirements/runtime.txt | $(VENV)/bin/python
	@echo "Installing the locked dependencies…"
	$(PIP) -r requirements/runtime.txt
	@touch $@

$(VENV)/development.installed: requirements/development.txt $(VENV)/runtime.installed
	$(PIP) -r requirements/development.txt
	@touch $@

demo: $(VENV)/runtime.installed ## Play two years of a demonstration county, serve it on localhost, print who to sign in as
	@$(RUN) -m web.cli demo

serve: $(VENV)/runtime.installed ## Serve the database of BANLI_DATABASE_URL (see docs/operator.md)
	@$(RUN) -m web.cli serve

test: $(VENV)/development.installed ## Run every test; those that need a browser or PostgreSQL skip and say what to install
	$(RUN) -m pytest -q -n 2 --dist loadscope

lint: $(VENV)/development.installed ## Check style (ruff) and types (mypy strict on engine and tasks)
	$(RUN) -m ruff check .
	$(RUN) -m mypy

$(VENV)/benchmark.installed: requirements/benchmark.txt $(VENV)/development.installed
	$(RUN) -m pip --disable-pip-version-check --quiet install --no-deps --require-hashes --target $(VENV)/benchmark -r requirements/benchmark.txt
	@touch $@

benchmark: $(VENV)/benchmark.installed ## Measure the engine beside its floor and beside SpiffWorkflow's own serializer
	PYTHONPATH=$(VENV)/benchmark $(RUN) -m benchmarks

conformance: $(VENV)/development.installed ## Run the decision engine through the DMN compatibility kit
	$(RUN) -m tests.conformance.dmn_tck

pictures: $(VENV)/development.installed ## Take the pictures of README and guides again (needs chromium)
	$(RUN) docs/make_drawings.py
	$(RUN) docs/make_pictures.py
	BANLI_PICTURES=1 $(RUN) -m pytest -q tests/browser/test_designer_story.py tests/browser/test_administration.py

frontend: ## Build the browser's islands again (needs Node 20)
	cd web/frontend && npm ci --no-audit --no-fund && npm run build

lock: ## Resolve the dependencies again and write the hashes (needs uv)
	uv lock --upgrade
	uv export -q --no-dev --no-emit-project --no-header -o requirements/runtime.txt
	uv export -q --only-group dev --no-emit-project --no-header -o requirements/development.txt
	uv pip compile -q --generate-hashes --no-header --python-version 3.11 requirements/benchmark.in -o requirements/benchmark.txt

clean: ## Remove the environment and the demonstration's data
	rm -rf $(VENV) var
