#!/usr/bin/env python3
"""Derives the tables of ingest/models/{gazetteer,lexicon_*}.tsv from public sources, deterministically.

    tools/make_lexicon.py --wordnet /usr/share/wordnet --shared ../shared --out ingest/models

Sources: WordNet 3.0 (apt wordnet-base), PropBank frames and world-countries 5.1.0 (shared/language-data). Licences: ingest/models/NOTICE.
The hand-made table lexicon_hand.tsv is not touched.
"""
import argparse
import collections
import json
import os
import re
import tarfile
import xml.etree.ElementTree as ET

LEX_CLASSES = {  # lexicographer file -> the letter that ingest/entity/lexicon.cc reads
    3: "t", 4: "a", 5: "n", 6: "r", 7: "b", 8: "y", 9: "c", 10: "m", 11: "e", 12: "f", 13: "d", 14: "g", 15: "l", 16: "v", 17: "o",
    18: "p", 19: "h", 20: "k", 21: "s", 22: "z", 23: "q", 24: "i", 25: "w", 26: "x", 27: "u", 28: "j"}
TITLE_ROOTS = """leader worker professional expert politician official officeholder representative spokesperson head ruler
aristocrat clergyman writer artist scientist scholar athlete player performer musician businessman journalist lawyer doctor teacher
educator candidate activist advocate diplomat spy executive administrator serviceman military_officer combatant mediator
authority negotiator guru creator engineer health_professional adviser critic nominee legislator head_of_state sovereign
defender reformer rebel communicator entertainer contestant coach""".split()
AGENT_SUFFIXES = ("er", "or", "ar", "ant", "ent", "ist", "ian", "eer")


class WordNet:
    def __init__(self, folder):
        self.synsets = {"n": {}, "v": {}}
        self.senses = {"n": {}, "v": {}}
        self.tag_counts = collections.Counter()
        for pos, name in (("n", "noun"), ("v", "verb")):
            self._read_data(pos, os.path.join(folder, "data." + name))
            self._read_index(pos, os.path.join(folder, "index." + name))
        with open(os.path.join(folder, "cntlist.rev"), encoding="utf-8") as lines:
            for line in lines:
                key, _, count = line.split()
                lemma, rest = key.split("%", 1)
                self.tag_counts[lemma, rest.split(":")[0], int(rest.split(":")[1])] += int(count)
                self.tag_counts[lemma, rest.split(":")[0]] += int(count)

    def _read_data(self, pos, path):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("  "):
                    continue
                body, _, gloss = line.partition("|")
                fields = body.split()
                count = int(fields[3], 16)
                words = [fields[4 + 2 * i] for i in range(count)]
                at = 4 + 2 * count
                pointers = []
                for i in range(int(fields[at])):
                    symbol, target, target_pos, where = fields[at + 1 + 4 * i:at + 5 + 4 * i]
                    pointers.append((symbol, target, target_pos, int(where[:2], 16), int(where[2:], 16)))
                self.synsets[pos][fields[0]] = (int(fields[1]), words, pointers, gloss.strip())

    def _read_index(self, pos, path):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("  "):
                    continue
                fields = line.split()
                self.senses[pos][fields[0]] = fields[-int(fields[2]):]

    def hyponyms(self, roots):
        children = collections.defaultdict(list)
        for offset, (_, _, pointers, _) in self.synsets["n"].items():
            for symbol, target, _, _, _ in pointers:
                if symbol == "@":
                    children[target].append(offset)
        found, stack = set(), list(roots)
        while stack:
            offset = stack.pop()
            if offset not in found:
                found.add(offset)
                stack += children[offset]
        return found


class PropBank:
    """Rolesets: verb -> VerbNet classes and FrameNet frames; event noun -> verb."""

    def __init__(self, archive):
        self.classes = collections.defaultdict(set)
        self.rolesets = collections.defaultdict(set)
        self.noun_verb = {}
        self.verbs = set()
        with tarfile.open(archive) as tar:
            files = {m.name: tar.extractfile(m).read() for m in tar if m.name.endswith(".xml")}  # in archive order: xz cannot seek
        for _, content in sorted(files.items()):
            try:
                root = ET.fromstring(content)
            except ET.ParseError:
                continue
            for roleset in root.iter("roleset"):
                self._add(roleset)

    def _add(self, roleset):
        aliases = [(a.get("pos"), (a.text or "").strip()) for a in roleset.iter("alias")]
        verbs = [text for pos, text in aliases if pos == "v"]
        self.verbs.update(verbs)
        for verb in verbs:
            self.rolesets[verb].add(roleset.get("id"))
            for link in roleset.iter("lexlink"):
                if float(link.get("confidence") or 0) >= 0.5:
                    self.classes[verb].add((link.get("resource"), re.sub(r"(-\d+)+$", "", link.get("class") or "")
                                            if link.get("resource") == "VerbNet" else link.get("class")))
        for pos, noun in aliases:
            if pos == "n" and verbs:
                self.noun_verb.setdefault(noun, nearest(noun, verbs))


