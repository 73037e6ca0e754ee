# make demo    set up and run the main job on the demo world
# make test    set up and run the tests
# make check   format, lint, types, import layers, docs: what CI runs before the tests
# make bench   the benchmarks against peers (long)
.PHONY: demo test check format bench docs lock clean
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

demo: $(READY)
	@$(BIN)/python -m clearance.cli.app demo --out demo

test: $(READY)
	$(BIN)/python -m pytest $(ARGS)

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/mkdocs build --strict --quiet --site-dir build/site

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/ready-bench
	$(BIN)/python -m benchmarks $(ARGS)

docs: $(READY)
	$(BIN)/mkdocs build --strict --site-dir site

$(READY): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "installing into .venv (a minute, once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src  # an editable install is compiled at every start otherwise
	@touch $@

.venv/ready-bench: requirements-bench.lock $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements-bench.lock
	@touch $@

# Needs uv; the lock names no index, only versions and hashes.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group dev pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group dev --group bench -c requirements.lock pyproject.toml -o requirements-bench.lock

clean:
	rm -rf .venv build demo site bench
