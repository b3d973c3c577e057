#!/usr/bin/env python3
"""Names and relations of the graph against re3d (dstl/re3d: 72 documents of defence and security news).

    tools/score_re3d.py build/release/dossier ../shared/language-data/re3d [--model accurate] [--misses TYPE]

Each document goes through `dossier extract`: names and their classes are read from `--format nquads`, relations from `--format facts`.
The mapping, and what counts as a match, is described in docs/re3d.md. `--misses TYPE` lists the gold names or relations of one type that
are not found, and the names or facts that are wrong, to be read. Standard library only.
"""
import argparse
import collections
import glob
import json
import os
import re
import subprocess
import tempfile

SKIP = {"the", "a", "an", "of", "s", "this", "that", "his", "her", "its", "their", "mr", "mrs", "and"}
NAME_TYPES = ["Person", "Organisation", "Location", "Nationality"]
# Our class -> the types of re3d that it agrees with. A state is a place and a body there; its adjective is a Nationality.
CLASSES = {"Person": {"Person"}, "Organization": {"Organisation"}, "Place": {"Location"},
           "Country": {"Location", "Organisation", "Nationality"}, "Nationality": {"Nationality", "Person"}}
RELATIONS = {
    "BelongsTo": r"be_(member|part|employee|resident|citizen|soldier|fighter|spokesman|spokeswoman|spokesperson|ambassador|envoy|official|unit"
                 r"|minister|secretary|leader|head|representative|president|general|director|commander|\w+er|\w+or|\w+ist)_(of|for|at)"
                 r"|belong_to|join|work_(for|as_part_of)|serve_(in|with)|include|be_assigned_to|assign_to|be_commander_in|be_deployed_from|titleOf",
    "InChargeOf": r"(lead|head|command|control|run|chair|direct|govern|rule|own|host|manage|operate|organi[sz]e|oversee)"
                  r"|be_(leader|head|commander|president|chief|minister|secretary|chairman|director|governor|king|owner|ruler|mayor"
                  r"|chancellor|premier|boss|founder|coordinator|representative)_(of|for)|hold|seize|conduct|carry_out|use|maintain|titleOf",
    "CoLocated": r"\w+_(in|at|near|inside|around|outside|into|to|from|on|across|through)|enter|leave|reach|visit|cross|hold|capture|place",
    "AlliesOf": r"ally(_with)?|support|back|help|assist|aid|arm|train|cooperate_with|be_(ally|partner|supporter|backer|member)_of|work_with"
                r"|align_with|join|fight_(alongside|with)|equip|fund|sponsor|advise|coordinate_with|partner_with|enable|be_allied_with|\w*in_support_of|\w*with_(aid|help|support)_of|work_as_part_of",
    "FightingAgainst": r"(fight|combat|battle|attack|strike|bomb|kill|clash|war|target|hit|conflict|defeat|invade|shell|destroy|capture|seize"
                       r"|shoot|murder|execute|besiege|counter|defend|bombard|raid|drive|liberate|retake|launch|conduct|engage|push"
                       r"|recapture|expel|oust|repel|degrade|remove|clear|eliminate|lose|take)(_\w+)?",
    "CommWith": r"(tell|meet|talk|speak|say|call|urge|inform|ask|negotiate|warn|brief|discuss|invite|address|visit|quote|thank|write|report"
                r"|announce|report|express|call|announce|host|agree|consult|appeal|assure|welcome|congratulate|interview|cite|accept)(_\w+)?",
    "HasAttrOf": r"be|jobTitle|have|be_\w+_(of|for)",
    "IsSynonymOf": r"be|call|name|know|be_known_as|know_as",
    "Likes": r"(support|praise|welcome|thank|back|like|endorse|commend|congratulate|appreciate)(_\w+)?",
    "Dislikes": r"(condemn|accuse|criti[cs]i[sz]e|oppose|reject|denounce|blame|deplore|fear|hate|dislike)(_\w+)?",
}


def words(text):
    out = set()
    for w in re.findall(r"\w+", text.lower()):
        if len(w) > 3 and w.endswith("s") and not w.endswith("ss"):
            w = w[:-1]
        if w not in SKIP:
            out.add(w)
    return out


def overlap(a, b):
    """Content words overlap by half (F1)."""
    x, y = words(a), words(b)
    return bool(x and y) and 4 * len(x & y) >= len(x) + len(y)


def same_people(adjective, country):
    """"Syrian" and "Syria": the first four letters."""
    return any(len(x) > 3 and len(y) > 3 and x[:4] == y[:4] for x in words(adjective) for y in words(country))


def run(binary, model, text, form):
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8", delete=False) as f:
        f.write(text)
    try:
        return subprocess.run([binary, "extract", "--format", form, "--model", model, f.name], capture_output=True, check=True).stdout.decode()
    finally:
        os.unlink(f.name)


def names_of(nquads):
    """(names, class) of each named entity that the document mentions."""
    cls, labels, mentioned = {}, collections.defaultdict(list), set()
    for line in nquads.splitlines():
        m = re.match(r"<(urn:dossier:[^>]*)> <([^>]*)> (.*) \.$", line)
        if not m:
            continue
        subject, predicate, value = m.groups()
        if predicate.endswith("#type") and "entity/" in subject:
            cls[subject] = re.split(r"[/#]", value.strip("<>"))[-1]
        elif predicate.endswith("#label") or predicate.endswith("core#altLabel"):
            labels[subject].append(json.loads('"' + value[1:value.rindex('"')] + '"'))
        elif predicate.endswith("org/mentions"):
            mentioned.add(value.strip("<>"))
    return [(labels[e], cls.get(e, "Thing")) for e in sorted(mentioned)]