def nearest(noun, verbs):
    """The verb that shares the longest beginning with the noun."""
    return max(sorted(set(verbs)), key=lambda v: len(os.path.commonprefix([noun, v])))


def simple(word):
    return re.fullmatch(r"[a-z][a-z'-]*[a-z]", word) is not None


def morphological_agent(noun, verb):
    stem = os.path.commonprefix([noun, verb])
    if noun.endswith("ee"):
        return False
    return noun == verb or (len(stem) >= max(3, len(verb) - 2) and noun.endswith(AGENT_SUFFIXES))


def noun_table(wn, pb):
    roots = [wn.senses["n"][w][i] for w in TITLE_ROOTS if w in wn.senses["n"]
             for i in range(len(wn.senses["n"][w])) if wn.synsets["n"][wn.senses["n"][w][i]][0] == 18]
    titles = wn.hyponyms(roots)
    rows = {}
    for lemma, offsets in sorted(wn.senses["n"].items()):
        proper = all(lemma not in wn.synsets["n"][o][1] for o in offsets)
        multiword = "_" in lemma
        if proper or not (simple(lemma) or (multiword and re.fullmatch(r"[a-z]+(_[a-z]+){1,2}", lemma))):
            continue
        scores = collections.Counter()
        for rank, offset in enumerate(offsets):
            scores[wn.synsets["n"][offset][0]] += 1.0 / (1 + rank) ** 2
        for lex_file in list(scores):
            scores[lex_file] += 0.5 * wn.tag_counts[lemma, "1", lex_file]
        best = max(sorted(scores), key=lambda k: scores[k])
        person = [o for o in offsets if wn.synsets["n"][o][0] == 18]
        title = bool(person) and scores[18] * 3 >= scores[best] and any(o in titles for o in person)
        if multiword and not (best == 18 and title):
            continue
        agent = agent_verb(wn, lemma, person) if best == 18 or title or set(offsets[:2]) & set(person) else ""
        event = pb.noun_verb.get(lemma, "") if best != 18 or lemma in pb.noun_verb else ""
        if not event and best in (4, 11):
            event = event_verb(wn, lemma, offsets)
        rows[lemma.replace("_", " ")] = (LEX_CLASSES[best], "t" if title else "", agent, "" if event == agent else event)
    return rows


def derived_verbs(wn, lemma, offset):
    _, words, pointers, _ = wn.synsets["n"][offset]
    lowered = [w.lower() for w in words]
    place = lowered.index(lemma) + 1 if lemma in lowered else 0
    for symbol, target, pos, source, target_word in pointers:
        if symbol == "+" and pos == "v" and source == place:
            yield wn.synsets["v"][target][1][target_word - 1].lower()


def agent_verb(wn, lemma, offsets):
    for offset in offsets[:2]:
        for verb in derived_verbs(wn, lemma, offset):
            usual = (wn.tag_counts[verb, "2"] + 1) * 10 >= wn.tag_counts[lemma, "1"]  # a president seldom presides, a minister never ministers
            if morphological_agent(lemma, verb) and simple(verb) and usual:
                return verb
    return ""


def event_verb(wn, lemma, offsets):
    for offset in offsets[:2]:
        verbs = [v for v in derived_verbs(wn, lemma, offset) if len(os.path.commonprefix([v, lemma])) >= 3 and simple(v)]
        if verbs:
            return nearest(lemma, verbs)
    return ""


def verb_table(wn, pb):
    """Synonyms share a WordNet synset and a VerbNet class, FrameNet frame or roleset; so rare senses do not link verbs."""
    rows = {}
    for lemma, offsets in sorted(wn.senses["v"].items()):
        if not simple(lemma.replace("_", "")):
            continue
        classes = pb.classes[lemma]
        related = collections.Counter()
        for rank, offset in enumerate(offsets):
            for other in wn.synsets["v"][offset][1]:
                other = other.lower()
                if other == lemma or not re.fullmatch("[a-z]+(_[a-z]+)?", other):
                    continue
                other_rank = wn.senses["v"][other].index(offset)
                shared = classes & pb.classes[other]
                same_roleset = pb.rolesets[lemma] & pb.rolesets[other]
                if same_roleset or (shared and rank < 6 and other_rank < 4) or (rank == 0 and other_rank == 0):
                    related[other] += 1.0 / ((1 + rank) * (1 + other_rank)) + (0.5 if shared else 0)
        synonyms = [w for w, _ in sorted(related.items(), key=lambda kv: (-kv[1], kv[0]))][:8]
        files = collections.Counter()
        for rank, offset in enumerate(offsets):
            files[wn.synsets["v"][offset][0]] += 1.0 / (1 + rank) ** 2
        for lex_file in list(files):
            files[lex_file] += 0.5 * wn.tag_counts[lemma, "2", lex_file]
        best = max(sorted(files), key=lambda k: files[k])
        flag = {32: "s", 31: "c"}.get(best, "")
        if synonyms or flag or "_" not in lemma:
            rows[lemma] = (flag, " ".join(synonyms))
    return rows


