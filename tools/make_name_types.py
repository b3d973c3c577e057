#!/usr/bin/env python3
"""Trains the linear classifier of name types and writes its weights to ingest/models/name_types.tsv, deterministically.

    tools/make_name_types.py --shared ../shared --models ingest/models

Logistic regression over words of the name and its neighbours, on the typed names of WikiGold, WNUT-17, the Broad Twitter Corpus,
Re-DocRED dev, re3d and GUM (open genres). The features are those of ingest/entity/type_features.cc: change both together.
"""
import argparse
import collections
import glob
import json
import math
import os
import random
import re

CLASSES = ["PER", "ORG", "LOC", "OTH"]
MAPPING = {
    "PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "OTH", "person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG",
    "product": "OTH", "creative-work": "OTH", "place": "LOC", "organization": "ORG", "event": "OTH", "object": "OTH", "abstract": "OTH",
    "Person": "PER", "Organisation": "ORG", "Location": "LOC", "Weapon": "OTH", "MilitaryPlatform": "OTH"}
EPOCHS = 12
RATE = 0.3
L2 = 2e-6


def read_conll(path):
    tokens, tags = [], []
    for line in open(path, encoding="utf-8"):
        fields = line.split()
        if not fields:
            yield from spans_of(tokens, tags)
            tokens, tags = [], []
        elif len(fields) >= 2:
            tokens.append(fields[0])
            tags.append(fields[-1])
    yield from spans_of(tokens, tags)


def spans_of(tokens, tags):
    i = 0
    while i < len(tags):
        if "-" not in tags[i] or tags[i][0] not in "BI" or tags[i][2:] not in MAPPING:
            i += 1
            continue
        end = i + 1
        while end < len(tags) and tags[end] == "I-" + tags[i][2:]:
            end += 1
        twitter = i > 0 and tokens[i - 1] == "@" or tokens[i] in ("@", "#")
        if not twitter and not tokens[i].startswith(("#", "@", "http")):
            yield tokens, i, end, MAPPING[tags[i][2:]]
        i = end


def read_docred(path):
    for document in json.load(open(path, encoding="utf-8")):
        for vertex in document["vertexSet"]:
            for mention in vertex:
                if mention["type"] in ("PER", "ORG", "LOC", "MISC"):
                    begin, end = mention["pos"]
                    yield document["sents"][mention["sent_id"]], begin, end, MAPPING[mention["type"]]


def read_re3d(folder):
    for path in sorted(glob.glob(os.path.join(folder, "*/documents.json"))):
        texts = {}
        for line in open(path, encoding="utf-8"):
            document = json.loads(line)
            texts[document["_id"]] = document["text"]
        for line in open(os.path.join(os.path.dirname(path), "entities.json"), encoding="utf-8"):
            entity = json.loads(line)
            text = texts.get(entity["documentId"])
            if text is None or entity["type"] not in MAPPING or entity.get("confidence", 1) < 1 or not entity["value"][:1].isupper():
                continue
            before = re.findall(r"\w+|[^\w\s]", text[max(0, entity["begin"] - 60):entity["begin"]])[-3:]
            inside = re.findall(r"[\w.]*\w|[^\w\s]", text[entity["begin"]:entity["end"]])
            after = re.findall(r"\w+|[^\w\s]", text[entity["end"]:entity["end"] + 60])[:3]
            yield before + inside + after, len(before), len(before) + len(inside), MAPPING[entity["type"]]


def read_gum(path):
    """Entities of GUM that are a run of proper nouns."""
    rows = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            yield from gum_sentence(rows)
            rows = []
        elif line[0] != "#" and line.split("\t")[0].isdigit():
            rows.append(line.split("\t"))


def gum_sentence(rows):
    tokens = [r[1] for r in rows]
    stack = []
    for i, row in enumerate(rows):
        entity = re.search(r"Entity=([^|]*)", row[9])
        for opening, closing in re.findall(r"\((\d+-[a-z]+)|(\))", re.sub(r"(\d+\))", ")", entity.group(1)) if entity else ""):
            if opening:
                stack.append((i, opening.split("-")[1]))
            elif stack:
                begin, kind = stack.pop()
                if kind in MAPPING and all(rows[k][3] == "PROPN" or rows[k][1] in ("of", "the", "-") for k in range(begin, i + 1)) \
                        and rows[begin][3] == "PROPN":
                    yield tokens, begin, i + 1, MAPPING[kind]


class Lexicon:
    def __init__(self, models):
        self.kinds, self.hand = {}, collections.defaultdict(set)
        for line in open(os.path.join(models, "lexicon_names.tsv"), encoding="utf-8"):
            if not line.startswith("#"):
                name, kinds = line.rstrip("\n").split("\t")
                self.kinds[name] = {k for k in kinds.split("|") if len(k) == 1}
        for line in open(os.path.join(models, "lexicon_hand.tsv"), encoding="utf-8"):
            if not line.startswith("#"):
                kind, words = line.rstrip("\n").split("\t")[:2]
                self.hand[kind].update(words.split("|"))

    def cue(self, word):
        for kind in ("org", "place", "event", "work", "facility"):
            if word in self.hand[kind]:
                return kind
        return ""


