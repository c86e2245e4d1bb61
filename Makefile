# make run: feeds from the example pages. make test: tests, lint, types, import contracts. README.md has both without make.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
BENCH := .venv-bench

.PHONY: run test bench lock clean

run: $(VENV)/.run-installed
	@$(BIN)/newscrawler run --config examples/newscrawler.toml --saved examples/newsroom.test
	@echo "Next: $(BIN)/newscrawler status --config examples/newscrawler.toml, or $(BIN)/newscrawler init for a crawl of your own"

test: $(VENV)/.test-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist worksteal

bench: $(BENCH)/.installed
	@test -n "$(DATA)" || { echo "Name the folder with the sample pages: make bench DATA=DIR (benchmarks/extraction.py and benchmarks/understanding.py say what it holds)"; exit 2; }
	$(BENCH)/bin/python -m benchmarks.extraction --data $(DATA)
	$(BENCH)/bin/python -m benchmarks.understanding --data $(DATA)
	$(BENCH)/bin/python -m benchmarks.publishing
	$(BENCH)/bin/python -m benchmarks.faults
	$(BENCH)/bin/python -m benchmarks.cron

$(BENCH)/.installed: requirements/bench.txt requirements/run.txt
	@$(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --upgrade pip
	@$(BENCH)/bin/python -m pip install --quiet -r requirements/bench.txt
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("newscrawler needs Python 3.11 or newer, this is " + sys.version.split()[0] + ". Call make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@echo "Setting up $(VENV), once (about half a minute)"
	@$(PYTHON) -m venv $(VENV)
	@# pip before 23.3 fails when two packages ask for an extra of the same third one.
	@$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.run-installed: $(BIN)/python requirements/run.txt pyproject.toml
	@$(BIN)/python -m pip install --quiet -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --no-deps -e .
	@touch $@

$(VENV)/.test-installed: $(VENV)/.run-installed requirements/dev.txt
	$(BIN)/python -m pip install --quiet -r requirements/dev.txt
	@touch $@

lock:
	$(BIN)/python -m pip install --quiet uv
	for kind in run dev; do \
	  extras=$$( [ $$kind = dev ] && echo "--extra dev --extra fast" ); \
	  { head -n 1 requirements/$$kind.txt; $(BIN)/uv pip compile pyproject.toml $$extras --universal --python-version 3.11 \
	    --no-emit-index-url --no-header --no-annotate --upgrade --quiet; } > requirements/$$kind.new && mv requirements/$$kind.new requirements/$$kind.txt; \
	done

clean:
	rm -rf $(VENV) $(BENCH) public newscrawler.db* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
