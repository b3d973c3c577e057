#!/usr/bin/env python3
"""Makes ingest/models/verb_classes.tsv: which verbs say nearly the same, and which verbs hold a claim.

    tools/make_verb_classes.py [--data ../shared/language-data] [--wordnet /usr/share/wordnet] [--out ingest/models/verb_classes.tsv]

Near-synonyms are verbs that are members of one VerbNet class (its innermost subclass) or one PropBank roleset or FrameNet frame
*and* stand in one WordNet
synset that is a usual sense of both. Each source alone is too loose: a class holds what behaves alike (buy, steal), a synset also rare
senses (can, fire). Claims are the verbs of VerbNet's classes of communicating and judging with a content clause.
Sources: VerbNet 3.4, PropBank frames, WordNet 3.0. Licences: ingest/models/NOTICE.
"""
import argparse
import collections
import io
import os
import re
import tarfile
import xml.etree.ElementTree as ET

MAX_SENSE = 4        # WordNet orders senses by use
MAX_SYNONYMS = 8
# Classes whose members take what is said or thought as a clause.
CLAIMS = re.compile(r"^(say-37\.7|tell-37\.2|complain-37\.8|confess-37\.10|advise-37\.9|lecture-37\.11|conjecture-29\.5|manner_speaking-37\.3|"
                    r"declare-29\.4|indicate-78|promise-37\.13|respond|reflexive_appearance-48\.1\.2|transfer_mesg-37\.1|initiate_communication-37\.4\.2|"
                    r"discover-84|estimate-34\.2|consider-29\.9)")
# Members of those classes that are no claims of a fact in news.
NO_CLAIMS = {"continue", "go", "go_on", "read", "show", "write", "cable", "phone", "wire", "see", "begin", "pose", "express", "intend", "plan", "want"}
# Verbs of claiming that VerbNet files elsewhere.
MORE_CLAIMS = {"find", "conclude", "agree", "stress", "tell", "warn", "deny", "argue", "write", "report", "note", "maintain"}


def xml_files(path):
    with tarfile.open(path) as tar:
        for member in tar:
            if member.name.endswith(".xml"):
                yield io.BytesIO(tar.extractfile(member).read())


def verbnet(path):
    """Innermost class -> members."""
    classes = collections.defaultdict(set)
    for file in xml_files(path):
        try:
            root = ET.parse(file).getroot()
        except ET.ParseError:
            continue
        for node in [root, *root.iter("VNSUBCLASS")]:
            members = node.find("MEMBERS")
            for member in members if members is not None else []:
                classes[node.get("ID")].add(member.get("name").lower().replace(" ", "_"))
    return classes


def propbank(path):
    """Roleset or FrameNet frame -> verbs."""
    groups = collections.defaultdict(set)
    for file in xml_files(path):
        try:
            root = ET.parse(file).getroot()
        except ET.ParseError:
            continue
        for roleset in root.iter("roleset"):
            verbs = {a.text.strip().lower().replace(" ", "_") for a in roleset.iter("alias") if a.get("pos") == "v" and a.text}
            groups[roleset.get("id")] |= verbs
            for link in roleset.iter("lexlink"):
                if link.get("resource") == "FrameNet":
                    groups["frame " + link.get("class")] |= verbs
    return groups


def wordnet(path):
    """Synset offset -> verbs of which it is a usual sense, with the rank of that sense."""
    synsets = collections.defaultdict(dict)
    with open(os.path.join(path, "index.verb"), encoding="utf-8") as lines:
        for line in lines:
            if line.startswith(" "):
                continue
            fields = line.split()
            lemma, senses = fields[0], int(fields[2])
            for rank, offset in enumerate(fields[-senses:][:MAX_SENSE], start=1):
                synsets[offset][lemma.lower()] = rank
    return synsets


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", default="../shared/language-data")
    parser.add_argument("--wordnet", default="/usr/share/wordnet")
    parser.add_argument("--out", default="ingest/models/verb_classes.tsv")
    args = parser.parse_args()
    classes = verbnet(os.path.join(args.data, "srl/verbnet.tar.xz"))
    rolesets = propbank(os.path.join(args.data, "srl/propbank-frames.tar.xz"))
    alike = collections.defaultdict(set)
    for group in [*classes.values(), *rolesets.values()]:
        for verb in group:
            alike[verb] |= group
    related = collections.defaultdict(dict)
    for senses in wordnet(args.wordnet).values():
        for verb, rank in senses.items():
            for other, other_rank in senses.items():
                if verb != other and other in alike[verb]:
                    related[verb][other] = min(related[verb].get(other, 9), rank + other_rank)
    claims = {verb for name, members in classes.items() if CLAIMS.match(name) for verb in members}
    claims = (claims - NO_CLAIMS) | MORE_CLAIMS
    word = re.compile(r"^[a-z][a-z_-]*$")
    with open(args.out, "w", encoding="utf-8") as out:
        out.write("# Derived from VerbNet 3.4 (VerbNet licence), PropBank frames (CC BY-SA 4.0) and WordNet 3.0 (WordNet licence); see NOTICE.\n")
        out.write("# verb  flags(c: holds a claim)  near-synonyms, nearest first\n")
        for verb in sorted(set(related) | claims):
            if not word.match(verb):
                continue
            near = [v for v, _ in sorted(related[verb].items(), key=lambda kv: (kv[1], kv[0])) if word.match(v)][:MAX_SYNONYMS]
            flag = "c" if verb in claims else ""
            if near or flag:
                out.write(f"{verb}\t{flag}\t{' '.join(near)}\n")


if __name__ == "__main__":
    main()