def features(tokens, begin, end, lexicon):
    """Must give what TypeFeatures() of ingest/entity/type_features.cc gives."""
    lower = [t.lower() for t in tokens]
    at = lambda i: lower[i] if 0 <= i < len(lower) else "<s>" if i < 0 else "</s>"
    name = tokens[begin:end]
    first, last = name[0], name[-1]
    out = ["n=%d" % min(len(name), 5)]
    if len(name) == 1:
        out.append("s=" + lower[begin])
    else:
        out += ["f=" + lower[begin], "l=" + lower[end - 1]] + ["m=" + w for w in lower[begin + 1:end - 1]]
    ending = lower[end - 1][-4:]
    if len(lower[end - 1]) >= 5 and ending.isascii():
        out += ["z4=" + ending, "z3=" + ending[1:], "z2=" + ending[2:]]
    out += ["p=" + at(begin - 1), "x=" + at(end), "pp=%s %s" % (at(begin - 2), at(begin - 1)), "xx=%s %s" % (at(end), at(end + 1))]
    shape = "A" if last.isascii() and last.isalpha() and last.isupper() and len(last) > 1 else "d" if any("0" <= c <= "9" for c in last) else \
        "." if last.endswith(".") else "x"
    out.append("h=" + shape + ("1" if len(name) == 1 else "2"))
    text = " ".join(name)
    out += ["k=" + k for k in sorted(lexicon.kinds.get(text, ()))]
    if first in lexicon.hand["male_name"] or first in lexicon.hand["female_name"]:
        out.append("g=hand%d" % min(len(name), 3))
    elif "P" in lexicon.kinds.get(first, ()):
        out.append("g=word%d" % min(len(name), 3))
    of = name.index("of") if "of" in name[1:] else len(name)
    cue = lexicon.cue(name[of - 1])
    if cue:
        out.append("c=%s%d" % (cue, min(len(name), 2)))
    if len(name) > 1 and (cue := lexicon.cue(first)):
        out.append("cf=" + cue)
    return out


def train(examples):
    weights = collections.defaultdict(lambda: [0.0] * 4)
    squares = collections.defaultdict(lambda: [1e-6] * 4)
    for epoch in range(EPOCHS):
        random.Random(epoch).shuffle(examples)
        for feats, gold in examples:
            scores = [sum(weights[f][k] for f in feats) for k in range(4)]
            top = max(scores)
            exps = [math.exp(s - top) for s in scores]
            total = sum(exps)
            for k in range(4):
                gradient = exps[k] / total - (1.0 if k == gold else 0.0)
                for f in feats:
                    g = gradient + L2 * weights[f][k]
                    squares[f][k] += g * g
                    weights[f][k] -= RATE * g / math.sqrt(squares[f][k])
    return weights


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", default="../shared")
    parser.add_argument("--models", default="ingest/models")
    parser.add_argument("--heldout", action="store_true", help="report accuracy on every tenth name instead of writing the table")
    args = parser.parse_args()
    data = os.path.join(args.shared, "language-data")
    lexicon = Lexicon(args.models)
    spans = list(read_conll(os.path.join(data, "ner/wikigold.conll")))
    for name in ("ner/wnut17train.conll", *("ner/btc_%s.conll" % c for c in "abefgh")):
        spans += read_conll(os.path.join(data, name))
    spans += read_docred(os.path.join(data, "rel/re-docred-dev.json"))
    spans += read_re3d(os.path.join(data, "re3d"))
    spans += read_gum(os.path.join(data, "ud/en_gum_open-ud-train.conllu"))
    examples = [(features(t, b, e, lexicon), CLASSES.index(label)) for t, b, e, label in spans]
    print(len(examples), "names", collections.Counter(CLASSES[g] for _, g in examples))
    counts = collections.Counter(f for feats, _ in examples for f in set(feats))
    examples = [([f for f in feats if counts[f] >= 2], g) for feats, g in examples]
    if args.heldout:
        test = examples[::10]
        weights = train([e for i, e in enumerate(examples) if i % 10])
        right = sum(max(range(4), key=lambda k: sum(weights[f][k] for f in feats if f in weights)) == g for feats, g in test)
        print("accuracy on held-out names: %.3f" % (right / len(test)))
        return
    weights = train(examples)
    path = os.path.join(args.models, "name_types.tsv")
    rows = []
    for f, w in weights.items():
        w = [round(100 * (x - sum(w) / 4)) for x in w]
        if max(map(abs, w)) >= 8:
            rows.append("\t".join([f] + [str(x) for x in w]))
    rows.sort(key=lambda r: r.split("\t")[0].encode())
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write("# Made by tools/make_name_types.py; sources and licences in NOTICE.\n# feature  100 x weight of person, organisation, place, other\n")
        out.writelines(r + "\n" for r in rows)
    print(path, len(rows), "rows", os.path.getsize(path), "bytes")


if __name__ == "__main__":
    main()
