# The commands that people type; `make` alone lists them. `make setup` needs Python 3.11 or newer and nothing else.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
BENCH_STAMP := $(VENV)/.set-up-bench
SQL_STAMP := $(VENV)/.sql-linted

# Tests that start no process and open no database.
PURE_TESTS := tests/extract tests/contracts tests/polling/test_links.py tests/polling/test_substance.py
# If PYTHONDONTWRITEBYTECODE were set, each of the hundred processes would recompile all tests.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/pytest

.PHONY: help warehouse format style lint check pure-tests test faults coverage bench fuzz docs docs-settings setup lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

warehouse: setup ## load the sample documents and publish data/published/quality.duckdb
	@$(BIN)/quality-warehouse run

format: setup ## format Python and mend what ruff can mend
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

check: setup ## style, types, import rules and the pure tests, in less than a minute
	@$(MAKE) --no-print-directory -j2 $(filter --output-sync,$(patsubst %,--%,$(.FEATURES))) style pure-tests

pure-tests: setup
	@$(PYTEST) $(PURE_TESTS)

test: setup lint ## style, types, import rules, SQL and all tests but those of `make faults` (six minutes)
	@$(PYTEST) -m "not fault"

faults: setup ## tests that kill processes, fill disks, or take all time and memory (three minutes)
	@$(PYTEST) -m fault

coverage: setup ## lines that no test reaches, but for those of `make faults`
	@$(PYTEST) -m "not fault" --cov=flows --cov=schemas --cov-report=term-missing:skip-covered

bench: setup $(BENCH_STAMP) ## speed beside other extractors, start-up, linear time, a million figures (some minutes)
	@$(BIN)/python -m benchmarks

fuzz: setup ## load ten thousand damaged and hostile documents (some minutes)
	@$(BIN)/python -m benchmarks.fuzz

docs: setup ## write data/dbt/target/static_index.html: every table, column and test, with its lineage
	@test -f data/work/quality.duckdb || { echo "There is no data/work/quality.duckdb: run \`make warehouse\` first."; exit 1; }
	@QUALITY_WAREHOUSE_DATABASE=$(CURDIR)/data/work/quality.duckdb $(BIN)/dbt --quiet docs generate --static \
	  --project-dir dbt_project --profiles-dir dbt_project --target-path $(CURDIR)/data/dbt/target \
	  --log-path $(CURDIR)/data/dbt/logs
	@echo "Open data/dbt/target/static_index.html"

docs-settings: setup ## write the table of settings in docs/operate.md
	@$(BIN)/python tests/support/settings_table.py

setup: $(STAMP) ## install everything into .venv; the other commands do so when it is needed

# The lock holds everything that is installed with its hash, so `--no-deps` leaves nothing to resolve.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " \
	  + sys.version.split()[0] + ": name another one with `make setup PYTHON=python3.12`.")'
	@echo "Setting up $(VENV) (about a minute, once)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q flows schemas # the first command is as quick as the second
	@touch $@

# The lock above constrains this one, so it adds packages and changes none.
$(BENCH_STAMP): benchmarks/requirements.lock $(STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

lint: setup style $(SQL_STAMP) ## style, types, import rules and SQL

style: setup ## style, types and import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy

# sqlfluff takes a third of a second a file. So two processes share the files, and they read them again only when
# a file, a macro or the configuration has changed since they found nothing.
$(SQL_STAMP): $(STAMP) .sqlfluff tests/support/lint_sql.py $(shell find dbt_project -name '*.sql')
	@find dbt_project/models dbt_project/tests -name '*.sql' \
	  | xargs -n 20 -P 2 $(BIN)/python tests/support/lint_sql.py lint --disable-progress-bar
	@touch $@

# docopt serves a command of num2words alone and comes as source only.
lock: ## write both lock files from pyproject.toml and benchmarks/requirements.in (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --all-extras --generate-hashes \
	  --no-emit-index-url --no-header pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --constraints requirements.lock --no-emit-package docopt benchmarks/requirements.in \
	  --output-file benchmarks/requirements.lock

clean: ## delete the set-up and all state
	rm -rf $(VENV) data
