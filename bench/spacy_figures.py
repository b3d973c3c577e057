#!/usr/bin/env python3
"""Speed and tags of a spaCy pipeline on the tokens of a treebank, beside `dossier_eval_ud --gold-tokens --model accurate`:

    OMP_NUM_THREADS=1 python bench/spacy_figures.py MODEL_FOLDER TREES.conllu

One thread, batches of 128 sentences, the whole pipeline. Its trees are not of Universal Dependencies, so they are not scored.
"""
import sys
import time

import spacy
from spacy.tokens import Doc


def sentences(path):
    words = []
    for line in open(path, encoding="utf-8"):
        columns = line.rstrip("\n").split("\t")
        if columns[0].isdigit():
            words.append((columns[1], columns[3]))
        elif not line.strip() and words:
            yield words
            words = []


def main():
    nlp = spacy.load(sys.argv[1])
    gold = list(sentences(sys.argv[2]))
    docs = lambda part: [Doc(nlp.vocab, words=[w for w, _ in s]) for s in part]
    list(nlp.pipe(docs(gold[:200]), batch_size=128))
    given = docs(gold)
    cpu, clock = time.process_time(), time.time()
    parsed = list(nlp.pipe(given, batch_size=128))
    cpu, clock = time.process_time() - cpu, time.time() - clock
    count = sum(len(s) for s in gold)
    right = sum(token.pos_ == tag for doc, s in zip(parsed, gold) for token, (_, tag) in zip(doc, s))
    print(f"{nlp.meta['name']} {nlp.meta['version']} ({', '.join(nlp.pipe_names)}): {count} words, {count / cpu:.0f} words/s of CPU time, "
          f"{count / clock:.0f} by the clock, UPOS {100 * right / count:.2f}")


if __name__ == "__main__":
    main()
