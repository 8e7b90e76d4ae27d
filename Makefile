# Works with GNU make 3.81 (macOS) and later. `make` alone lists the commands.
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
DEMO_DB := demo.duckdb
export PYTHON

.PHONY: help setup demo test test-slow check format bench bench-rerun schemas samples golden clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | while IFS="$$(printf '\t')" read -r name what; do printf 'make %-12s %s\n' "$$name" "$$what"; done

setup: $(READY) ## create .venv with the package and all development tools

# hatchling comes first and from the same constraints, so that nothing unpinned takes part in the build.
$(READY): pyproject.toml constraints.txt scripts/make-venv
	@echo "setup: preparing $(VENV) (a few minutes the first time)"
	@test -x $(BIN)/python || scripts/make-venv $(VENV)
	@$(PIP) install --constraint constraints.txt hatchling editables
	@$(PIP) install --constraint constraints.txt --no-build-isolation --editable ".[dev,notify,ocr,s3]"
	@touch $@

demo: setup ## load the samples into a fresh demo.duckdb and show them
	@rm -f $(DEMO_DB)*
	@$(BIN)/perftable-etl ingest samples --db $(DEMO_DB)
	@$(BIN)/python scripts/demo.py $(DEMO_DB)

test: setup ## run the tests (about five minutes)
	@$(BIN)/python -m pytest --numprocesses auto

test-slow: setup ## run the tests that take longer than a minute each
	@$(BIN)/python -m pytest --numprocesses auto -m slow

check: setup ## formatting, lint and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: setup ## format the code and sort its imports
	@$(BIN)/ruff check --select I --fix .
	@$(BIN)/ruff format .

bench: setup ## measure the parser against the libraries it stands on
	@$(BIN)/python scripts/bench.py

bench-rerun: setup ## measure an ingest of 10,000 files that has nothing new (minutes the first time)
	@$(BIN)/python scripts/bench_rerun.py

schemas: setup ## regenerate schemas/ from the code
	@$(BIN)/perftable-etl schema --write schemas

samples: setup ## redraw the sample PDFs and their expected records (on purpose only)
	@$(PIP) install --constraint constraints.txt --no-build-isolation --editable ".[dev,ocr,samples]"
	@$(BIN)/python -m tests.drawing.redraw

golden: setup ## rewrite tests/golden/ from what the samples now yield (on purpose only)
	@$(BIN)/python -m tests.golden

clean: ## remove everything that is generated
	@rm -rf $(VENV) $(DEMO_DB)* build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
