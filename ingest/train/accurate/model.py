"""The accurate model: MiniLM's layers over word pieces with hashed word features, one vector a word, heads for tags, trees and names."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from data import NAMES, SOURCES
from wordpiece import BUCKETS, ROWS

HIDDEN, HEADS, INNER, FEATURE_DIM, POSITIONS = 384, 12, 1536, 128, 512
ARC, REL = 256, 256


_masks = {}


def dropout(x, p, training):
    """Dropout whose mask is a random piece of a fixed random sequence: ten times as fast on a CPU as drawing it."""
    if not training or p == 0:
        return x
    if p not in _masks:
        _masks[p] = (torch.rand(1 << 23) >= p).to(torch.bfloat16) / (1 - p)
    offset = int(torch.randint(0, (1 << 23) - x.numel(), (1,)))
    return x * _masks[p][offset:offset + x.numel()].view(x.shape).to(x.dtype)


class Layer(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = dropout

    def forward(self, x, mask):
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        p = self.dropout if self.training else 0.0
        # In float32: the bfloat16 kernel's backward pass is eight times slower.
        a = F.scaled_dot_product_attention(q.float(), k.float(), v.float(), attn_mask=mask)
        a = a.transpose(1, 2).reshape(b, t, HIDDEN)
        x = self.norm1(x + self.out(a))
        h = self.down(F.gelu(self.up(x), approximate="tanh"))
        return self.norm2(x + dropout(h, p, self.training))


class Model(nn.Module):
    def __init__(self, vocabulary_size, layers, sizes, dropout=0.1, head_dropout=0.25):
        super().__init__()
        self.words = nn.Embedding(vocabulary_size, HIDDEN)
        self.words.weight.requires_grad_(False)  # frozen: most pieces are rare in the treebanks
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.features = nn.EmbeddingBag(ROWS, FEATURE_DIM, mode="sum")
        self.mix = nn.Linear(FEATURE_DIM, HIDDEN, bias=False)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.heads = nn.ModuleDict({name: nn.Linear(HIDDEN, n) for name, n in sizes.items() if name != "deprel"})
        self.style = nn.Embedding(len(SOURCES), HIDDEN)
        self.names = nn.Linear(HIDDEN, len(NAMES))
        self.arc_dep = nn.Linear(HIDDEN, ARC)
        self.arc_head = nn.Linear(HIDDEN, ARC)
        self.arc = nn.Linear(ARC, ARC)  # bias: how good a head a word is
        self.rel_dep = nn.Linear(HIDDEN, REL)
        self.rel_head = nn.Linear(HIDDEN, REL)
        self.rel = nn.Linear(3 * REL, sizes["deprel"])
        self.dropout, self.head_dropout = dropout, head_dropout
        nn.init.normal_(self.features.weight, std=0.05)
        nn.init.zeros_(self.features.weight[BUCKETS:])
        nn.init.normal_(self.mix.weight, std=0.002)
        nn.init.zeros_(self.style.weight)

    def start(self, saved):
        """Takes over the weights of a model, perhaps one without rows for the lexicon."""
        state = dict(saved)
        missing = len(self.features.weight) - len(state["features.weight"])
        state["features.weight"] = F.pad(state["features.weight"], (0, 0, 0, missing))
        self.load_state_dict(state)

    def load_minilm(self, tensors):
        self.words.weight.data.copy_(tensors["embeddings.word_embeddings.weight"])
        self.positions.weight.data.copy_(tensors["embeddings.position_embeddings.weight"]
                                         + tensors["embeddings.token_type_embeddings.weight"][0])
        self.norm.weight.data.copy_(tensors["embeddings.LayerNorm.weight"])
        self.norm.bias.data.copy_(tensors["embeddings.LayerNorm.bias"])
        for i, layer in enumerate(self.layers):
            p = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                layer.qkv.get_parameter(kind).data.copy_(torch.cat([tensors[p + f"attention.self.{n}.{kind}"]
                                                                    for n in ("query", "key", "value")]))
                for ours, theirs in (("out", "attention.output.dense"), ("norm1", "attention.output.LayerNorm"),
                                     ("up", "intermediate.dense"), ("down", "output.dense"), ("norm2", "output.LayerNorm")):
                    getattr(layer, ours).get_parameter(kind).data.copy_(tensors[p + f"{theirs}.{kind}"])

    def encode(self, batch):
        """[b, words + 1, HIDDEN]; place 0 is the root."""
        pieces, owner, features = batch["pieces"], batch["owner"], batch["features"]
        b, t = pieces.shape
        w = features.shape[1] + 1
        f = self.features(features.reshape(-1, features.shape[2])).view(b, w - 1, FEATURE_DIM)
        f = F.pad(self.mix(f), (0, 0, 1, 1))                       # the root and the padding have none
        owner_h = owner.unsqueeze(2).expand(b, t, HIDDEN)           # 0 root, 1.. words, w padding
        x = self.words(pieces) + self.positions.weight[:t] + f.gather(1, owner_h)
        x = dropout(self.norm(x), self.dropout, self.training)
        mask = torch.zeros(b, 1, 1, t).masked_fill(owner.view(b, 1, 1, t) == w, -1e4)
        for layer in self.layers:
            x = layer(x, mask)
        sums = torch.zeros(b, w + 1, HIDDEN, dtype=torch.float32).scatter_add(1, owner_h, x.float())
        return sums[:, :w] / batch["counts"].unsqueeze(2)

    def forward(self, batch, names_only=False):
        x = self.encode(batch)
        x = dropout(x, self.head_dropout, self.training)
        out = {}
        words = x[:, 1:]
        if "source" in batch:
            out["names"] = self.names(words + self.style(batch["source"]).unsqueeze(1))
        if names_only:
            return out
        for name, head in self.heads.items():
            out[name] = head(words)
        drop = lambda y: dropout(F.relu(y), self.head_dropout, self.training)
        d, h = drop(self.arc_dep(words)), drop(self.arc_head(x))
        out["arc"] = torch.matmul(self.arc(d), h.transpose(1, 2)).float() / math.sqrt(ARC)
        rd, rh = drop(self.rel_dep(words)), drop(self.rel_head(x))
        out["rel"] = (rd, rh)
        return out

    def relations(self, rd, rh, heads):
        """Scores of relations to the given heads."""
        g = rh.gather(1, heads.unsqueeze(2).expand(-1, -1, REL))
        return self.rel(torch.cat([rd * g, rd, g], 2))
