"""Pieces and hashed features of a word, exactly as ingest/parse/word_pieces.cc computes them.

    vocabulary = Vocabulary(path_of_vocab_txt)
    vocabulary.pieces("Baku's")   # [ids]
    features("Baku's", first=True, lexicon=Lexicon(path))  # row numbers
"""
import unicodedata

MAX_PIECES = 6          # of a word: the first four and the last two are kept
MAX_CHARACTERS = 100    # longer words are unknown
BUCKETS = 16384         # of hashed word features
REPLACED = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "``": '"', "''": '"', "\u2026": "..."}


def normalize(form):
    """Straight quotes, NFD, no combining marks, lower case by single code points."""
    for old, new in REPLACED.items():
        form = form.replace(old, new)
    out = []
    for c in unicodedata.normalize("NFD", form):
        if unicodedata.category(c) == "Mn":
            continue
        low = c.lower()
        out.append(low if len(low) == 1 else c)
    return "".join(out)


def is_punctuation(c):
    o = ord(c)
    if 33 <= o <= 47 or 58 <= o <= 64 or 91 <= o <= 96 or 123 <= o <= 126:
        return True
    return unicodedata.category(c).startswith("P")


def is_ideograph(c):
    o = ord(c)
    return 0x3400 <= o <= 0x4DBF or 0x4E00 <= o <= 0x9FFF or 0xF900 <= o <= 0xFAFF or 0x20000 <= o <= 0x2CEAF


class Vocabulary:
    def __init__(self, path):
        with open(path, encoding="utf-8") as f:
            self.words = [line.rstrip("\n") for line in f]
        self.ids = {w: i for i, w in enumerate(self.words)}
        self.unknown = self.ids["[UNK]"]
        self.start = self.ids["[CLS]"]
        self.cache = {}

    def chunk(self, text, out):
        """Greedy longest match of one chunk."""
        if len(text) > MAX_CHARACTERS:
            out.append(self.unknown)
            return
        begin, ids = 0, []
        while begin < len(text):
            end = len(text)
            while end > begin:
                piece = text[begin:end] if begin == 0 else "##" + text[begin:end]
                if piece in self.ids:
                    ids.append(self.ids[piece])
                    break
                end -= 1
            if end == begin:
                out.append(self.unknown)
                return
            begin = end
        out.extend(ids)

    def pieces(self, form):
        if form in self.cache:
            return self.cache[form]
        out, chunk = [], ""
        for c in normalize(form):
            alone = is_punctuation(c) or is_ideograph(c)
            space = c.isspace() or c in "\u200b\ufeff"
            if (alone or space) and chunk:
                self.chunk(chunk, out)
                chunk = ""
            if alone:
                self.chunk(c, out)
            elif not space:
                chunk += c
        if chunk:
            self.chunk(chunk, out)
        if not out:
            out = [self.unknown]
        if len(out) > MAX_PIECES:
            out = out[:4] + out[-2:]
        self.cache[form] = out
        return out


def fnv(seed, data):
    h = (2166136261 ^ seed * 0x9E3779B1) & 0xFFFFFFFF
    for b in data:
        h = ((h ^ b) * 16777619) & 0xFFFFFFFF
    return h ^ (h >> 15)


def shape(form):
    """Upper case X, lower case x, digits d, others as they are; runs cut to two. By single code points."""
    out = []
    for c in form:
        category = unicodedata.category(c)
        s = "X" if category in ("Lu", "Lt") else "x" if category in ("Ll", "Lo", "Lm") else \
            "d" if category == "Nd" else c
        if len(out) >= 2 and out[-1] == s and out[-2] == s:
            continue
        out.append(s)
    return "".join(out[:12])


FEATURES = 12
CLUSTERS, COARSE, KINDS = 1025, 97, 16
ROWS = BUCKETS + CLUSTERS + COARSE + KINDS


class Lexicon:
    """The table that lexicon.py writes; without a path nothing is known."""

    def __init__(self, path=""):
        self.coarse, self.words = [0] * CLUSTERS, {}
        if path:
            with open(path, encoding="utf-8") as f:
                self.coarse = [int(x) for x in next(f).split()]
                for line in f:
                    word, cluster, bits = line.rstrip("\n").split("\t")
                    self.words[word] = (int(cluster), int(bits))

    def rows(self, form):
        cluster, bits = self.words.get(normalize(form), (0, 0))
        return [BUCKETS + cluster, BUCKETS + CLUSTERS + self.coarse[cluster], BUCKETS + CLUSTERS + COARSE + bits]


def features(form, first, lexicon):
    """FEATURES row numbers: hashes of the form, and what the lexicon says of it."""
    known = lexicon.rows(form)
    for old, new in REPLACED.items():
        form = form.replace(old, new)
    form = form[:MAX_CHARACTERS]
    s = shape(form)
    keys = [(1, s), (2 if first else 3, s), (4, form), (5, form[-1:]), (6, form[-2:]), (7, form[-3:]),
            (8, form[-4:]), (9, form[:2]), (10, form[:3])]
    return [fnv(seed, text.encode("utf-8", "surrogatepass")) % BUCKETS for seed, text in keys] + known
