# Works with GNU make 3.81 (macOS) and later. `make` alone lists the commands.
VENV := .venv
BIN := $(VENV)/bin
CORE := $(VENV)/.core
LOWEST := .venv-lowest
READY := $(VENV)/.ready
INSTALL := $(BIN)/python scripts/install.py --constraint constraints.txt
# Databases and exports are for these, too; each lies in a folder of its own, since an environment has one version.
OLD_DUCKDBS := 1.1.3 1.5.6
DEMO_DB := demo.duckdb
DEMO_SITE := demo-site
FOLDER := build/tables
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist worksteal
export PYTHON

.PHONY: help setup demo test test-slow test-office test-lowest test-scale coverage check format bench bench-rerun bench-tables bench-views bench-scale bench-site schemas regions samples golden vendor screens requirements clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | while IFS="$$(printf '\t')" read -r name what; do printf 'make %-12s %s\n' "$$name" "$$what"; done

setup: $(READY) ## create .venv with the package and all development tools

# What the program itself needs, in a minute; the tools are a step of their own, since `demo` does without.
# hatchling comes first and from the same constraints, so that nothing unpinned takes part in the build. To compile all
# that is installed takes a third of the time, and most of it is never imported: Python compiles what it imports. It
# does so here, with a sign of life, and not in the silence before the first result.
$(CORE): pyproject.toml constraints.txt scripts/make-venv
	@echo "setup: making $(VENV) with the program and its libraries (about a minute)"
	@test -x $(BIN)/python || scripts/patiently scripts/make-venv $(VENV)
	@$(INSTALL) hatchling editables
	@$(INSTALL) --no-compile --no-build-isolation --editable .
	@echo "setup: starting the program for the first time"
	@scripts/patiently $(BIN)/python -c "import perftable_etl.cli.operation, perftable_etl.ingest.job, perftable_etl.pipeline"
	@touch $@

$(READY): $(CORE) | $(OLD_DUCKDBS:%=$(VENV)/duckdb-%)
	@echo "setup: adding the development tools and all extras to $(VENV) (a few minutes)"
	@$(INSTALL) --no-compile --no-build-isolation --editable ".[dev,dask,notify,ocr,s3]"
	@touch $@

# For a newer Python than itself an old DuckDB has no wheel: an empty folder says so, and its tests are left out.
$(VENV)/duckdb-%: | $(CORE)
	@echo "setup: adding DuckDB $* to $@, for tests"
	@$(BIN)/python scripts/install.py --no-compile --no-deps --only-binary duckdb --target $@ duckdb==$* || \
	    { echo "setup: there is no DuckDB $* for this Python; its tests are left out"; mkdir -p $@; }

# Where no terminal shows how far it is, log lines do.
demo: $(CORE) ## load the samples into a fresh demo.duckdb and show them
	@rm -f $(DEMO_DB)*
	@echo "demo: loading the files of samples/ into $(DEMO_DB)"
	@$(BIN)/perftable-etl ingest samples --db $(DEMO_DB) --workers 2 $$(test -t 2 || echo --log-format text)
	@$(BIN)/python scripts/demo.py $(DEMO_DB)
	@echo "demo: making a site of these documents in $(DEMO_SITE)"
	@$(BIN)/perftable-etl report --db $(DEMO_DB) --to $(DEMO_SITE)

test: setup ## run the tests, with a part of the random examples (less than eight minutes)
	@$(PYTEST)

# Random tests are known to Hypothesis, which marks them.
test-slow: setup ## run the slow tests, and the random ones with all of their examples (hours)
	@HYPOTHESIS_PROFILE=whole $(PYTEST) -m "(slow or hypothesis) and not office" --ignore tests/test_scale.py

test-office: setup ## convert random forms with LibreOffice, and read what it makes of them
	@command -v soffice > /dev/null || { echo "test-office: LibreOffice is missing; install it, as on Debian:" \
	    "apt-get install libreoffice-calc libreoffice-writer" >&2; exit 1; }
	@$(PYTEST) -m office

