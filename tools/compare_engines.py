#!/usr/bin/env python3
"""Random queries over random data on two engines: `dossier serve` and pyoxigraph, which share no code.

    /opt/ml/bin/python tools/compare_engines.py --dossier build/release/dossier --queries 5000 --seed 1

Every query on which they differ is printed with its data set and both answers, under the class (CLASSES below) that explains it, or under
"unexplained"; exit code 1 when there are any of those. docs/conformance.md says of each class what the specification says.
Needs the Python package pyoxigraph; the rest is the standard library.
"""
import argparse
import collections
import decimal
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

import pyoxigraph as ox

NS = "http://example/"
XSD = "http://www.w3.org/2001/XMLSchema#"
PROLOGUE = f"PREFIX : <{NS}> PREFIX xsd: <{XSD}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n"

# (class, condition on the query text, on both answers): known disagreements, each explained in docs/conformance.md.
CLASSES = [
    ("Oxigraph fails on a triple term whose subject is a literal in some solution", lambda q, d, o: "triple term that is not a valid" in str(o.value)),
    ("a mixed negated property set has bag semantics", lambda q, d, o: "!(:p0|^:p1)" in q),
    ("canonical form of doubles, floats and decimals", lambda q, d, o: same_but_numbers(d, o) or HASH_OF_NUMBER.search(q) and re.search("double|float|decimal", str(d.rows))),
    ("arithmetic on dates and durations", lambda q, d, o: re.search(r" [-+*/] ", q) and re.search("(?i)date|duration", str(d.rows))),
    ("< and > of booleans, and of equal terms without order", lambda q, d, o: re.search(r" (<|>|<=|>=) ", q) and ("FILTER" in q or "boolean" in str(d.rows) + str(o.rows))),
    ("the same failure inside of EXISTS, where it counts as a solution", lambda q, d, o: re.search(r"EXISTS .*rdf:reifies <<\(", q)),
    ("MIN and MAX over types that have no order among each other", lambda q, d, o: re.search(r"\((MIN|MAX)\(", q)),
]
HASH_OF_NUMBER = re.compile(r"(MD5|SHA1|SHA256)\(")
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?|INF")


def same_but_numbers(ours, theirs):
    """Equal when the numbers inside of strings are compared by value."""
    if ours.kind != theirs.kind or not ours.rows or not theirs.rows or ours.columns != theirs.columns:
        return False

    def loose(term):
        if term is None or term[0] in "bin":
            return term
        if term[0] == "t":
            return ("t",) + tuple(loose(part) for part in term[1:])
        return ("l", NUMBER.sub(lambda m: f"{float(m[0].replace('INF', 'inf')):g}", term[1])) + term[2:]

    return canonical([[loose(t) for t in row] for row in ours.rows]) == canonical([[loose(t) for t in row] for row in theirs.rows])


# --- random data and queries --------------------------------------------------------------------------------------------------

# Lexical forms as both engines write them: Oxigraph stores values and would give back "007" as 7 and PT36H as P1DT12H.
LITERALS = [
    '0', '1', '2', '3', '-1', '10', '1.5', '"2"^^xsd:decimal', '-0.5', '0.25', '"1"^^xsd:double', '"25"^^xsd:double', '"-0.01"^^xsd:double', '"NaN"^^xsd:double', '"INF"^^xsd:double',
    '"1.5"^^xsd:float', '"12345678901234567"^^xsd:integer', 'true', 'false', '""', '"a"', '"abc"', '"ABC"', '"Straße"',
    '"été"@fr', '"abc"@en', '"x y"', '"2"', '"abc"@en-GB', '"2020-01-02T03:04:05Z"^^xsd:dateTime', '"2020-01-02T03:04:05"^^xsd:dateTime',
    '"2020-01-02T05:04:05.25+02:00"^^xsd:dateTime', '"1999-12-31T23:59:59-05:00"^^xsd:dateTime', '"2020-01-02"^^xsd:date', '"2021-05-06Z"^^xsd:date',
    '"abc"^^xsd:integer', '"P1D"^^xsd:dayTimeDuration', '"PT12H"^^xsd:dayTimeDuration', '"P1Y2M"^^xsd:yearMonthDuration', '"10:20:30"^^xsd:time',
    '"x"^^:type', '"2020"^^xsd:gYear', '"\\U0001F600z"', '"a\\nb"',
]

