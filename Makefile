# Needs only make and Python >= 3.11. ARGS passes arguments on: make test ARGS="-k TR018".
PYTHON ?= python3
BIN := .venv/bin
# One more than there are processors: many tests wait for a server process.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')
# What demo needs, and what everything else needs. A lock names all there is to install, so pip has nothing to choose: what
# a package asks besides, a newer version or something to build it with would come from the day on which one installs.
DEMO := .venv/.demo
DEV := .venv/.dev
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --no-deps
LOCKED := $(PIP) --require-hashes --only-binary :all:
# The tests start many processes; without this each would compile all it imports.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: sbom audit docs help venv demo test coverage lint format lock locked bench clean conformance

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' Makefile

$(DEMO): requirements/runtime.txt requirements/build.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python >= 3.11 is needed; name one with: make PYTHON=python3.13 …' >&2; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(LOCKED) -r requirements/runtime.txt -r requirements/build.txt
	@$(PIP) --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(DEV): $(DEMO) requirements/dev.txt
	@$(LOCKED) -r requirements/dev.txt
	@touch $@

venv: $(DEV) ## make .venv with the locked dependencies

demo: $(DEMO) ## run the demonstration
	@$(BIN)/berichtenverkeer demo $(ARGS)

test: $(DEV) ## run the tests
	@$(BIN)/pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder $(ARGS)

coverage: $(DEV) ## run the tests and report what they do not reach
	@$(BIN)/pytest --cov --cov-report=term-missing:skip-covered --cov-report=html $(ARGS)

lint: $(DEV) ## check style, types and the direction of imports
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(DEV) ## mend what ruff can mend
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-strip-extras --no-emit-index-url --custom-compile-command 'make lock' $(ARGS)

lock: $(DEV) ## make the lock files again; ARGS=--upgrade takes the newest versions
	@$(COMPILE) pyproject.toml -o requirements/runtime.txt
	@$(COMPILE) pyproject.toml --group dev -c requirements/runtime.txt -o requirements/dev.txt
	@$(COMPILE) --group build -c requirements/dev.txt -o requirements/build.txt
	@$(COMPILE) --group generator -o requirements/generator.txt
	@$(BIN)/python tests/npm/slot.py

locked: $(DEV) ## install the lock files as an old pip would, where everything has a newer version
	@$(BIN)/python requirements/controle.py

sbom: $(DEV) ## write sbom.json: the parts of what is installed (CycloneDX)
	@$(BIN)/python requirements/sbom.py sbom.json

audit: $(DEV) ## look up known weaknesses in what is locked; needs the network
	@$(BIN)/uv tool run pip-audit --disable-pip --require-hashes -r requirements/runtime.txt $(ARGS)

docs: $(DEV) ## make the pages that come from the code
	@$(BIN)/berichtenverkeer rules --markdown > docs/regels.md
	@$(BIN)/berichtenverkeer termijnen --markdown > docs/termijnen.md
	@$(BIN)/berichtenverkeer levensloop --markdown > docs/levensloop.md
	@$(BIN)/berichtenverkeer kpi --markdown > docs/kpis.md
	@$(BIN)/berichtenverkeer instellingen --markdown > docs/instellingen.md

conformance: $(DEV) ## play the conformance cases and count them by rule and law
	@$(BIN)/python -m tests.conformance

bench: $(DEV) ## run the benchmarks
	@$(BIN)/python -m benchmarks $(ARGS)

clean: ## remove what was made here
	rm -rf .venv build dist htmlcov .coverage* .hypothesis .*_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
