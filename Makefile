# The two commands to know: `make lab` opens the notebooks, `make test` checks all.
# Both make .venv first if it is missing. CONTRIBUTING.md explains the rest.

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
TORCH_INDEX ?=
LAB_FLAGS ?=
LADDER_FLAGS ?=
DOCTOR_FLAGS ?=
TEST_FLAGS ?=
WORKERS ?= 2

# A kernel runs beside its notebook: a relative folder would mean another place there.
ifdef NB_LIB_DATA
export NB_LIB_DATA := $(abspath $(NB_LIB_DATA))
endif

# Without bytecode each of many processes would compile the library and all tests anew.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
READY := .venv/.ready
PYTEST = $(BIN)/python -m pytest -n $(WORKERS)
TOO_OLD := nb_lib needs Python 3.11 or newer: run make PYTHON=/path/to/python3.11
NO_VENV := $(PYTHON) cannot make a virtual environment (on Debian: apt install python3-venv)
TORCH := $(shell sed -n '/^torch==/p' requirements.lock)

.PHONY: lab book record check test claims bench ladder doctor notebooks data

lab: $(READY)
	$(BIN)/jupyter lab $(LAB_FLAGS) notebooks/index.ipynb

check: $(READY)
	$(PYTEST) -m "not browser and not notebooks and not slow" \
	  --hypothesis-profile=quick $(TEST_FLAGS)

test: $(READY)
	$(PYTEST) $(TEST_FLAGS)

book: $(READY)
	$(BIN)/python scripts/book.py

record: $(READY)
	$(BIN)/python scripts/record.py $(EXPLORERS)

claims: $(READY)
	$(BIN)/python scripts/claims.py $(SECTION)

bench: $(READY)
	@for file in tests/benchmarks/bench_*.py; do \
	  echo "== $$file"; $(BIN)/python $$file || exit 1; \
	done

ladder: $(READY)
	$(BIN)/python scripts/ladder.py $(LADDER_FLAGS)

doctor: $(READY)
	$(BIN)/python scripts/doctor.py $(DOCTOR_FLAGS)

notebooks: $(READY)
	$(BIN)/python scripts/tables.py
	$(BIN)/python scripts/notebooks.py $(NOTEBOOKS)

data: $(READY)
	$(BIN)/python -m nb_lib.data

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "$(TOO_OLD)" >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv \
	  || { echo "$(NO_VENV)" >&2; exit 1; }
	$(if $(TORCH_INDEX),$(BIN)/python -m pip install --index-url $(TORCH_INDEX) $(TORCH))
	$(BIN)/python -m pip install -r requirements.lock
	$(BIN)/python -m pip install --no-deps -e .
	@touch $@