def load(folder):
    documents = {}
    for source in sorted(glob.glob(os.path.join(folder, "*", ""))):
        read = lambda name: [json.loads(l) for l in open(os.path.join(source, name), encoding="utf-8") if l.strip()]
        for d in read("documents.json"):
            documents[d["_id"]] = {"text": d["text"], "entities": [], "relations": []}
        for kind in ("entities", "relations"):
            for item in read(kind + ".json"):
                documents[item["documentId"]][kind].append(item)
    return documents


PRONOUNS = {"We", "They", "He", "She", "It", "Our", "Their", "His", "I", "Who", "These", "Those", "This"}


def is_name(value):
    return value not in PRONOUNS and any(w[0].isupper() and w not in ("The", "A", "An", "This") for w in re.findall(r"\w+", value)) and len(value) > 1


class Counts(collections.defaultdict):
    def __init__(self):
        super().__init__(lambda: [0, 0, 0])


def score_names(document, found, counts, misses, wanted):
    gold = {(e["type"], e["value"].strip()) for e in document["entities"] if e["type"] in NAME_TYPES and is_name(e["value"])}
    for kind, value in sorted(gold):
        near = [cls for labels, cls in found if any(overlap(value, label) or (kind == "Nationality" and same_people(value, label)) for label in labels)]
        c = counts["names", kind, "recall"]
        c[0] += any(kind in CLASSES.get(cls, ()) for cls in near)
        c[1] += bool(near)
        c[2] += 1
        if wanted == kind and not any(kind in CLASSES.get(cls, ()) for cls in near):
            misses.append(f"missed {kind}: {value}   {near}")
    for labels, cls in found:
        if cls not in CLASSES:
            continue
        near = [kind for kind, value in gold
                if any(overlap(value, label) or (kind == "Nationality" and same_people(value, label)) for label in labels)]
        c = counts["names", cls, "precision"]
        c[0] += any(kind in CLASSES[cls] for kind in near)
        c[1] += bool(near)
        c[2] += 1
        if wanted == cls and not any(kind in CLASSES[cls] for kind in near):
            misses.append(f"wrong {cls}: {labels}   {near}")


def edges_of(facts, found):
    """(subject texts, relation, object texts) of all facts, whether asserted or not."""
    alias = {}
    for labels, _ in found:
        for label in labels:
            alias[label] = labels

    def texts(end):
        if not end:
            return []
        name = end.get("id", "").rsplit("/", 1)[-1].split(".")[0].replace("_", " ")
        out = {end["text"], name}
        for t in (end["text"], name):
            out.update(alias.get(t, []))
        return [t for t in out if t]

    for fact in facts:
        subject, relation, object_ = texts(fact.get("subject")), fact["predicate"]["lemma"], texts(fact.get("object"))
        yield subject, relation, object_
        for q in fact.get("qualifiers", []):
            other = texts(q)
            if q["role"] == "place":
                yield subject, "place", other
                yield object_, "place", other
            elif q["role"] == "titleOf":
                yield subject, "titleOf", other
            elif q["role"].startswith("q_"):
                for end in (subject, object_):
                    yield end, fact["predicate"]["lemma"] + q["role"][1:], other


def joins(edge, relation):
    def near(a, texts):
        return any(overlap(a, t) for t in texts)
    s, _, o = edge
    return (near(relation["source"], s) and near(relation["target"], o)) or (near(relation["target"], s) and near(relation["source"], o))


def score_relations(document, edges, found, counts, misses, wanted):
    for relation in document["relations"]:
        kind = relation["type"]
        if kind not in RELATIONS:
            continue
        joining = [e[1] for e in edges if joins(e, relation)]
        typed = any(re.fullmatch(RELATIONS[kind], r) for r in joining)
        if kind == "IsSynonymOf" and not typed:
            typed = any(any(overlap(relation["source"], l) for l in labels) and any(overlap(relation["target"], l) for l in labels)
                        for labels, _ in found)
        c = counts["relations", kind, "recall"]
        c[0] += typed
        c[1] += bool(joining) or typed
        c[2] += 1
        if wanted == kind and not typed:
            misses.append(f"missed {kind}: {relation['source']} | {relation['value']} | {relation['target']}   {sorted(set(joining))}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("folder")
    parser.add_argument("--model", default="fast")
    parser.add_argument("--misses", default="")
    args = parser.parse_args()
    counts, misses = Counts(), []
    documents = load(args.folder)
    for _, document in sorted(documents.items()):
        found = names_of(run(args.binary, args.model, document["text"], "nquads"))
        facts = [json.loads(l) for l in run(args.binary, args.model, document["text"], "facts").splitlines()]
        score_names(document, found, counts, misses, args.misses)
        score_relations(document, list(edges_of(facts, found)), found, counts, misses, args.misses)
    for line in misses:
        print(line)
    print(f"{len(documents)} documents, {args.model} model")
    total = collections.defaultdict(lambda: [0, 0, 0])
    for (part, kind, what), c in sorted(counts.items()):
        print(f"{part:10} {kind:16} {what:10} {c[0] / c[2]:.3f} ({c[0]}/{c[2]})   whatever the type {c[1] / c[2]:.3f}")
        total[part, what] = [x + y for x, y in zip(total[part, what], c)]
    for (part, what), c in sorted(total.items()):
        print(f"{part:10} {'all':16} {what:10} {c[0] / c[2]:.3f} ({c[0]}/{c[2]})   whatever the type {c[1] / c[2]:.3f}")


if __name__ == "__main__":
    main()
