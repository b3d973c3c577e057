"""Sentences for training: trees of UD English EWT and GUM (open genres), names of several corpora.

A sentence is a dict: forms; heads, deprels, upos, xpos, feats (or none); names, a list of bit sets of allowed
labels per word (or none); source, a number.
"""
import glob
import hashlib
import json
import os
import re

NAMES = ["O"] + [p + "-" + t for t in ("PER", "ORG", "LOC", "MISC") for p in ("B", "I")]
NAME_ID = {n: i for i, n in enumerate(NAMES)}
ANY_MISC = 1 << NAME_ID["O"] | 1 << NAME_ID["B-MISC"] | 1 << NAME_ID["I-MISC"]
ALL = (1 << len(NAMES)) - 1
SOURCES = ["uner", "gum", "wikigold", "docred", "wnut", "btc"]
TITLES = set("""mr mrs ms miss dr prof professor president vice senator sen rep representative governor gov mayor
 king queen prince princess sir lady lord general gen colonel col captain capt lieutenant lt sergeant sgt major
 admiral minister secretary chancellor judge justice reverend rev father pope bishop sheikh imam chairman
 director coach doctor officer detective ambassador congressman congresswoman""".split())


def conllu(path):
    sentence, misc = None, None
    document = ""
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if sentence and sentence["forms"]:
                yield sentence
            sentence = None
            continue
        if line.startswith("# newdoc id = "):
            document = line[14:]
        if sentence is None:
            sentence = dict(id="", forms=[], heads=[], deprels=[], upos=[], xpos=[], feats=[], misc=[], document=document,
                            new_document=False)
        if line.startswith("# sent_id = "):
            sentence["id"] = line[12:]
        if line.startswith("# newdoc"):
            sentence["new_document"] = True
        if line[0] == "#":
            continue
        c = line.split("\t")
        if "-" in c[0] or "." in c[0]:
            if "-" in c[0]:
                sentence["misc"].append(("mwt", c[9]))
            continue
        for key, value in zip(("forms", "upos", "xpos", "feats", "heads", "deprels"),
                              (c[1], c[3], c[4], c[5], int(c[6]), c[7])):
            sentence[key].append(value)
        sentence["misc"].append(("word", c[9]))
    if sentence and sentence["forms"]:
        yield sentence


def gum_entities(sentences):
    """[begin, end, type] of the entities of each sentence of a document, innermost last."""
    out, open_ = [], []
    for number, s in enumerate(sentences):
        spans, word = [], -1
        if s["new_document"]:
            open_ = []
        for kind, misc in s["misc"]:
            word += kind == "word"
            here = word if kind == "word" else word + 1
            m = re.search(r"(?:^|\|)Entity=([^|]*)", misc)
            if not m:
                continue
            for item in re.findall(r"\([^()]+\)?|[^()]+\)", m[1]):
                if item.startswith("("):
                    parts = item.strip("()").split("-")
                    begin = (number, here, parts[0], parts[1] if len(parts) > 1 else "")
                    if item.endswith(")"):
                        spans.append((here, here + 1, begin[3]))
                    else:
                        open_.append(begin)
                else:
                    name = item.rstrip(")")
                    for k in range(len(open_) - 1, -1, -1):
                        if open_[k][2] == name:
                            b = open_.pop(k)
                            if b[0] == number:
                                spans.append((b[1], here + 1, b[3]))
                            break
        out.append(spans)
    return out


JOINERS = {"of", "the", "and", "for", "&", "-", "de", "van", "von", "der", "la", "le", "du", "al", "el", "in", "'s", "’s", "."}
TYPE = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "MISC", "object": "MISC", "abstract": "MISC"}


def gum_names(s, spans):
    n = len(s["forms"])
    tags = [0] * n
    for begin, end, kind in sorted(spans, key=lambda x: x[0] - x[1]):
        heads = [i for i in range(begin, end) if not begin <= s["heads"][i] - 1 < end]
        if not heads or s["upos"][heads[0]] != "PROPN" or kind not in TYPE:
            continue
        kind, h = TYPE[kind], heads[0]
        propn = lambda i: s["upos"][i] == "PROPN" or (s["upos"][i] == "NUM" and kind != "PER")
        join = {"-", ".", "de", "van", "von", "der", "la", "al", "el"} if kind == "PER" else JOINERS
        b = e = h
        while True:
            k = b - 1
            while k >= begin and k >= b - 2 and s["forms"][k].lower() in join and not propn(k):
                k -= 1
            if k >= begin and propn(k):
                b = k
            else:
                break
        while True:
            k = e + 1
            while k < end and k <= e + 2 and s["forms"][k].lower() in join and not propn(k):
                k += 1
            if k < end and propn(k):
                e = k
            else:
                break
        while kind == "PER" and b < e and s["forms"][b].lower().strip(".") in TITLES:
            b += 1
            if s["forms"][b] == "." and b < e:
                b += 1
        if any(tags[b:e + 1]):
            continue
        tags[b] = NAME_ID["B-" + kind]
        for i in range(b + 1, e + 1):
            tags[i] = NAME_ID["I-" + kind]
    # Nationalities, and proper nouns that belong to no mention: unknown whether a name.
    out = []
    for i, t in enumerate(tags):
        out.append(1 << t if t else ALL if s["upos"][i] == "PROPN" else ANY_MISC)
    return out


def ewt_names(path):
    """sent_id -> [(begin, end, type)] of the sentences of EWT train that ewt_train_names.tsv holds."""
    out = {}
    for line in open(path, encoding="utf-8"):
        if line.strip() and line[0] != "#":
            c = line.rstrip("\n").split("\t")
            spans = [re.fullmatch(r"(\d+)-(\d+):(\w+)", x) for x in (c[1].split() if len(c) > 1 else [])]
            out[c[0]] = [(int(m[1]), int(m[2]), m[3]) for m in spans]
    return out


