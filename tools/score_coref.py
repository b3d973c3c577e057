#!/usr/bin/env python3
"""CoNLL coreference score (mean F1 of MUC, B3 and CEAF-e) of dossier_eval_coref's output against OntoGUM.

    build/release/ingest/entity/dossier_eval_coref ../shared/language-data/ud/en_gum_open-ud-dev.conllu > mentions.tsv
    tools/score_coref.py mentions.tsv ../shared/language-data/coref/ontogum/dev [--names] [--genres]

Exact spans, predicted mentions; chains of one mention are left out on both sides, as OntoNotes has none. Sums over documents, then F1, as
the reference scorer (v8.01) has it. CEAF-e's assignment is optimal (Hungarian method, written here; standard library only).

`--names` scores the same chains restricted to names, on both sides by the same test of the span: a span is a name when its head (the
first token whose head in the treebank's own tree lies outside the span) has the universal tag PROPN there. Chains that are left with one
mention go. What the system itself took for a name plays no part. `--genres` adds a line for each genre.
"""
import argparse
import collections
import glob
import os
import re


def read_gold(folder):
    documents = {}
    for path in sorted(glob.glob(os.path.join(folder, "*.conll"))):
        tokens, open_, spans = [], collections.defaultdict(list), collections.defaultdict(set)
        for line in open(path, encoding="utf-8"):
            fields = line.rstrip("\n").split("\t")
            if line.startswith("#") or len(fields) < 3:
                continue
            i = len(tokens)
            tokens.append(fields[1])
            for mark in re.findall(r"\((\d+)\)|\((\d+)|(\d+)\)", fields[-1]):
                if mark[0]:
                    spans[mark[0]].add((i, i))
                elif mark[1]:
                    open_[mark[1]].append(i)
                elif open_[mark[2]]:
                    spans[mark[2]].add((open_[mark[2]].pop(), i))
        documents[os.path.basename(path)[:-6]] = (tokens, [c for c in spans.values() if len(c) > 1])
    return documents


def read_system(path):
    documents = collections.defaultdict(lambda: collections.defaultdict(dict))
    for line in open(path, encoding="utf-8"):
        document, first, last, entity, kind = line.rstrip("\n").split("\t")
        documents[document][entity][int(first), int(last)] = kind
    return documents


def read_trees(path):
    """Of each document: universal tag and head (counted from the document's beginning, -1: root) of each token."""
    documents, tokens, start = {}, [], 0
    for line in open(path, encoding="utf-8"):
        if line.startswith("# newdoc id = "):
            tokens = documents.setdefault(line.split(" = ")[1].strip(), [])
        if not line.strip():
            start = len(tokens)
        fields = line.split("\t")
        if not fields[0].isdigit():
            continue
        if fields[0] == "1":
            start = len(tokens)
        tokens.append((fields[3], start + int(fields[6]) - 1 if fields[6] != "0" else -1))
    return documents


def is_name(tree, span):
    for i in range(span[0], min(span[1] + 1, len(tree))):
        if not span[0] <= tree[i][1] <= span[1]:
            return tree[i][0] == "PROPN"
    return False


def muc(key, response):
    def recall(a, b):
        where = {m: i for i, c in enumerate(b) for m in c}
        right = all_ = 0
        for c in a:
            parts = len({where[m] for m in c if m in where}) + sum(m not in where for m in c)
            right += len(c) - parts
            all_ += len(c) - 1
        return right, all_
    return recall(response, key), recall(key, response)


def b3(key, response):
    def recall(a, b):
        where = {m: c for c in b for m in c}
        right = sum(len(c & where[m]) / len(c) for c in a for m in c if m in where)
        return right, sum(len(c) for c in a)
    return recall(response, key), recall(key, response)


def assignment(score):
    """Largest total of a one-to-one assignment of rows to columns."""
    n, m = len(score), len(score[0]) if score else 0
    if n == 0 or m == 0:
        return 0.0
    if n > m:
        score, n, m = [list(r) for r in zip(*score)], m, n
    inf = float("inf")
    u, v, p, way = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        p[0], j0 = i, 0
        low, used = [inf] * (m + 1), [False] * (m + 1)
        while True:
            used[j0] = True
            i0, delta, j1 = p[j0], inf, 0
            for j in range(1, m + 1):
                if not used[j]:
                    cost = -score[i0 - 1][j - 1] - u[i0] - v[j]
                    if cost < low[j]:
                        low[j], way[j] = cost, j0
                    if low[j] < delta:
                        delta, j1 = low[j], j
            for j in range(m + 1):
                if used[j]:
                    u[p[j]] += delta
                    v[j] -= delta
                else:
                    low[j] -= delta
            j0 = j1
            if p[j0] == 0:
                break
        while j0:
            j1 = way[j0]
            p[j0], j0 = p[j1], j1
    return sum(score[p[j] - 1][j - 1] for j in range(1, m + 1) if p[j])


def ceafe(key, response):
    total = assignment([[2 * len(k & r) / (len(k) + len(r)) for r in response] for k in key])
    return (total, len(response)), (total, len(key))


def f1(precision, recall):
    p, r = (x[0] / x[1] if x[1] else 0.0 for x in (precision, recall))
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


METRICS = (("MUC", muc), ("B3", b3), ("CEAFe", ceafe))


class Sums:
    def __init__(self):
        self.sums = {name: [[0.0, 0.0], [0.0, 0.0]] for name, _ in METRICS}

    def add(self, key, response):
        for name, metric in METRICS:
            for side, (right, all_) in enumerate(metric(key, response)):
                self.sums[name][side][0] += right
                self.sums[name][side][1] += all_

    def figures(self):
        return {name: f1(*self.sums[name]) for name, _ in METRICS}

    def conll(self):
        return sum(f for _, _, f in self.figures().values()) / len(METRICS)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("system")
    parser.add_argument("gold")
    parser.add_argument("--names", action="store_true")
    parser.add_argument("--genres", action="store_true")
    parser.add_argument("--trees", help="treebank with the same documents, for --names (default: beside the key)")
    args = parser.parse_args()
    gold, system = read_gold(args.gold), read_system(args.system)
    part = os.path.basename(os.path.normpath(args.gold))
    trees = read_trees(args.trees or os.path.join(args.gold, f"../../../ud/en_gum_open-ud-{part}.conllu")) if args.names else {}
    everything, genres = Sums(), collections.defaultdict(Sums)
    for document, (_, key) in gold.items():
        response = [set(mentions) for mentions in system[document].values()]
        if args.names:
            tree = trees.get(document, [])
            key, response = ([{m for m in c if is_name(tree, m)} for c in chains] for chains in (key, response))
        key, response = ([c for c in chains if len(c) > 1] for chains in (key, response))
        everything.add(key, response)
        genres[document.split("_")[1]].add(key, response)
    for name, (p, r, f) in everything.figures().items():
        print(f"{name:6s} P {100 * p:5.2f}  R {100 * r:5.2f}  F1 {100 * f:5.2f}")
    print(f"CoNLL F1 {100 * everything.conll():.2f} ({len(gold)} documents)")
    if args.genres:
        for genre, sums in sorted(genres.items()):
            print(f"{genre:13s} {100 * sums.conll():.2f}")


if __name__ == "__main__":
    main()