PATTERNS = ['"^a"', '"B"', '"c$"', '"[^a]"', '"b"', '"[a-c]+"', '"(.)b"']
REPLACEMENTS = ['"Z"', '"<$0>"', '""']
FLAGS = ['', ', "i"', ', "s"', ', "x"', ', "q"']
RANGES = ['"en"', '"*"', '"en-gb"']


class Generator:
    def __init__(self, seed):
        self.r = random.Random(seed)

    def pick(self, *items):
        return self.r.choice(items)

    def chance(self, n):
        return self.r.randrange(n) == 0

    def node(self):
        return f":n{self.r.randrange(7)}" if not self.chance(6) else f"_:b{self.r.randrange(3)}"

    def data(self):
        """A data set as TriG."""
        out = []
        for _ in range(self.r.randrange(20, 70)):
            s, p = self.node(), f":p{self.r.randrange(4)}"
            o = self.r.choice(LITERALS) if self.chance(2) else self.node()
            triple = f"{s} {p} {o}"
            line = triple + " ."
            if self.chance(6):
                line += f" :r{self.r.randrange(3)} rdf:reifies <<( {triple} )>> ."
            out.append(f"GRAPH :g{self.r.randrange(2)} {{ {triple} }}" if self.chance(3) else line)
        return PROLOGUE + "\n".join(out)

    def var(self):
        return "?" + self.pick("a", "b", "c", "d", "e")

    def subject(self):
        return f":n{self.r.randrange(7)}" if self.chance(12) else self.var()

    def object(self):
        k = self.r.randrange(24)
        return f":n{self.r.randrange(7)}" if k < 2 else self.r.choice(LITERALS) if k == 2 else self.var()

    def predicate(self):
        return self.var() if self.chance(7) else f":p{self.r.randrange(4)}"

    def path(self):
        return self.pick(":p0/:p1", ":p0+", ":p1*", ":p2?", ":p0|:p1", "^:p0", "!:p0", "!(:p0|^:p1)", "(:p0/:p1)+", "(^:p0|:p2)*", ":p3/^:p3", "(:p0|:p1)/:p2?")

    def triple(self):
        k = self.r.randrange(12)
        if k == 0:
            return f"{self.subject()} {self.path()} {self.object()} . "
        if k == 1:
            return f"{self.var()} rdf:reifies <<( {self.var()} {self.predicate()} {self.object()} )>> . "
        return f"{self.subject()} {self.predicate()} {self.object()} . "

    def triples(self):
        return "".join(self.triple() for _ in range(self.pick(1, 1, 1, 2, 2, 3)))

    def expression(self, depth):
        if depth <= 0:
            return self.pick(self.var(), self.var(), self.var(), self.r.choice(LITERALS))
        e = lambda: self.expression(depth - 1)
        s = lambda: self.pick(f"STR({e()})", e(), '"abc"', '"b"')
        return self.pick(
            lambda: f"({e()} {self.pick('+', '-', '*', '/')} {e()})", lambda: f"({e()} {self.pick('=', '!=', '<', '>', '<=', '>=')} {e()})",
            lambda: f"({e()} {self.pick('&&', '||')} {e()})", lambda: f"(!{e()})", lambda: f"(- {e()})", lambda: f"BOUND({self.var()})",
            lambda: f"IF({e()}, {e()}, {e()})", lambda: f"COALESCE({e()}, {e()})", lambda: f"({e()} {self.pick('IN', 'NOT IN')} ({e()}, {e()}))",
            lambda: f"sameTerm({e()}, {e()})", lambda: f"{self.pick('isIRI', 'isBLANK', 'isLITERAL', 'isNUMERIC', 'isTRIPLE')}({e()})",
            lambda: f"{self.pick('STR', 'LANG', 'DATATYPE', 'STRLEN', 'UCASE', 'LCASE', 'ENCODE_FOR_URI', 'LANGDIR', 'hasLANG', 'hasLANGDIR')}({e()})",
            lambda: f"{self.pick('ABS', 'CEIL', 'FLOOR', 'ROUND')}({e()})",
            lambda: f"{self.pick('YEAR', 'MONTH', 'DAY', 'HOURS', 'MINUTES', 'SECONDS', 'TIMEZONE', 'TZ')}({e()})",
            lambda: f"{self.pick('CONTAINS', 'STRSTARTS', 'STRENDS', 'STRBEFORE', 'STRAFTER')}({s()}, {s()})", lambda: f"CONCAT({s()}, {s()})",
            lambda: f"SUBSTR({s()}, {self.pick('1', '2', '0', '-1')}{self.pick('', ', 1', ', 2', ', 0')})",
            lambda: f"REPLACE({s()}, {self.pick(*PATTERNS)}, {self.pick(*REPLACEMENTS)})",
            lambda: f"REGEX({s()}, {self.pick(*PATTERNS)}{self.pick(*FLAGS)})", lambda: f"LANGMATCHES(LANG({e()}), {self.pick(*RANGES)})",
            lambda: f"STRDT({s()}, xsd:{self.pick('integer', 'string', 'decimal')})", lambda: f"STRLANG({s()}, \"en\")", lambda: f"{self.pick('MD5', 'SHA1', 'SHA256')}({s()})",
            lambda: f"xsd:{self.pick('integer', 'decimal', 'double', 'float', 'string', 'boolean', 'dateTime', 'date')}({e()})", lambda: f"IRI({s()})",
            lambda: f"TRIPLE({self.var()}, :p0, {e()})", lambda: f"{self.pick('SUBJECT', 'PREDICATE', 'OBJECT')}({e()})")()

    def condition(self, depth):
        if depth > 0 and self.chance(5):
            return f"{self.pick('', 'NOT ')}EXISTS {self.group(depth - 1)}"
        return self.expression(self.r.randrange(1, 3))

    def element(self, depth):
        if depth <= 0:
            return self.triple()
        k = self.r.randrange(16)
        if k < 2:
            return f"OPTIONAL {self.group(depth - 1)} "
        if k == 2:
            return f"{self.group(depth - 1)} UNION {self.group(depth - 1)} "
        if k == 3:
            return f"MINUS {self.group(depth - 1)} "
        if k < 6:
            return f"FILTER({self.condition(depth)}) "
        if k == 6:
            return f"VALUES (?a ?{self.pick('b', 'c')}) {{ (:n1 UNDEF) (:n2 :n3) (UNDEF 1) }} "
        if k == 7:
            return f"GRAPH {self.pick(self.var(), ':g0', ':g9')} {self.group(depth - 1)} "
        if k == 8:
            return f"{{ {self.select(depth - 1)} }} "
        if k < 11:
            self.fresh += 1
            return f"BIND({self.expression(self.r.randrange(1, 4))} AS ?x{self.fresh}) "
        return self.triple()

    def group(self, depth):
        return "{ " + self.triples() + "".join(self.element(depth) for _ in range(self.r.randrange(0, 3))) + "}"

    def select(self, depth):
        if self.chance(3):
            aggregate = self.pick("COUNT(*)", "COUNT(DISTINCT ?b)", "SUM(?b)", "AVG(?b)", "MIN(?b)", "MAX(?b)", "COUNT(?c)")
            self.fresh += 1
            having = f" HAVING(COUNT(*) > {self.r.randrange(3)})" if self.chance(4) else ""
            return f"SELECT ?a ({aggregate} AS ?x{self.fresh}) {self.group(depth)} GROUP BY ?a{having}"
        return f"SELECT {self.pick('', 'DISTINCT ')}{self.pick('*', '?a ?b', '?c')} {self.group(depth)}"

    def expressions(self):
        """Expressions over the values of two patterns: most rows have a value."""
        binds = " ".join(f"BIND({self.expression(self.r.randrange(1, 4))} AS ?x{i})" for i in range(3))
        values = " ".join(self.r.choice(LITERALS) for _ in range(4))
        return f"SELECT * {{ ?a :p{self.r.randrange(4)} ?b . VALUES ?c {{ {values} }} {binds} }}"

    def query(self):
        self.fresh = 0
        k = self.r.randrange(10)
        if k > 5:
            return PROLOGUE + self.expressions()
        if k == 0:
            return f"{PROLOGUE}ASK {self.group(2)}"
        if k == 1:
            return f"{PROLOGUE}CONSTRUCT {{ ?a :q ?b . ?b :r _:x . _:x :s ?c }} {self.group(2)}"
        return PROLOGUE + self.select(3)


