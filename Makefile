# `make run` starts the portal with its demo, `make test` runs every test.
# CONTRIBUTING.md names the rest.

PORT ?= 8000
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
BIN := .venv/bin
TEMPLATES := $(wildcard */templates)
# The example of a production environment, with keys made up for the occasion.
PRODUCTION := set -a; . deploy/portal.env.example; eval "$$($(BIN)/python -c 'import base64, os; \
	key = base64.urlsafe_b64encode(os.urandom(32)).decode(); \
	print(f"SECRET_KEY={key}{key} RECEIPT_PEPPER={key} FIELD_KEYS={key}")')"; \
	DATABASE_URL=sqlite://:memory: CACHE_URL= STATIC_ROOT=var/static; set +a;

.PHONY: run test check bench soak fuzz format lock screenshots

run: .venv/installed
	@$(BIN)/python -m portal.laptop $(PORT)

test: .venv/installed-dev
	@$(BIN)/python -m tests.run $(ARGS)

check: .venv/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djhtml --tabwidth 2 --check $(TEMPLATES)
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(PRODUCTION) $(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/python -m tests.catalogues
	$(MAKE) test
	$(MAKE) bench SHORT=1 ARGS=

# docs/performance.md says what it measures. ARGS=--help names what else it can do.
bench: .venv/installed-dev
	@$(BIN)/python -m tests.bench $(if $(SHORT),--short) $(ARGS)

# Half an hour of everything at once; ARGS="--minutes 5" is a shorter look.
soak: .venv/installed-dev
	@$(BIN)/python -m tests.soak $(ARGS)

# ARGS="--seed 7 pictures" repeats what failed.
fuzz: .venv/installed-dev
	@$(BIN)/python -m tests.fuzz $(ARGS)

format: .venv/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djhtml --tabwidth 2 $(TEMPLATES)

# Versions move only with UPGRADE=--upgrade.
lock: .venv/installed-dev
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet $(UPGRADE) \
		--python-version 3.11 --generate-hashes requirements.in -o requirements.txt
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet $(UPGRADE) \
		--python-version 3.11 --generate-hashes requirements-dev.in -o requirements-dev.txt

screenshots: .venv/installed-dev
	@$(BIN)/python -m tests.screenshots $(ARGS)

.venv/installed: requirements.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed." >&2; exit 1; }
	@test -x $(BIN)/python || { echo "Making .venv with $(PYTHON) …"; $(PYTHON) -m venv .venv; }
	$(BIN)/python -m pip install --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(BIN)/python -m pip install --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@
