#!/usr/bin/env python3
"""Fits the confidences of ingest/fact/confidence.h and shows how well they are calibrated.

    B=build/release; D=../shared/language-data/oie
    for m in fast accurate; do
      $B/ingest/fact/dossier_eval_confidence $D/carb-dev.txt $m > /tmp/tuples-$m.tsv
    done
    DOSSIER_BANK_DUMP=/tmp/facts $B/tests/ingest/dossier_ingest_tests --gtest_filter='*Bank.Whole*'
    tools/fit_confidence.py --scorer $D/carb_score.py --gold $D/carb-dev.tsv --tuples /tmp/tuples-fast.tsv /tmp/tuples-accurate.tsv \\
        --facts /tmp/facts.fast /tmp/facts.accurate --out ingest/fact/confidence_weights.h

Logistic regression with an L2 penalty. A tuple's target is the precision that CaRB's scorer gives it against its best gold tuple; a fact's
is right (1) or wrong (0) in the labelled articles, where those of both models are fitted together, with an intercept for each. Every figure
printed is of held-out folds: five, by sentence for tuples, by runs of facts for facts. Without --out nothing is written. Standard library.
"""
import argparse
import importlib.util
import math
import random
from collections import defaultdict


def parse(features):
    out = {}
    for item in features.split():
        name, value = item.rsplit("=", 1)
        out[name] = out.get(name, 0.0) + float(value)
    return out


def fit(rows, penalty, rounds=400):
    """rows: (features, target in 0..1, weight). Adagrad on the whole batch: the same data give the same weights."""
    weights, squares = defaultdict(float), defaultdict(lambda: 1e-8)
    total = sum(w for _, _, w in rows)
    for _ in range(rounds):
        gradient = defaultdict(float)
        for x, y, w in rows:
            error = w * (chance(weights, x) - y)
            for name, value in x.items():
                gradient[name] += error * value
        for name, g in gradient.items():
            g = g / total + (0 if name == "bias" else penalty * weights[name])
            squares[name] += g * g
            weights[name] -= 0.3 * g / math.sqrt(squares[name])
    return dict(weights)


def chance(weights, x):
    s = sum(weights.get(name, 0.0) * value for name, value in x.items())
    return 1 / (1 + math.exp(-max(-30, min(30, s))))


def reliability(pairs, title):
    """Of those with a confidence in each tenth, how many are right; the expected calibration error."""
    print(title)
    bins, error = defaultdict(list), 0.0
    for p, y in pairs:
        bins[min(9, int(p * 10 + 1e-9))].append((p, y))
    for b in sorted(bins):
        mean, right = (sum(v) / len(bins[b]) for v in zip(*bins[b]))
        error += abs(mean - right) * len(bins[b]) / len(pairs)
        print(f"| 0.{b}-{(b + 1) / 10:.1f} | {len(bins[b])} | {mean:.2f} | {right:.2f} |")
    brier = sum((p - y) ** 2 for p, y in pairs) / len(pairs)
    print(f"expected calibration error {error:.3f}, Brier score {brier:.3f}, {len(pairs)} items\n")


def read_tuples(path, gold, scorer):
    rows = []
    for line in open(path, encoding="utf-8"):
        features, sentence, confidence, predicate, *arguments = line.rstrip("\n").split("\t")
        answers = gold.get(scorer.key(sentence), [])
        target = max((scorer.blt(g, (predicate, arguments))[0] for g in answers), default=0.0)
        rows.append((parse(features), target, 1.0, sentence, float(confidence), predicate, arguments))
    return rows


def carb(rows, confidences, gold_file, scorer):
    predicted = defaultdict(list)
    for row, confidence in zip(rows, confidences):
        predicted[row[3]].append((confidence, row[5], row[6]))
    auc, p, r, f, _ = scorer.score(scorer.read_gold(gold_file), predicted)
    return f"AUC {auc:.3f} P {p:.3f} R {r:.3f} F1 {f:.3f}"


def folds_of(keys, n=5):
    groups = sorted(set(keys))
    random.Random(7).shuffle(groups)
    place = {g: i % n for i, g in enumerate(groups)}
    return [place[k] for k in keys]


def crossed(rows, keys, penalty):
    folds, out = folds_of(keys), [0.0] * len(rows)
    for n in range(5):
        weights = fit([r[:3] for r, f in zip(rows, folds) if f != n], penalty)
        for i, f in enumerate(folds):
            if f == n:
                out[i] = chance(weights, rows[i][0])
    return out


def table(name, weights):
    lines = ",\n    ".join(f'{{"{k}", {v:.4f}}}' for k, v in sorted(weights.items()) if abs(v) >= 0.0005)
    return f"inline constexpr Weight {name}[] = {{\n    {lines},\n}};\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scorer", required=True)
    parser.add_argument("--gold", required=True)
    parser.add_argument("--tuples", nargs=2, required=True, metavar=("FAST", "ACCURATE"))
    parser.add_argument("--facts", nargs=2, required=True, metavar=("FAST", "ACCURATE"))
    parser.add_argument("--out")
    args = parser.parse_args()
    spec = importlib.util.spec_from_file_location("carb_score", args.scorer)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    gold = {scorer.key(k): v for k, v in scorer.read_gold(args.gold).items()}

    models = ["fast", "accurate"]
    tuples = [read_tuples(path, gold, scorer) for path in args.tuples]
    both = tuples[0] + tuples[1]
    held_out = crossed(both, [r[3] for r in both], 0.0005)
    begin = 0
    for model, rows in zip(models, tuples):
        mine = held_out[begin:begin + len(rows)]
        begin += len(rows)
        print(f"tuples, {model}: as they are  {carb(rows, [r[4] for r in rows], args.gold, scorer)}")
        print(f"tuples, {model}: cross-fitted {carb(rows, mine, args.gold, scorer)}")
    tuple_weights = fit([r[:3] for r in both], 0.0005)

    facts, keys = [], []
    for n, path in enumerate(args.facts):
        for i, line in enumerate(open(path, encoding="utf-8")):
            right, confidence, features = line.rstrip("\n").split("\t")
            x = parse(features)
            x["model:" + models[n]] = 1.0
            facts.append((x, float(right), 1.0, float(confidence), n))
            keys.append((i // 25))   # what one model's neighbours say of a passage does not tell about the other's
    held_out = crossed(facts, keys, 0.004)
    for n, model in enumerate(models):
        mine = [(p, f[1]) for p, f in zip(held_out, facts) if f[4] == n]
        reliability([(1 / (1 + math.exp(-f[0]["prior"])), f[1]) for f in facts if f[4] == n], f"facts, {model}: set by rule")
        reliability(mine, f"facts, {model}: fitted, held-out folds")
    weights = fit([f[:3] for f in facts], 0.004)
    per_model = []
    for model in models:
        own = {k: v for k, v in weights.items() if not k.startswith("model:")}
        own["bias"] = own.get("bias", 0.0) + weights.get("model:" + model, 0.0)
        per_model.append(own)
    if args.out:
        with open(args.out, "w", encoding="utf-8") as out:
            out.write("// Made by tools/fit_confidence.py; do not edit. Sorted by feature.\n#pragma once\n\n#include <string_view>\n\n"
                      "namespace dossier::ingest::confidence {\n\nstruct Weight {\n  std::string_view feature;\n  double value;\n};\n\n")
            out.write(table("kTuple", tuple_weights) + "\n" + table("kFactFast", per_model[0]) + "\n" + table("kFactAccurate", per_model[1]))
            out.write("\n}  // namespace dossier::ingest::confidence\n")


if __name__ == "__main__":
    main()