# --- answers in a form that compares ------------------------------------------------------------------------------------------

def literal(value, datatype, language, direction):
    short = datatype[len(XSD):] if datatype.startswith(XSD) else None
    try:
        if short in ("integer", "byte", "int", "long", "short", "decimal"):
            number = decimal.Decimal(value)
            return ("n", short, str(number.normalize() if number else decimal.Decimal(0)))
        if short in ("double", "float"):
            number = float(value.replace("INF", "inf"))
            return ("n", short, f"{number:.6g}" if short == "float" else f"{number:.14g}")
        if short == "boolean":
            return ("n", short, {"1": "true", "0": "false"}.get(value, value))
    except (ValueError, decimal.InvalidOperation):
        pass
    return ("l", value, datatype if not language else "", language.lower(), direction)


def from_ox(term):
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return ("i", term.value)
    if isinstance(term, ox.BlankNode):
        return ("b", term.value)
    if isinstance(term, ox.Triple):
        return ("t", from_ox(term.subject), from_ox(term.predicate), from_ox(term.object))
    direction = getattr(term, "direction", None)
    return literal(term.value, term.datatype.value, term.language or "", str(direction).lower() if direction else "")


def from_json(term):
    if term is None:
        return None
    kind, value = term["type"], term["value"]
    if kind == "uri":
        return ("i", value)
    if kind == "bnode":
        return ("b", value)
    if kind == "triple":
        return ("t", from_json(value["subject"]), from_json(value["predicate"]), from_json(value["object"]))
    return literal(value, term.get("datatype", XSD + "string"), term.get("xml:lang", ""), term.get("its:dir", ""))


