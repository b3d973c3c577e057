"""Writes trained weights as the model file of ingest/models/README.md.

    python export.py /tmp/accurate.pt --lemmas ingest/models/fast.model --out ingest/models/accurate.model
"""
import argparse
import collections
import os
import struct

import numpy as np
import torch
import xxhash

import data
from train import minilm_folder
from wordpiece import CLUSTERS, COARSE, KINDS, Lexicon, fnv

POSITIONS = 256


def pad(b, n=64):
    return b + b"\0" * (-len(b) % n)


def quantize(w):
    """Symmetric int8, one scale a row."""
    scale = np.maximum(np.abs(w).max(axis=1), 1e-12) / 127
    return np.clip(np.rint(w / scale[:, None]), -127, 127).astype(np.int8), scale.astype(np.float32)


def matrix(weight, bias):
    """Int8Matrix (ingest/neural/int8_matrix.h) of weight[outputs][inputs]."""
    weight, bias = np.asarray(weight, np.float32), np.asarray(bias, np.float32)
    outputs, inputs = weight.shape
    full = -(-outputs // 64) * 64
    weight = np.pad(weight, ((0, full - outputs), (0, 0)))
    bias = np.pad(bias, (0, full - outputs))
    q, scale = quantize(weight)
    packed = q.reshape(full // 16, 16, inputs // 4, 4).transpose(0, 2, 1, 3)
    # Values are stored + 128 as unsigned bytes: the sums take that off again.
    sums = q.astype(np.int32).sum(axis=1).astype(np.int32)
    return pad(struct.pack("<II", inputs, full)) + scale.tobytes() + bias.tobytes() + sums.tobytes() + packed.tobytes()


def rows(table):
    q, scale = quantize(np.asarray(table, np.float32))
    return pad(struct.pack("<II", *q.shape)) + pad(scale.tobytes()) + q.tobytes()


def floats(*arrays):
    return b"".join(np.asarray(a, np.float32).tobytes() for a in arrays)


def sections_of(path):
    b = open(path, "rb").read()
    count = struct.unpack_from("<I", b, 12)[0]
    out = {}
    for i in range(count):
        name, offset, size = struct.unpack_from("<16sQQ", b, 32 + 32 * i)
        out[name.rstrip(b"\0").decode()] = b[offset:offset + size]
    return out


def write(path, sections):
    offset = -(-(32 + 32 * len(sections)) // 64) * 64
    directory, body = b"", b""
    for name, content in sections:
        directory += struct.pack("<16sQQ", name.encode(), offset, len(content))
        offset = -(-(offset + len(content)) // 64) * 64
    body = directory
    for _, content in sections:
        body += b"\0" * (-(32 + len(body)) % 64) + content
    body += b"\0" * (-(32 + len(body)) % 64)
    header = struct.pack("<8sIIQQ", b"DOSSMDL\n", 1, len(sections), 32 + len(body), xxhash.xxh3_64_intdigest(body))
    with open(path, "wb") as f:
        f.write(header + body)
    return 32 + len(body)


def lexicon_section(lexicon):
    keys = {fnv(11, word.encode("utf-8", "surrogatepass")): known for word, known in lexicon.words.items()}
    order = sorted(keys)
    coarse = np.asarray(lexicon.coarse + [0] * (len(lexicon.coarse) % 2), np.uint16)
    return struct.pack("<IIII", len(order), CLUSTERS, COARSE, KINDS) + coarse.tobytes() + np.asarray(order, np.uint32).tobytes() + \
        np.asarray([keys[k][0] for k in order], np.uint16).tobytes() + np.asarray([keys[k][1] for k in order], np.uint8).tobytes()


def tag_pairs(trees, labels):
    """Lines "upos xpos feats...": numbers of what was seen together at least twice, feats the commonest first."""
    index = {n: {x: i for i, x in enumerate(v)} for n, v in labels.items()}
    pairs = collections.defaultdict(collections.Counter)
    for s in trees:
        for u, x, f in zip(s["upos"], s["xpos"], s["feats"]):
            if x in index["xpos"] and f in index["feats"]:
                pairs[index["upos"][u], index["xpos"][x]][index["feats"][f]] += 1
    lines = []
    for (u, x), feats in sorted(pairs.items(), key=lambda p: -sum(p[1].values())):
        kept = [f for f, n in feats.most_common() if n >= 2]
        if kept:
            lines.append(" ".join(map(str, [u, x] + kept)))
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("weights")
    parser.add_argument("--data", default="../shared/language-data")
    parser.add_argument("--lemmas", required=True, help="model whose lemma table is taken over")
    parser.add_argument("--lexicon", required=True, help="table of lexicon.py, as in training")
    parser.add_argument("--name", default="accurate-2")
    parser.add_argument("--style", default="uner", help="corpus whose idea of names is meant")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    saved = torch.load(args.weights)
    w = {k: v.float().numpy() for k, v in saved["model"].items()}
    labels = saved["labels"]
    layer = lambda name: (w[name + ".weight"], w[name + ".bias"])
    with open(os.path.join(minilm_folder(), "vocab.txt"), encoding="utf-8") as f:
        pieces = f.read().rstrip("\n") + "\n"
    trees = [s for n in ("ewt", "gum_open") for s in data.treebank(f"{args.data}/ud/en_{n}-ud-train.conllu")]
    text = lambda lines: ("\n".join(lines) + "\n").encode()
    sections = [("name", (args.name + "\n").encode()), ("pieces", pieces.encode()), ("words", rows(w["words.weight"])),
                ("features", rows(w["features.weight"])),
                ("lexicon", lexicon_section(Lexicon(args.lexicon))),
                ("mix", matrix(w["mix.weight"], np.zeros(w["mix.weight"].shape[0]))),
                ("positions", floats(w["positions.weight"][:POSITIONS])),
                ("norm", floats(w["norm.weight"], w["norm.bias"]))]
    for i in range(saved["layers"]):
        p = f"layers.{i}."
        for n in ("qkv", "out", "up", "down"):
            sections.append((f"L{i}.{n}", matrix(*layer(p + n))))
        sections.append((f"L{i}.norms", floats(*(w[p + f"norm{k}.{v}"] for k in (1, 2) for v in ("weight", "bias")))))
    style = w["style.weight"][data.SOURCES.index(args.style)]
    heads = [layer("heads." + n) for n in ("upos", "xpos", "feats")]
    heads.append((w["names.weight"], w["names.bias"] + w["names.weight"] @ style))
    stack = lambda parts: matrix(np.concatenate([a for a, _ in parts]), np.concatenate([b for _, b in parts]))
    sections += [("tags", stack(heads)), ("edges", stack([layer(n) for n in ("arc_dep", "arc_head", "rel_dep", "rel_head")])),
                 ("arc", matrix(*layer("arc"))), ("rel", matrix(*layer("rel"))),
                 ("upos", text(labels["upos"])), ("xpos", text(labels["xpos"])), ("feats", text(labels["feats"])),
                 ("deprel", text(labels["deprel"])), ("names", text(data.NAMES)), ("pairs", tag_pairs(trees, labels).encode()),
                 ("lemmas", sections_of(args.lemmas)["lemmas"])]
    print(args.out, write(args.out, sections), "bytes")


if __name__ == "__main__":
    main()