def country_table(path):
    with open(path, encoding="utf-8") as file:
        countries = json.load(file)
    rows = []
    for c in sorted(countries, key=lambda c: c["cca2"]):
        name = c["name"]["common"]
        others = [c["name"]["official"]] + [a for a in c["altSpellings"] if len(a) > 3]
        others += [n["common"] for n in c["name"].get("native", {}).values() if n["common"].isascii() and len(n["common"]) > 3]
        others = list(dict.fromkeys(o for o in others if o != name and "," not in o))
        demonyms = c.get("demonyms", {}).get("eng", {})
        demonyms = list(dict.fromkeys(d.strip() for g in ("m", "f") for d in re.split(r",| or ", demonyms.get(g, "")) if d.strip()))
        state = "s" if c.get("independent") else "d"
        rows.append("\t".join([c["cca2"], state, name, c["name"]["official"], "|".join(others), "|".join(c["capital"]),
                               "|".join(demonyms)]))
    return rows


NAME_KINDS = {15: "L", 17: "L", 14: "G", 18: "P", 11: "E"}


def name_table(wn):
    """Names of WordNet's instances: places, organisations, given names of persons, events; and nouns for natives of a place."""
    rows = collections.defaultdict(set)
    for _, (lex_file, words, pointers, gloss) in sorted(wn.synsets["n"].items()):
        instance = any(symbol == "@i" for symbol, *_ in pointers)
        native = re.match(r"(?:a|an) (?:\w+ )?(?:native or inhabitant|inhabitant or native|native|inhabitant|member of the \w+|"
                          r"native or resident|citizen|man of \w+ descent) (?:or inhabitant )?of (?:the )?([A-Z][\w ]*?)(?: *[;(,]|$)", gloss)
        for word in words:
            name = word.replace("_", " ")
            if not name[0].isupper() or len(name) < 3 or len(name) > 40:
                continue
            if lex_file == 18 and native and " " not in name:
                rows[name].add("N:" + re.split(r" (?:and|or|who|that|in|as|while|of) ", native.group(1))[0].strip())
            elif instance and lex_file == 18 and " " in name:
                first = name.split(" ")[0]
                if re.fullmatch(r"[A-Z][a-z]{2,}", first) and first not in ("Saint", "The", "Lord", "Sir", "King", "Queen", "Mother",
                                                                             "Prince", "Princess", "Duke", "Lady", "Pope", "First", "President", "General", "Emperor",
                                                                             "Marshal", "Admiral", "Chief", "Baron", "Count", "Earl", "Marquis", "Major", "Colonel"):
                    rows[first].add("P")
            elif instance and lex_file in NAME_KINDS and lex_file != 18:
                rows[name].add(NAME_KINDS[lex_file])
            elif lex_file == 14 and re.match(r"[A-Z][a-z]+ (?:[A-Z]|of )|[A-Z]{3,}$", name):
                rows[name].add("G")
    return {k: "|".join(sorted(v)) for k, v in rows.items()}


def write(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write("".join("# " + line + "\n" for line in header))
        out.writelines(row + "\n" for row in rows)
    print(path, len(rows), "rows", os.path.getsize(path), "bytes")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--wordnet", default="/usr/share/wordnet")
    parser.add_argument("--shared", default="../shared")
    parser.add_argument("--out", default="ingest/models")
    args = parser.parse_args()
    data = os.path.join(args.shared, "language-data")
    wn = WordNet(args.wordnet)
    pb = PropBank(os.path.join(data, "srl/propbank-frames.tar.xz"))
    by_bytes = lambda item: item[0].encode()
    write(os.path.join(args.out, "gazetteer.tsv"),
          ["Derived from world-countries 5.1.0. Open Database License (ODbL) 1.0; see NOTICE.",
           "code  status(s: state, d: dependent)  name  official name  other names  capitals  English demonyms"],
          country_table(os.path.join(data, "gaz/world-countries.json")))
    write(os.path.join(args.out, "lexicon_nouns.tsv"),
          ["Derived from WordNet 3.0 (WordNet licence) and PropBank frames (CC BY-SA 4.0); see NOTICE.",
           "noun  class  flags(t: title)  verb of the doer  verb of the deed"],
          ["\t".join((k,) + v) for k, v in sorted(noun_table(wn, pb).items(), key=by_bytes)])
    write(os.path.join(args.out, "lexicon_verbs.tsv"),
          ["Derived from WordNet 3.0 (WordNet licence) and PropBank frames (CC BY-SA 4.0); see NOTICE.",
           "verb  flags(s: communication, c: cognition)  near-synonyms"],
          ["\t".join((k,) + v) for k, v in sorted(verb_table(wn, pb).items(), key=by_bytes)])
    write(os.path.join(args.out, "lexicon_names.tsv"),
          ["Derived from WordNet 3.0 (WordNet licence); see NOTICE.",
           "name  kinds(L: place, G: organisation, E: event, P: given name, N:x: native of x)"],
          ["\t".join((k, v)) for k, v in sorted(name_table(wn).items(), key=by_bytes)])


if __name__ == "__main__":
    main()