def add_ewt_names(sentences, path=os.path.join(os.path.dirname(os.path.abspath(__file__)), "ewt_train_names.tsv")):
    """Names by the guidelines of UNER: sentences without a proper noun hold none, others that the file does not know are unknown."""
    known = ewt_names(path)
    for s in sentences:
        s["source"] = SOURCES.index("uner")
        if s["id"] in known:
            tags = ["O"] * len(s["forms"])
            for b, e, kind in known[s["id"]]:
                tags[b:e] = ["B-" + kind] + ["I-" + kind] * (e - b - 1)
            s["names"] = [allowed(t, True) for t in tags]
        else:
            s["names"] = [ALL if "PROPN" in s["upos"] else ANY_MISC] * len(s["forms"])


def treebank(path):
    sentences = list(conllu(path))
    if path.endswith("en_ewt-ud-train.conllu"):
        add_ewt_names(sentences)
    if "gum" in path:
        for s, spans in zip(sentences, gum_entities(sentences)):
            s["names"] = gum_names(s, spans)
            s["source"] = SOURCES.index("gum")
    for s in sentences:
        s.pop("misc")
    return sentences


def allowed(tag, loose):
    """Bit set of a BIO tag; `loose`: the corpus does not mark other names."""
    if tag == "O" and loose:
        return ANY_MISC
    return 1 << NAME_ID[tag]


def columns(path, separator, form, tag):
    forms, tags = [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line.strip():
            if forms:
                yield forms, tags
            forms, tags = [], []
        elif not (line.startswith("#") and separator == "\t" and "\tO" not in line and "\tB" not in line and "\tI" not in line):
            c = line.split(separator)
            if len(c) > max(form, tag) and c[form].strip():
                forms.append(c[form].strip())
                tags.append(c[tag].strip() or "O")
    if forms:
        yield forms, tags


def unseen(document):
    """Documents of UNER EWT dev that are kept for measuring."""
    return hashlib.md5(document.encode()).digest()[0] % 2 == 0


def uner(path):
    """(sentences for training, sentences kept unseen)."""
    parts, forms, tags, document = ([], []), [], [], ""
    for line in list(open(path, encoding="utf-8")) + ["\n"]:
        line = line.rstrip("\n")
        if line.startswith("# newdoc id = "):
            document = line[14:]
        elif not line:
            if forms:
                parts[unseen(document)].append(dict(forms=forms, tags=tags, names=[allowed(t, True) for t in tags], source=0,
                                                    document=document))
            forms, tags = [], []
        elif line[0] != "#":
            c = line.split("\t")
            forms.append(c[1])
            tags.append(c[2] if c[2] in NAME_ID else "O")
    return parts


def wikigold(path):
    for forms, tags in columns(path, " ", 0, 1):
        bio = [t if t == "O" else ("I-" if i and tags[i - 1] == t else "B-") + t[2:] for i, t in enumerate(tags)]
        yield dict(forms=forms, names=[allowed(t, False) for t in bio], source=SOURCES.index("wikigold"))


def wnut(path):
    kinds = {"person": ["PER"], "location": ["LOC"], "corporation": ["ORG"], "group": ["ORG", "MISC"], "product": ["MISC"],
             "creative-work": ["MISC"]}
    for forms, tags in columns(path, "\t", 0, 1):
        names = []
        for t in tags:
            if t == "O" or t[2:] not in kinds:
                names.append(ANY_MISC)
            else:
                names.append(sum(1 << NAME_ID[t[:2] + k] for k in kinds[t[2:]]))
        yield dict(forms=forms, names=names, source=SOURCES.index("wnut"))


def btc(paths):
    for path in paths:
        for forms, tags in columns(path, "\t", 0, 1):
            names = [allowed(t if t in NAME_ID else "O", True) for t in tags]
            for i, form in enumerate(forms):   # user names are another matter
                if form.startswith("@") or (i and forms[i - 1] == "@"):
                    names[i] = ALL
            yield dict(forms=forms, names=names, source=SOURCES.index("btc"))


def docred(path):
    for document in json.load(open(path, encoding="utf-8")):
        tags = [["O"] * len(s) for s in document["sents"]]
        for entity in document["vertexSet"]:
            for m in entity:
                b, e = m["pos"]
                row = tags[m["sent_id"]]
                if m["type"] not in ("PER", "ORG", "LOC", "MISC") or any(t != "O" for t in row[b:e]):
                    continue
                row[b:e] = ["B-" + m["type"]] + ["I-" + m["type"]] * (e - b - 1)
        for forms, t in zip(document["sents"], tags):
            keep = [i for i, f in enumerate(forms) if f.strip()]
            if keep:
                yield dict(forms=[forms[i].strip() for i in keep], names=[allowed(t[i], False) for i in keep],
                           source=SOURCES.index("docred"))


def names_for_training(root, without_uner=False):
    """[(sentences, weight)]: how often each corpus is drawn in a round."""
    ner = os.path.join(root, "ner")
    train, _ = uner(os.path.join(ner, "uner_en_ewt-dev.iob2"))
    return [([] if without_uner else train, 4.0), (list(wikigold(os.path.join(ner, "wikigold.conll"))), 1.0),
            (list(docred(os.path.join(root, "rel", "re-docred-dev.json"))), 0.6),
            (list(wnut(os.path.join(ner, "wnut17train.conll"))), 0.6),
            (list(btc(sorted(glob.glob(os.path.join(ner, "btc_*.conll"))))), 0.3)]
