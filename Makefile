# `make` alone says what there is. Set-up happens by itself, once, from requirements.lock.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test bench lock

help:
	@echo "make setup   create $(VENV) from requirements.lock (a few minutes, once)"
	@echo "make demo    build the vae assignment, grade a class of 16 hand-ins, write out/"
	@echo "make test    everything that CI runs"
	@echo "make bench   measure speed and memory beside plain otter (ten minutes)"
	@echo "make lock    bring requirements.lock in step with pyproject.toml"

setup: $(READY)

# The last step compiles what pip may have left uncompiled: where PYTHONDONTWRITEBYTECODE is set,
# importing TensorFlow would otherwise cost ten more seconds, every time. A few files of other
# packages do not compile (templates, code for other versions); nothing imports them.
$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 is needed: install it, or name it with make PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "$(PYTHON) is older than Python 3.11: install 3.11, or name it with make PYTHON=..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --require-hashes -r requirements.lock
	$(VENV)/bin/python -m pip install --quiet --no-deps --no-build-isolation -e .
	$(VENV)/bin/python -m compileall -qq -j 0 $(VENV)/lib || true
	@touch $@

demo: $(READY)
	$(VENV)/bin/gradetape demo

test: $(READY)
	$(VENV)/bin/python -m pytest tests/kit

bench: $(READY)
	$(VENV)/bin/python benchmarks/against_otter.py
	$(VENV)/bin/python benchmarks/memory.py

# Versions already locked stay unless pyproject.toml rules them out; delete the file first to take the
# newest of everything. uv resolves for every system and Python at once, which pip cannot; it gets a
# folder of its own, so that it is no part of what it pins.
lock:
	$(PYTHON) -m venv build/uv
	build/uv/bin/python -m pip install --quiet uv
	build/uv/bin/uv pip compile --quiet pyproject.toml --extra cluster --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --custom-compile-command "make lock" -o requirements.lock
	@git --no-pager diff --stat -- requirements.lock
