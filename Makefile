# `make demo` and `make test` each work alone on a fresh checkout; CONTRIBUTING.md tells the rest.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test proof pi-proof release check docs lock bench flips clean

PYTHON ?= python3
PIP := -m pip --disable-pip-version-check --no-input
CATALOGUES := $(wildcard words/locales/*/LC_MESSAGES/*.po)
SOURCES := pyproject.toml hatch_build.py $(CATALOGUES)

help:
	@echo 'make setup   prepare .venv, with the vagt command in it'
	@echo 'make demo    set up and show a simulated clinic (ARGS="--headless --seconds 60" and the like)'
	@echo 'make test    build the wheel, install it, check it and run every test on it'
	@echo 'make proof   the long forms of what make test does in short'
	@echo 'make pi-proof install, upgrade and remove it in arm64 systems (as root; needs some 3 GB and half an hour)'
	@echo 'make release the archive that is taken to a Raspberry Pi, in dist/'
	@echo 'make docs    write docs/rules.md and docs/traceability.md from the rule rows'
	@echo 'make check   ruff, mypy and the import contracts alone'
	@echo 'make lock    refresh the locks from pyproject.toml'
	@echo 'make bench   measure the promises of speed and memory beside their floors; fails when one is missed'
	@echo 'make flips   print what each flipped bit of each capture does to what is shown'
	@echo 'make clean   remove everything that these made'

setup: .venv/installed

demo: setup
	.venv/bin/vagt demo $(ARGS)

check: setup
	$(call checked,.venv)

# An environment from the development lock, made anew whenever the lock changes.
define environment
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo 'Vagt needs Python 3.11 or newer as $(PYTHON) (Debian: python3); or name one: make PYTHON=python3.13' >&2; exit 1; }
@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	{ echo 'Vagt needs venv and ensurepip (Debian: sudo apt-get install python3-venv)' >&2; exit 1; }
$(PYTHON) -m venv --clear $(1)
$(1)/bin/python $(PIP) install -qq --require-hashes -r requirements-dev.lock
endef

define checked
$(1)/bin/ruff check .
$(1)/bin/ruff format --check .
$(1)/bin/mypy
$(1)/bin/lint-imports
endef

# What decides and what decodes is tested harder than the rest.
define covered
@echo '$(1): at least 95 % covered'
@.venv-test/bin/coverage report --include='$(1)' --fail-under=95
endef

.venv/locked: requirements-dev.lock
	$(call environment,.venv)
	@touch $@

.venv/installed: .venv/locked $(SOURCES)
	.venv/bin/python $(PIP) install -qq --no-deps --no-build-isolation -e .
	@touch $@

# The tests run on the installed wheel in an environment of its own: a file that the wheel lacks fails.
.venv-test/locked: requirements-dev.lock
	$(call environment,.venv-test)
	@touch $@

.PHONY: packages
packages:
	@sh tests/support/packages.sh tests/packages.txt

define wheel
@rm -rf build/wheel
.venv-test/bin/hatchling build -t wheel -d build/wheel
.venv-test/bin/python $(PIP) install -qq --no-deps --no-index --force-reinstall build/wheel/*.whl
endef

# Two files are tested at a time, and on a machine so busy a test hangs only after a minute. Alone are those that
# hold the machine's own clock to narrow bounds, or keep it busy on purpose; only after them is there a whole
# whose coverage can be judged.
ALONE = tests/daemon/test_aplay.py tests/daemon/test_looks.py tests/daemon/test_restart.py \
	tests/firmware_bridge tests/terminal tests/vagt/test_demo.py tests/vagt/test_reproducible.py

test: packages .venv-test/locked
	$(wheel)
	$(call checked,.venv-test)
	.venv-test/bin/pytest -m 'not hardware and not proof' -n 2 --dist loadfile --timeout 60 --cov --cov-report= --cov-fail-under=0 $(ALONE:%=--ignore=%)
	.venv-test/bin/pytest -m 'not hardware and not proof' --cov --cov-append $(ALONE)
	$(call covered,monitoring/*)
	$(call covered,checklists/*)
	$(call covered,vitals/*)
	$(call covered,devices/*/wire.py)

proof: packages .venv-test/locked
	$(wheel)
	.venv-test/bin/pytest -m proof

# Installed, upgraded and removed in systems of a Raspberry Pi; SUITES names one of them.
pi-proof: setup
	@sh tests/support/packages.sh tests/packages-pi.txt
	.venv/bin/python tests/support/pi/prove.py $(SUITES)

# Everything that a Pi needs in one archive: the wheel, its lock, the scripts and what they lay down.
VERSION = $(shell sed -n 's/^version = "\(.*\)"$$/\1/p' pyproject.toml)
RELEASE = vagt-$(VERSION)-raspberrypi
release: .venv/locked
	@rm -rf build/release && mkdir -p build/release/$(RELEASE) dist
	.venv/bin/hatchling build -t wheel -d build/release/$(RELEASE)
	cp -r deploy/raspberrypi/. requirements.lock docs build/release/$(RELEASE)
	@cd build/release/$(RELEASE) && echo $(VERSION) >VERSION && date +%s >BUILT && \
		find . -type f ! -name SHA256SUMS -printf '%P\n' | LC_ALL=C sort | xargs sha256sum >SHA256SUMS
	tar --owner=0 --group=0 -C build/release -czf dist/$(RELEASE).tar.gz $(RELEASE)

# A universal lock holds for every Python from 3.11 on; uv lives only as long as this takes.
COMPILE = "$$tools"/bin/uv pip compile -q --upgrade --system-certs \
	--universal --python-version 3.11 --generate-hashes --no-header pyproject.toml
lock:
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && \
	$(PYTHON) -m venv "$$tools" && "$$tools"/bin/python $(PIP) install -qq uv && \
	$(COMPILE) --all-extras -o requirements.lock && \
	$(COMPILE) --group dev -o requirements-dev.lock

docs: setup
	.venv/bin/python docs/render/write.py

bench: setup
	.venv/bin/python -m bench

flips: setup
	.venv/bin/python tests/support/flipping.py

clean:
	rm -rf .venv .venv-test build dist .coverage .coverage.* .hypothesis .import_linter_cache
	rm -rf .mypy_cache .pytest_cache .ruff_cache snapshot_report.html
	find . -name __pycache__ -prune -exec rm -rf {} +
	find words -name '*.mo' -exec rm -f {} +
