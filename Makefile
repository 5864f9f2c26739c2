# What one does with EngineersOfAI. `make run` and `make test` need nothing set up before.

ADDR ?= 127.0.0.1:8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
PROCESSES ?= 2
STATIC = $(shell find static -type f)

# `make serve` is production on this machine: no debug pages, collected files, the real server; no TLS.
SERVE_ENV = DEBUG=false HTTPS=false ALLOWED_HOSTS="$${ALLOWED_HOSTS:-localhost,127.0.0.1}" \
	SECRET_KEY="$${SECRET_KEY:-$$(cat .secret-key)}"

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "ADDR=127.0.0.1:8001 moves run, watch and serve to another port; PYTHON=... chooses the interpreter."

run: port $(VENV)/.installed data ## Install, load the course and serve it here, reloading on change
	@echo
	@echo "EngineersOfAI is at http://$(ADDR)/ (Ctrl-C stops it)."
	@echo "To see the admin at http://$(ADDR)/admin/ make yourself an instructor: make instructor NAME=ada"
	@echo
	@DJANGO_RUNSERVER_HIDE_WARNING=true exec $(MANAGE) runserver $(ADDR)

watch: port $(VENV)/.installed data ## The same for authors: saved content is loaded, open pages show it
	@echo "EngineersOfAI is at http://$(ADDR)/ (Ctrl-C stops it). Edit below content/ and look at the page."
	@$(MANAGE) loadlessons content --watch & watcher=$$!; trap 'kill $$watcher' EXIT; trap 'exit 0' INT TERM; \
		DJANGO_RUNSERVER_HIDE_WARNING=true $(MANAGE) runserver $(ADDR)

serve: port $(VENV)/.installed data staticfiles/staticfiles.json ## Serve it here as in production
	@echo "EngineersOfAI is at http://$(ADDR)/ (production settings; Ctrl-C stops it)."
	@addr="$(ADDR)"; export $(SERVE_ENV); exec $(BIN)/granian --interface wsgi --http 1 --blocking-threads 4 \
		--workers-kill-timeout 20 --host "$${addr%:*}" --port "$${addr##*:}" engineersofai.wsgi:application

instructor: $(VENV)/.installed ## Make NAME an instructor: make instructor NAME=ada
	@test -n "$(NAME)" || { echo "Say who: make instructor NAME=ada" >&2; exit 1; }
	@$(MANAGE) makeinstructor "$(NAME)"

test: $(VENV)/.installed-dev ## Run all tests but the slow ones, browser tests included
	@chromium=$$(scripts/chromium $(BIN)/python) && \
		CHROMIUM="$$chromium" $(BIN)/python -m pytest -n $(PROCESSES) -m "not slow"

test-fast: $(VENV)/.installed-dev ## Run the tests that need no browser
	@$(BIN)/python -m pytest -n $(PROCESSES) -m "not slow and not browser"

check-slow: $(VENV)/.installed-slow ## Run the slow tests: fuzzing (FUZZ_SECONDS), kills, scanners
	@chromium=$$(scripts/chromium $(BIN)/python) && CHROMIUM="$$chromium" $(BIN)/python -m pytest -m slow

bench-load: $(VENV)/.installed build/benchmarks/.installed ## Measure what loading costs against MkDocs
	@$(BIN)/python -m benchmarks.load $(BENCH)

lint: $(VENV)/.installed-dev ## Check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy .

format: $(VENV)/.installed-dev ## Bring code into its one form
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

install: $(VENV)/.installed-dev ## Install everything, development tools included, into .venv

assets: ## Join the style and script sources into the files that pages load
	@$(BIN)/python -m engineersofai.assets

lock: $(VENV)/.installed-dev ## Choose package versions anew and write the lock files
	@$(BIN)/uv pip compile pyproject.toml --extra postgres --extra redis --upgrade $(LOCK) -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --extra postgres --extra redis --group dev \
		--constraint requirements.lock $(LOCK) -o requirements-dev.lock
	@$(BIN)/uv pip compile --group slow $(LOCK) -o requirements-slow.lock
	@$(BIN)/uv pip compile benchmarks/requirements.in --constraint requirements.lock --upgrade $(LOCK) \
		-o benchmarks/requirements.lock
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

clean: ## Remove what was made here: packages, caches, collected files; the database and its key stay
	rm -rf $(VENV) build staticfiles htmlcov test-results .coverage .hypothesis .*_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

data:
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) loadlessons content

port:
	@if command -v $(PYTHON) >/dev/null 2>&1; then $(PYTHON) scripts/free_port.py $(ADDR); fi

staticfiles/staticfiles.json: $(STATIC) $(VENV)/.installed | .secret-key
	@echo "Collecting and compressing static files ..."
	@$(SERVE_ENV) $(MANAGE) collectstatic --noinput --clear --verbosity 0

.secret-key: $(VENV)/.installed
	@$(MANAGE) check --verbosity 0 >/dev/null
	@test -f $@

$(VENV)/.installed: requirements.lock
	@scripts/venv $(PYTHON) $(VENV) $<
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock
	@scripts/venv $(PYTHON) $(VENV) $<
	@touch $(VENV)/.installed $@

$(VENV)/.installed-slow: requirements-slow.lock $(VENV)/.installed-dev
	@scripts/venv $(PYTHON) $(VENV) $<
	@touch $@

build/benchmarks/.installed: benchmarks/requirements.lock
	@scripts/venv $(PYTHON) build/benchmarks $<
	@touch $@

.PHONY: help run watch serve instructor test test-fast check-slow bench-load lint format install assets lock clean data port
