#!/usr/bin/env python3
"""CoNLL coreference score (mean F1 of MUC, B3 and CEAF-e) of dossier_eval_coref's output against OntoGUM.

    build/release/ingest/dossier_eval_coref ../shared/language-data/ud/en_gum_open-ud-dev.conllu > mentions.tsv
    tools/score_coref.py mentions.tsv ../shared/language-data/coref/ontogum/dev

Exact spans, predicted mentions, singletons left out on both sides, as OntoNotes has it. `--names` keeps only mentions that are names: on
our side those found as such, on the gold side those whose tokens are all capitalised but for articles and "of".
CEAF-e's assignment is optimal (Hungarian method, written here; standard library only).
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


def is_name(tokens, span):
    words = tokens[span[0]:span[1] + 1]
    named = [w for w in words if w[:1].isupper()]
    return bool(named) and all(w[:1].isupper() or w.lower() in ("the", "of", "and", "-", "'s", "’s", "de", "van", "von") for w in words) and words[0] not in (
        "The", "A", "He", "She", "It", "They", "We", "I", "This", "That", "His", "Her", "Its", "Their", "My", "Our", "You", "Your") or (
        len(words) > 1 and words[0] == "The" and all(w[:1].isupper() or w == "of" for w in words[1:]))


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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("system")
    parser.add_argument("gold")
    parser.add_argument("--names", action="store_true")
    args = parser.parse_args()
    gold, system = read_gold(args.gold), read_system(args.system)
    sums = {name: [[0.0, 0.0], [0.0, 0.0]] for name in ("MUC", "B3", "CEAFe")}
    for document, (tokens, key) in gold.items():
        if args.names:
            key = [c for c in ({m for m in c if is_name(tokens, m)} for c in key) if len(c) > 1]
        response = [{m for m, kind in mentions.items() if not args.names or kind == "name"} for mentions in system[document].values()]
        response = [c for c in response if len(c) > 1]
        for name, metric in (("MUC", muc), ("B3", b3), ("CEAFe", ceafe)):
            for side, (right, all_) in enumerate(metric(key, response)):
                sums[name][side][0] += right
                sums[name][side][1] += all_
    mean = 0.0
    for name, (precision, recall) in sums.items():
        p, r, f = f1(precision, recall)
        mean += f / 3
        print(f"{name:6s} P {100 * p:5.2f}  R {100 * r:5.2f}  F1 {100 * f:5.2f}")
    print(f"CoNLL F1 {100 * mean:.2f} ({len(gold)} documents)")


if __name__ == "__main__":
    main()
