# The two commands that matter: `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 4

.DEFAULT_GOAL := help
.PHONY: help run test check unit browser-needed bench evaluate agreement screenshots migration clean

help: ## Say what each target does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/.run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with PYTHON=python3.12 make run"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements.txt $(VENV)/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: $(VENV)/.run ## Start the console on http://127.0.0.1:8501 and the demo org beside it
	@$(BIN)/streamlit run app.py

browser-needed: $(VENV)/.dev
	@$(BIN)/python -m tests.browser_needed

check: $(VENV)/.dev ## Lint, format, types and import rules
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy app.py pages core
	@$(BIN)/lint-imports

test: browser-needed check ## Everything: checks, unit, property, page and browser tests
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup

unit: $(VENV)/.dev ## The tests without the browser, quickly
	@SKIP_BROWSER=1 $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup

bench: $(VENV)/.dev ## Measure, print a table, write .bench/latest.json
	@$(BIN)/python -m bench

evaluate: $(VENV)/.dev ## Judge the suggestions on the labelled universities
	@$(BIN)/python -m bench.suggestions

agreement: $(VENV)/.dev ## Preview 100,000 random inquiries, write them to the demo org, compare
	@$(BIN)/python -m bench.agreement --rows 100000 --progress

screenshots: browser-needed ## Draw the pictures in docs/screenshots anew
	@$(BIN)/python -m tests.browser.screenshots

migration: $(VENV)/.run ## Write the next migration from the tables: make migration MESSAGE="what it does"
	@$(BIN)/python -m core.store.migrations "$(MESSAGE)"

clean: ## Remove the virtual environment and the caches (never the data)
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .bench
