# `make demo` tries On Record, `make test` proves it. Both make their own environment.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.PHONY: demo test check format bench test-slow clean

demo: $(VENV)/.installed
	@$(BIN)/onrecord demo

# pytest comes last, so that its closing line is the last word.
test: check
	$(BIN)/pytest -q -m "not slow"

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test-slow: $(VENV)/.installed-dev
	$(BIN)/pytest -q -m slow

bench: $(VENV)/.installed-dev
	@for script in benchmarks/[a-z]*.py; do echo "== $$script"; $(BIN)/python $$script; done

clean:
	rm -rf $(VENV) onrecord-demo dist build

$(VENV)/.installed: pyproject.toml | $(BIN)/pip
	@echo "Installing On Record into $(VENV) …"
	@$(BIN)/pip install -qq --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/pip
	@echo "Installing On Record and its tools into $(VENV) …"
	@$(BIN)/pip install -qq --editable '.[dev]'
	@touch $@ $(VENV)/.installed

# Debian keeps what gives an environment its pip in a package of its own. Where it is missing and
# this user may install packages (a container, a new server), it is installed; else it is asked for.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "On Record needs Python 3.11 or newer, and $(PYTHON) is not: make PYTHON=python3.12 …" >&2; exit 1; }
	@echo "Making the environment $(VENV) …"
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
	    [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	    echo "Installing python3-venv, which $(PYTHON) lacks …" && \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null; } || { \
	    echo "$(PYTHON) cannot make an environment with pip. Run: sudo apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
