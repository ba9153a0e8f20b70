# Needs only make and Python >= 3.11. ARGS passes arguments on: make test ARGS="-k TR018".
PYTHON ?= python3
BIN := .venv/bin
# One more than there are processors: many tests wait for a server process.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')
VENV := .venv/.stamp
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check

.PHONY: docs help venv demo test coverage lint format lock bench clean conformance

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' Makefile

venv: $(VENV) ## make .venv with the locked dependencies

$(VENV): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python >= 3.11 is needed; name one with: make PYTHON=python3.13 …' >&2; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

demo: $(VENV) ## run the demonstration
	@$(BIN)/berichtenverkeer demo $(ARGS)

test: $(VENV) ## run the tests
	@$(BIN)/pytest -n $(WORKERS) --dist loadscope $(ARGS)

coverage: $(VENV) ## run the tests and report what they do not reach
	@$(BIN)/pytest --cov --cov-report=term-missing:skip-covered --cov-report=html $(ARGS)

lint: $(VENV) ## check style, types and the direction of imports
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(VENV) ## mend what ruff can mend
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command 'make lock' $(ARGS)

lock: $(VENV) ## make the lock files again; ARGS=--upgrade takes the newest versions
	@$(COMPILE) pyproject.toml -o requirements/runtime.txt
	@$(COMPILE) pyproject.toml --group dev -c requirements/runtime.txt -o requirements/dev.txt
	@$(COMPILE) --group build -c requirements/dev.txt -o requirements/build.txt

docs: $(VENV) ## make the pages that come from the code
	@$(BIN)/berichtenverkeer rules --markdown > docs/regels.md
	@$(BIN)/berichtenverkeer termijnen --markdown > docs/termijnen.md
	@$(BIN)/berichtenverkeer levensloop --markdown > docs/levensloop.md

conformance: $(VENV) ## play the conformance cases and count them by rule and law
	@$(BIN)/python -m tests.conformance

bench: $(VENV) ## run the benchmarks
	@$(BIN)/python -m benchmarks $(ARGS)

clean: ## remove what was made here
	rm -rf .venv build dist htmlcov .coverage* .hypothesis .*_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