def blanks(term, out):
    if term is None:
        return
    if term[0] == "b":
        out.add(term[1])
    elif term[0] == "t":
        for part in term[1:]:
            blanks(part, out)


def painted(term, colors, me=None):
    if term is None:
        return None
    if term[0] == "b":
        return ("b", "me" if term[1] == me else colors[term[1]])
    if term[0] == "t":
        return ("t",) + tuple(painted(part, colors, me) for part in term[1:])
    return term


def canonical(rows):
    """The rows as a multiset, blank nodes told apart by what they occur with (colour refinement)."""
    rows = [tuple(row) for row in rows]
    names = set()
    for row in rows:
        for term in row:
            blanks(term, names)
    colors = {name: 0 for name in names}
    for _ in range(3 if names else 0):
        colors = {name: hash(tuple(sorted(repr(tuple(painted(t, colors, name) for t in row)) for row in rows
                                          if any(mentions(t, name) for t in row)))) for name in names}
    return collections.Counter(repr(tuple(painted(t, colors) for t in row)) for row in rows)


def mentions(term, name):
    out = set()
    blanks(term, out)
    return name in out


class Answer:
    def __init__(self, kind, rows=None, columns=None, value=None):
        self.kind, self.rows, self.columns, self.value = kind, rows, columns, value

    def same(self, other):
        if self.kind != other.kind:
            return False
        if self.kind == "error":
            return True
        if self.kind == "boolean":
            return self.value == other.value
        if self.columns != other.columns and self.kind == "rows":
            return False
        return len(self.rows) == len(other.rows) and canonical(self.rows) == canonical(other.rows)

    def __str__(self):
        if self.kind in ("boolean", "error"):
            return f"{self.kind}: {self.value}"
        lines = sorted(" | ".join("UNDEF" if t is None else str(t) for t in row) for row in self.rows)
        return f"{len(lines)} {self.kind} {self.columns or ''}\n    " + "\n    ".join(lines[:12])


def difference(ours, theirs):
    """What only one of them has."""
    if ours.rows is None or theirs.rows is None or ours.kind != theirs.kind:
        return f"  dossier: {str(ours)[:300]}\n  oxigraph: {str(theirs)[:300]}"
    mine, other = canonical(ours.rows), canonical(theirs.rows)
    out = [f"  columns {ours.columns} {theirs.columns}"]
    for name, rows in (("dossier", mine - other), ("oxigraph", other - mine)):
        out += [f"  only {name}, {count} times: {row[:400]}" for row, count in list(sorted(rows.items()))[:2]]
    return "\n".join(out)


# --- the engines --------------------------------------------------------------------------------------------------------------

