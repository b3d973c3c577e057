#!/usr/bin/env python3
"""Derives ingest/models/lexicon_frames.tsv: which verb an event noun stands for, and what its possessor and prepositions are to that verb.

    tools/make_frames.py --frames ../shared/language-data/srl/propbank-frames.tar.xz --out ingest/models/lexicon_frames.tsv

Source: the examples of PropBank frames (CC BY-SA 4.0; ingest/models/NOTICE). A row is `noun TAB verb TAB items`, an item `key=role` with
key a preposition, "'s" (possessor) or "-" (a noun before it), and role S (subject), O (direct object) or the preposition with which the
verb takes it ("sale": "to=to"). Keys are those that the examples show; counts decide, ties go to the lower argument number.
"""
import argparse
import collections
import re
import tarfile
import xml.etree.ElementTree as ET

PREPOSITIONS = set("""of by for to with in on at from over against into between among about toward towards as under upon after within
through onto around near concerning regarding""".split())
BE = set("is are was were be been being 's 're get got getting".split())


def argument_key(words):
    first = words[0].lower()
    if first in PREPOSITIONS:
        return first
    if words[-1] in ("'s", "'") or first in ("his", "her", "its", "their", "our", "my", "your"):
        return "'s"
    return "-"


def verb_examples(roleset, verbs):
    """How the verb takes each argument: S, O or a preposition, with counts."""
    uses = collections.defaultdict(collections.Counter)
    for example in roleset.iter("example"):
        bank, text = example.find("propbank"), (example.findtext("text") or "").split()
        rel = bank.find("rel") if bank is not None else None
        if rel is None or not (rel.get("relloc") or "").split():
            continue
        try:
            at = int(rel.get("relloc").split()[0])
        except ValueError:
            continue
        if at >= len(text):
            continue
        word = text[at].lower()
        if not any(word[:max(3, len(v.split("_")[0]) - 2)] == v.split("_")[0][:max(3, len(v.split("_")[0]) - 2)] for v in verbs):
            continue
        before = [w.lower() for w in text[max(0, at - 3):at]]
        passive = bool(BE & set(before)) and not word.endswith("ing")
        possessed = bool(before) and (before[-1] in ("'s", "'", "his", "her", "its", "their", "the", "a", "an", "of", "for", "in"))
        if possessed or (at + 1 < len(text) and text[at + 1].lower() == "of" and "of" not in word):
            continue  # a noun of the same form
        for arg in bank.findall("arg"):
            match = re.match(r"ARG(\d)$", arg.get("type") or "")
            words = (arg.text or "").split()
            try:
                start = int(arg.get("start"))
            except (TypeError, ValueError):
                continue
            if not match or not words:
                continue
            key = argument_key(words)
            if start > at:
                uses[match[1]][key if key in PREPOSITIONS else "O"] += 1
            elif key not in PREPOSITIONS:
                uses[match[1]]["O" if passive else "S"] += 1
    return uses


def noun_examples(roleset, nouns):
    """For each noun, how often each key marks each argument."""
    uses = collections.defaultdict(lambda: collections.defaultdict(collections.Counter))
    for example in roleset.iter("example"):
        bank = example.find("propbank")
        rel = bank.find("rel") if bank is not None else None
        word = (rel.text or "").strip().lower() if rel is not None else ""
        for noun in nouns:
            if word not in (noun, noun + "s", noun[:-1] + "ies"):
                continue
            for arg in bank.findall("arg"):
                match = re.match(r"ARG(\d)$", arg.get("type") or "")
                words = (arg.text or "").split()
                if match and words:
                    uses[noun][argument_key(words)][match[1]] += 1
    return uses


def nearest(noun, verbs):
    def shared(verb):
        n = 0
        while n < min(len(noun), len(verb)) and noun[n] == verb[n]:
            n += 1
        return n
    return max(sorted(set(verbs)), key=shared)


def role_of(argument, key, verb_uses, has_agent):
    """The syntactic role at the verb of what the noun takes as `argument`."""
    if argument == "0" or (argument == "1" and not has_agent):
        return "S"
    uses = verb_uses.get(argument, {})
    marked = {k: n for k, n in uses.items() if k in PREPOSITIONS and k != "by"}
    if argument == "1":
        return max(sorted(marked), key=lambda k: marked[k]) if marked and not uses.get("O") else "O"
    if key in PREPOSITIONS:
        return "O" if uses.get("O") and not marked and key == "to" else key
    if marked:
        return max(sorted(marked), key=lambda k: marked[k])
    return "O" if uses.get("O") else ""


def defaults(verb_uses, has_agent):
    """What a noun without examples takes: what its verb does, an of-phrase for the object, a possessor and a by-phrase for the subject."""
    items = {"'s": "S"}
    one = role_of("1", "of", verb_uses, has_agent)
    items["of"] = one if one in "SO" else "S"
    if one == "O":
        items["by"] = "S"
    for argument, uses in sorted(verb_uses.items()):
        for key, count in sorted(uses.items()):
            if argument != "0" and key in PREPOSITIONS and key not in ("by", "of", "in", "at", "as", "on") or (argument == "1" and key == "on"):
                items.setdefault(key, key)
    return items


def read(archive):
    with tarfile.open(archive) as tar:
        files = {m.name: tar.extractfile(m).read() for m in tar if m.name.endswith(".xml")}
    for _, content in sorted(files.items()):
        try:
            root = ET.fromstring(content)
        except ET.ParseError:
            continue
        yield from root.iter("roleset")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--frames", default="../shared/language-data/srl/propbank-frames.tar.xz")
    parser.add_argument("--out", default="ingest/models/lexicon_frames.tsv")
    args = parser.parse_args()
    best = {}
    for roleset in read(args.frames):
        aliases = [(a.get("pos"), (a.text or "").strip()) for a in roleset.iter("alias")]
        nouns = [t for p, t in aliases if p == "n" and re.fullmatch(r"[a-z]+", t)]
        verbs = [t for p, t in aliases if p == "v" and re.fullmatch(r"[a-z]+(_[a-z]+)?", t)]
        if not nouns or not verbs:
            continue
        by_verb = verb_examples(roleset, verbs)
        has_agent = any(r.get("n") == "0" for r in roleset.iter("role"))
        counted = noun_examples(roleset, nouns)
        for noun in nouns:
            items, weight = defaults(by_verb, has_agent), 0
            for key, arguments in counted[noun].items():
                argument = max(sorted(arguments), key=lambda a: arguments[a])
                weight += sum(arguments.values())
                role = role_of(argument, key, by_verb, has_agent)
                if role:
                    items[key] = role
            row = (nearest(noun, verbs), " ".join(f"{k}={v}" for k, v in sorted(items.items())))
            # Of several rolesets the one with more examples; of equals the first.
            if noun not in best or weight > best[noun][0]:
                best[noun] = (weight, row)
    with open(args.out, "w", encoding="utf-8", newline="\n") as out:
        out.write("# Derived from PropBank frames (CC BY-SA 4.0) by tools/make_frames.py; see NOTICE.\n# noun  verb  key=role ...\n")
        for noun, (_, row) in sorted(best.items(), key=lambda item: item[0].encode()):
            out.write("\t".join((noun,) + row) + "\n")
    print(args.out, len(best), "rows")


if __name__ == "__main__":
    main()
