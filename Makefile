# The few commands people type. `make setup` needs Python 3.11 or newer and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
BENCH_STAMP := $(VENV)/.set-up-bench
SQL_STAMP := $(VENV)/.sql-linted

.PHONY: warehouse test faults bench fuzz docs setup lint style lock clean

warehouse: setup ## documents of seeds/documents/ in, published warehouse out
	@$(BIN)/quality-warehouse run

# Where people forbid Python to keep what it compiles, each of the hundred processes would compile all tests anew.
test: setup lint ## lint, import contracts, unit tests, dbt tests; all but those of `make faults`
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -m "not fault"

faults: setup ## tests of faults: killed processes, full disks, documents that take all time or memory, bursts
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -m fault

bench: setup $(BENCH_STAMP) ## speed of the extractor beside others, start-up, linear time, a million figures (some minutes)
	@$(BIN)/python -m benchmarks

fuzz: setup ## ten thousand damaged and hostile documents in, each loaded or in quarantine (some minutes)
	@$(BIN)/python -m benchmarks.fuzz

docs: setup ## data/dbt/target/static_index.html: every table, column, test and where it comes from
	@QUALITY_WAREHOUSE_DATABASE=$(CURDIR)/data/work/quality.duckdb $(BIN)/dbt --quiet docs generate --static \
	  --project-dir dbt_project --profiles-dir dbt_project --target-path $(CURDIR)/data/dbt/target \
	  --log-path $(CURDIR)/data/dbt/logs
	@echo "Open data/dbt/target/static_index.html"

setup: $(STAMP)

# Everything that is installed stands in the lock with its hash, so `--no-deps` leaves nothing to resolve.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " \
	  + sys.version.split()[0] + ": name another one with `make setup PYTHON=python3.12`.")'
	@echo "Setting up $(VENV) (about a minute, once)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q flows schemas # the first command is as quick as the second
	@touch $@

# Constrained by the lock above, so that it adds packages and changes none.
$(BENCH_STAMP): benchmarks/requirements.lock $(STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

lint: setup style $(SQL_STAMP)

style: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports

# sqlfluff takes a third of a second a file. So two share the files, as two processes of pytest share the tests, and
# it reads them again only when one of them, a macro or what it goes by has changed since it found nothing.
$(SQL_STAMP): $(STAMP) .sqlfluff tests/support/lint_sql.py $(shell find dbt_project -name '*.sql')
	@find dbt_project/models dbt_project/tests -name '*.sql' \
	  | xargs -n 20 -P 2 $(BIN)/python tests/support/lint_sql.py lint --disable-progress-bar
	@touch $@

# docopt serves a command of num2words alone and comes as source only.
lock: ## write the locks anew from pyproject.toml and benchmarks/requirements.in (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --all-extras --generate-hashes \
	  --no-emit-index-url --no-header pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --constraints requirements.lock --no-emit-package docopt benchmarks/requirements.in \
	  --output-file benchmarks/requirements.lock

clean: ## forget the set-up and all state
	rm -rf $(VENV) data
