#!/usr/bin/env python3
"""Writes N-Triples that look like a knowledge graph: python3 bench/make_triples.py 10000000 > triples.nt

Each subject (`ent:`) has a class, an English label and up to three of: a link to another entity (half of them; a few entities are linked far
more often than others, as names are), an integer, a date, a short text, a sentence; over 60 relations of uneven frequency. The same arguments give the same bytes. All triples are different.
"""
import random
import sys

WORDS = ("minister president general bank river border treaty election village report army budget harbour reform strike court"
         " council journal museum bridge island company union festival station valley").split()


def entity(number):
    return f"<urn:dossier:entity/{WORDS[number * 7 % 24].capitalize()}_{WORDS[number * 13 % 23]}_{number}>"


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    rnd = random.Random(seed)
    entities = max(count // 5, 1)
    choice, rand, skew = rnd.choice, rnd.random, lambda n: int(n * rnd.random() ** 3)
    out, written, subject = [], 0, 0
    while written < count:
        s = entity(subject)
        lines = [f"{s} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/{WORDS[skew(20)].capitalize()}> .\n",
                 f"{s} <http://www.w3.org/2000/01/rdf-schema#label> \"{choice(WORDS).capitalize()} {choice(WORDS)} {subject}\"@en .\n"]
        used = set()
        for _ in range(3):
            relation = skew(60)
            kind = rand()
            if kind < 0.5:
                value = entity(skew(entities))
            elif kind < 0.7:
                value = f"\"{rnd.randrange(1_000_000)}\"^^<http://www.w3.org/2001/XMLSchema#integer>"
            elif kind < 0.85:
                value = f"\"{1950 + rnd.randrange(75)}-{1 + rnd.randrange(12):02d}-{1 + rnd.randrange(28):02d}\"^^<http://www.w3.org/2001/XMLSchema#date>"
            elif rand() < 0.7:
                value = f"\"{choice(WORDS)} {choice(WORDS)} {rnd.randrange(5000)}\""
            else:
                value = "\"" + " ".join(choice(WORDS) for _ in range(14)) + f" {subject}\""
            if (relation, value) not in used:
                used.add((relation, value))
                lines.append(f"{s} <urn:dossier:relation/relation_{relation}> {value} .\n")
        lines = lines[: count - written]
        written += len(lines)
        subject += 1
        out.extend(lines)
        if len(out) > 50_000:
            sys.stdout.write("".join(out))
            out.clear()
    sys.stdout.write("".join(out))


if __name__ == "__main__":
    main()
