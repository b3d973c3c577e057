"""Writes what the float model and the Python tokeniser say of a few sentences, for tests/ingest/neural.

    python reference.py /tmp/accurate.pt LEXICON > tests/ingest/neural/reference.tsv

A line a word: form, word pieces, features, head (0 is the root), relation, every 16th component of its vector.
"""
import os
import sys

import torch

import train
from model import Model
from wordpiece import Lexicon, Vocabulary, features

SENTENCES = """The minister , who had been dismissed in May , returned to Baku on Monday .
“ We ’ll never sell it , ” Anna Öztürk told reporters outside the Élysée .
Dr. Lee's co-authors ( 3 of 14 ) weren't asked ... why ?
VISIT http://example.org/a_b?c=1 NOW !!!
Pneumonoultramicroscopicsilicovolcanoconiosis affects miners in São Tomé and 東京 .
iPhone sales rose 4.5 % to $ 1,234,567 in Q3 - 2021 , IBM said .""".split("\n")


def main():
    saved = torch.load(sys.argv[1])
    vocabulary = Vocabulary(os.path.join(train.minilm_folder(), "vocab.txt"))
    lexicon = Lexicon(sys.argv[2])
    labels = saved["labels"]
    model = Model(len(vocabulary.words), saved["layers"], {k: len(v) for k, v in labels.items()})
    model.load_state_dict(saved["model"])
    model.eval()
    for text in SENTENCES:
        s = train.prepare([dict(forms=text.split())], vocabulary, labels, lexicon)[0]
        batch = train.collate([s])
        n = len(s["forms"])
        with torch.no_grad():
            vectors = model.encode(batch)[0, 1:]
            out = model(batch)
            heads = train.mask_arcs(out["arc"], torch.tensor([n])).argmax(2)
            relations = model.relations(*out["rel"], heads)[0].argmax(1)
        for i, form in enumerate(s["forms"]):
            print(form, " ".join(map(str, vocabulary.pieces(form))), " ".join(map(str, features(form, i == 0, lexicon))),
                  heads[0, i].item(), labels["deprel"][relations[i]], " ".join(f"{x:.3f}" for x in vectors[i, ::16].tolist()), sep="\t")
        print()


if __name__ == "__main__":
    main()
