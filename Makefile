PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

install: $(VENV)/.installed-dev

$(VENV)/.installed-dev: requirements-dev.lock
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@
.PHONY: install