class Oxigraph:
    def load(self, trig):
        self.store = ox.Store()
        self.store.load(trig.encode(), format=ox.RdfFormat.TRIG, base_iri=NS)

    def query(self, text):
        try:
            result = self.store.query(text, base_iri=NS)
            if isinstance(result, ox.QueryBoolean):
                return Answer("boolean", value=bool(result))
            if isinstance(result, ox.QueryTriples):
                return Answer("triples", rows=list({tuple(from_ox(t) for t in (x.subject, x.predicate, x.object)) for x in result}))
            names = sorted(v.value for v in result.variables)
            return Answer("rows", rows=[[from_ox(row[name]) for name in names] for row in result], columns=names)
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            return Answer("error", value=str(error)[:300])


class Dossier:
    def __init__(self, program):
        self.directory = tempfile.mkdtemp(prefix="dossier_compare_")
        self.process = subprocess.Popen([program, "serve", self.directory + "/db", "--bind", "127.0.0.1:0", "--allow-update", "--no-prefixes", "--timeout", "10"],
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.base = None
        for line in self.process.stdout:
            if match := re.search(r"http://127\.0\.0\.1:\d+", line):
                self.base = match[0]
                break
        if self.base is None:
            sys.exit("dossier serve did not say where it listens")

    def close(self):
        self.process.terminate()
        self.process.wait(20)
        shutil.rmtree(self.directory, ignore_errors=True)

    def post(self, path, body, content_type, accept="*/*"):
        request = urllib.request.Request(self.base + path, body.encode(), {"Content-Type": content_type, "Accept": accept})
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.headers.get_content_type(), response.read().decode()

    def load(self, trig):
        self.post("/update", "DROP ALL", "application/sparql-update")
        self.post("/store", trig, "application/trig")

    def query(self, text):
        accept = "application/sparql-results+json, application/n-triples"
        try:
            kind, body = self.post("/query", f"BASE <{NS}> " + text, "application/sparql-query", accept)
        except urllib.error.HTTPError as error:
            return Answer("error", value=f"{error.code} {error.read().decode()[:300]}")
        if kind == "application/n-triples":
            triples = ox.parse(body.encode(), format=ox.RdfFormat.N_TRIPLES)
            return Answer("triples", rows=[[from_ox(t) for t in (q.subject, q.predicate, q.object)] for q in triples])
        result = json.loads(body)
        if "boolean" in result:
            return Answer("boolean", value=result["boolean"])
        names = sorted(result["head"]["vars"])
        return Answer("rows", rows=[[from_json(row.get(name)) for name in names] for row in result["results"]["bindings"]], columns=names)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dossier", default="build/release/dossier")
    parser.add_argument("--queries", type=int, default=5000)
    parser.add_argument("--per-data", type=int, default=50, help="queries over one data set")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=5, help="disagreements printed of each class")
    parser.add_argument("--data", action="store_true", help="print the data set too")
    args = parser.parse_args()
    dossier, oxigraph = Dossier(args.dossier), Oxigraph()
    counts, errors, nonempty = collections.Counter(), 0, 0
    try:
        done = 0
        while done < args.queries:
            generator = Generator(args.seed * 1_000_003 + done)
            data = generator.data()
            oxigraph.load(data)
            dossier.load(data)
            for _ in range(min(args.per_data, args.queries - done)):
                query = generator.query()
                done += 1
                ours, theirs = dossier.query(query), oxigraph.query(query)
                errors += ours.kind == "error" and theirs.kind == "error"
                nonempty += bool(ours.rows) or bool(ours.value)
                if ours.same(theirs):
                    continue
                name = next((n for n, condition in CLASSES if condition(query, ours, theirs)), "unexplained")
                counts[name] += 1
                if counts[name] <= args.show:
                    print(f"--- {name}, query {done}\n{query[len(PROLOGUE):]}")
                    print(difference(ours, theirs))
                    if args.data:
                        print(data)
    finally:
        dossier.close()
    print(f"{done} queries, {nonempty} with an answer that is not empty, {errors} refused by both, {sum(counts.values())} disagreements")
    for name, count in counts.most_common():
        print(f"  {count:5d}  {name}")
    return 1 if counts["unexplained"] else 0


if __name__ == "__main__":
    sys.exit(main())
