# make run   set everything up and run the main job on seeds/
# make test  set everything up and run the tests
# make check ruff, mypy --strict, import-linter
PYTHON ?= python3
OUT ?= out
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)

.PHONY: run test check setup setup-dev clean

run: setup
	.venv/bin/bialign run seeds -o $(OUT)

test: setup-dev
	.venv/bin/python -m pytest

check: setup-dev
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

# --inexact: `make run` does not throw away what `make test` installed
setup: | $(UV)
	$(UV) sync --quiet --no-dev --inexact --python $(PYTHON)

setup-dev: | $(UV)
	$(UV) sync --quiet --python $(PYTHON)

.uv/bin/uv:
	$(PYTHON) -m venv .uv
	.uv/bin/python -m pip install --quiet uv

clean:
	rm -rf .venv .uv $(OUT) .mypy_cache .ruff_cache .pytest_cache .hypothesis