# The lowest versions are installed beside the usual environment, by the same pip, so that bounds that contradict one
# another or do not exist fail here, and bounds that are too low fail in the tests.
test-lowest: setup ## run the tests with the lowest versions that pyproject.toml allows (in .venv-lowest)
	@scripts/patiently scripts/make-venv $(LOWEST)
	@$(BIN)/python scripts/lowest.py > $(LOWEST)/constraints.txt
	@$(LOWEST)/bin/python -m pip -qq --disable-pip-version-check install --constraint constraints.txt hatchling editables
	@$(LOWEST)/bin/python -m pip -qq --disable-pip-version-check install --constraint $(LOWEST)/constraints.txt --no-build-isolation --editable ".[dev,dask,notify,ocr,s3]"
	@$(LOWEST)/bin/python -m pytest --numprocesses auto --dist worksteal

# Counting lines doubles the time of our own code, and some examples reach as many lines as all of them. Lines of other
# processes are not counted, so what runs apart would reach none.
coverage: setup ## run the tests with few random examples and count the lines that they reach
	@HYPOTHESIS_PROFILE=few $(PYTEST) -m "not slow and not office and not apart" --cov --cov-report=term

check: setup ## check formatting, lint and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@echo "check: types (a minute or two)"
	@scripts/patiently $(BIN)/mypy

format: setup ## format the code and sort its imports
	@$(BIN)/ruff check --select I --fix .
	@$(BIN)/ruff format .

bench: setup ## compare the speed of the parser with that of its libraries
	@$(BIN)/python scripts/bench.py

bench-rerun: setup ## measure an ingest of 10,000 unchanged files (minutes the first time)
	@$(BIN)/python scripts/bench_rerun.py

bench-tables: setup ## compare the cells of other tables with those of libraries: make bench-tables FOLDER=...
	@$(BIN)/python scripts/bench_tables.py "$(FOLDER)"

bench-views: setup ## time every view over two million indicators
	@$(BIN)/python scripts/bench_views.py

test-scale: setup ## ingest 100,000 documents, killed once on the way, and count them (hours; Linux)
	@$(BIN)/python -m pytest -n 0 -m slow tests/test_scale.py

bench-scale: setup ## measure how an ingest grows, from 100 documents to 100,000 (hours; Linux)
	@$(BIN)/python -m scripts.bench_scale

bench-site: setup ## measure a site of 1,000 documents, and 300 decisions by keys
	@$(BIN)/python -m scripts.bench_site

# The wheel carries them, so that neither it nor a page needs npm or a network.
vendor: setup ## fetch the scripts of the site from npm (on purpose only)
	@$(BIN)/python scripts/vendor.py

screens: setup ## take the pictures of the site for README.md (on purpose only)
	@$(BIN)/python -m scripts.screens

schemas: setup ## regenerate schemas/ and the data dictionary from the code
	@$(BIN)/perftable-etl schema --write schemas
	@$(BIN)/python scripts/findings.py
	@$(BIN)/perftable-etl schema data-dictionary.md > docs/data-dictionary.md

regions: setup ## make the list of regions anew, from npm (on purpose only)
	@$(BIN)/python scripts/regions.py

samples: setup ## redraw the sample PDFs and their expected records (on purpose only)
	@$(INSTALL) --no-build-isolation --editable ".[dev,ocr,samples]"
	@$(BIN)/python -m tests.drawing.redraw

golden: setup ## rewrite tests/golden/ from the present outcomes of the samples (on purpose only)
	@$(BIN)/python -m tests.golden

# uv alone hashes the files of all platforms. hatchling builds the package where nothing may be fetched any more.
requirements: setup ## rewrite deploy/requirements.txt, with hashes, after constraints.txt has changed
	@$(INSTALL) uv
	@echo hatchling | $(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --python-version 3.11 --constraint constraints.txt \
	    --extra dask --extra notify --extra ocr --extra s3 --output-file deploy/requirements.txt pyproject.toml -

clean: ## remove everything that is generated
	@rm -rf $(VENV) $(LOWEST) $(DEMO_DB)* $(DEMO_SITE) .coverage* build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
