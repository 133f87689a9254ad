# The few commands people type. `make setup` needs Python 3.11 or newer and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up

.PHONY: warehouse test setup lint lock clean

warehouse: setup ## documents of seeds/documents/ in, published warehouse out
	@$(BIN)/quality-warehouse run

test: setup lint ## lint, import contracts, unit tests, dbt tests
	@$(BIN)/pytest

setup: $(STAMP)

# Everything that is installed stands in the lock with its hash, so `--no-deps` leaves nothing to resolve.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " \
	  + sys.version.split()[0] + ": name another one with `make setup PYTHON=python3.12`.")'
	@echo "Setting up $(VENV) (about a minute, once)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/sqlfluff lint --disable-progress-bar dbt_project/models dbt_project/tests

lock: ## write the lock anew from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --all-extras --generate-hashes \
	  --no-emit-index-url --no-header pyproject.toml --output-file requirements.lock

clean: ## forget the set-up and all state
	rm -rf $(VENV) data
