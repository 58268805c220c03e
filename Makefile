# Every target is one or two standard commands, printed in the README too.
SHELL := /bin/bash
VENV  ?= .venv
BIN   := $(VENV)/bin
PY3   := $(firstword $(foreach p,$(PYTHON) python3.13 python3.12 python3.11 python3,$(shell $(p) -c 'import sys,venv,ensurepip; sys.exit(sys.version_info<(3,11))' 2>/dev/null && echo $(p))))
DEMO  ?= tinh-mau
PORT  ?= 8000

# uv does not read pip's configuration, so the index and the certificate pip uses are handed over to it.
define UVENV
pipcfg() { $(BIN)/pip config list 2>/dev/null | sed -nE "s/^(:env:|global|install)\.$$1='(.*)'$$/\2/p" | tail -1; }; \
idx="$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$(pipcfg index-url)}}"; [ -z "$$idx" ] || export UV_DEFAULT_INDEX="$$idx"; \
crt="$${SSL_CERT_FILE:-$${PIP_CERT:-$$(pipcfg cert)}}"; [ -z "$$crt" ] || export SSL_CERT_FILE="$$crt"; \
export UV_SYSTEM_CERTS=1 UV_LINK_MODE=copy UV_NO_CONFIG=1
endef
define INSTALL
if [ -x $(BIN)/uv ]; then $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r $(1); else $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r $(1); fi
endef
LOCKFLAGS := --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -q

.PHONY: setup run test test-fast check fix bench lock static clean

setup: $(VENV)/.base ## environment and front-end files
run: $(VENV)/.base   ## a page with a demo province, at the address it prints
	@$(BIN)/canbo up --demo $(DEMO) --port $(PORT)

test: $(VENV)/.dev   ## everything, browser included
	@$(BIN)/python scripts/test_tools.py
	$(BIN)/python -m pytest -n 2 --dist loadgroup
check: $(VENV)/.dev  ## style, types, contracts, templates, rulebooks, migrations
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	$(BIN)/djlint canbo --lint --quiet
	$(BIN)/canbo rules check
	$(BIN)/python manage.py makemigrations --check --dry-run
fix: $(VENV)/.dev
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .
bench: $(VENV)/.dev  ## figure, limit and ratio of each measured promise
	$(BIN)/python -m bench

$(VENV)/bin/python:
	@test -n "$(PY3)" || { echo "Cần Python 3.11 trở lên có venv (Debian/Ubuntu: apt install python3-venv)."; exit 1; }
	$(PY3) -m venv $(VENV)
$(VENV)/.base: requirements/base.txt requirements/uv.txt package-lock.json pyproject.toml | $(VENV)/bin/python
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt || echo "Không lấy được uv, dùng pip."
	@$(UVENV); $(call INSTALL,requirements/base.txt)
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@$(BIN)/python scripts/front_end.py
	@touch $@
$(VENV)/.dev: $(VENV)/.base requirements/dev.txt
	@$(UVENV); $(call INSTALL,requirements/dev.txt)
	@touch $@

lock: ## maintainers: renew the pins
	@$(UVENV); $(BIN)/uv pip compile pyproject.toml $(LOCKFLAGS) -o requirements/base.txt
	@$(UVENV); $(BIN)/uv pip compile pyproject.toml --group dev -c requirements/base.txt $(LOCKFLAGS) -o requirements/dev.txt
	@$(UVENV); echo uv | $(BIN)/uv pip compile - $(LOCKFLAGS) --no-annotate -o requirements/uv.txt
clean:
	rm -rf $(VENV) node_modules static-vendor static-root
