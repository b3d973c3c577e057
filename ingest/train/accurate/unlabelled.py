"""Prints sentences of open corpora without annotation, as CoNLL-U with empty columns, for the accurate model to parse:

    python unlabelled.py ../shared/language-data > /tmp/text.conllu
    build/release/dossier parse --conllu --model accurate /tmp/text.conllu > /tmp/silver.conllu

LitBank, Re-DocRED dev, WikiGold, WNUT17 and the Broad Twitter Corpus. No text of UD's dev parts or of CaRB is in it.
"""
import glob
import json
import random
import sys

import data


def litbank(root):
    for path in sorted(glob.glob(root + "/coref/litbank/*.conll")):
        forms = []
        for line in open(path, encoding="utf-8"):
            c = line.rstrip("\n").split("\t")
            if len(c) > 3:
                forms.append(c[3])
            elif forms:
                yield forms
                forms = []


def corpora(root):
    yield litbank(root), 110000
    yield (s["forms"] for s in data.docred(root + "/rel/re-docred-dev.json")), 110000
    yield (s["forms"] for s in data.wikigold(root + "/ner/wikigold.conll")), 40000
    yield (s["forms"] for s in data.wnut(root + "/ner/wnut17train.conll")), 40000
    yield (s["forms"] for s in data.btc(sorted(glob.glob(root + "/ner/btc_*.conll")))), 40000


def main():
    rng = random.Random(1)
    for sentences, words in corpora(sys.argv[1]):
        sentences = [s for s in sentences if 5 <= len(s) <= 60 and not any(f[0] in "@#" or f.startswith("http") or " " in f for f in s)]
        rng.shuffle(sentences)
        for forms in sentences:
            for i, form in enumerate(forms):
                print(i + 1, form, "_", "_", "_", "_", "_", "_", "_", "_", sep="\t")
            print()
            words -= len(forms)
            if words < 0:
                break


if __name__ == "__main__":
    main()
