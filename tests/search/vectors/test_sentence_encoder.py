"""The sentence encoder: read from another package's file, checked, and left alone otherwise."""

import struct
from pathlib import Path

import numpy as np
import pytest

from paperreader.search.vectors import sentence_encoder
from paperreader.search.vectors.onnx_file import tensors
from paperreader.search.vectors.sentence_encoder import SentenceEncoder
from paperreader.search.vectors.word_table import WordTable


def field(number: int, value: int | bytes) -> bytes:
    """A protobuf field: a number, or the bytes of a text or message."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def test_tensors_are_read_from_an_onnx_file() -> None:
    floats = field(1, 2) + field(1, 3) + field(2, 1) + field(8, b"weight")
    floats += field(9, np.arange(6, dtype="<f4").tobytes())
    bytes_ = field(1, varint(300) + varint(1)) + field(2, 3) + field(8, b"small")
    bytes_ += field(9, bytes(300))
    unknown = field(1, 1) + field(2, 10) + field(8, b"half") + field(9, b"ab")
    fixed = varint(3 << 3 | 5) + struct.pack("<f", 1) + varint(4 << 3 | 1) + struct.pack("<d", 1)
    graph = b"".join(field(5, tensor) for tensor in (floats, bytes_, unknown)) + fixed
    found = tensors(memoryview(field(1, 8) + field(7, graph) + field(8, b"")))
    assert set(found) == {"weight", "small"}
    assert found["weight"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert found["small"].dtype == np.int8
    assert found["small"].shape == (300, 1)


def test_without_the_package_there_is_no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_encoder, "PACKAGE", "no_such_package_at_all")
    assert SentenceEncoder.load(WordTable().pieces()) is None


def test_another_file_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "weights_of_somebody"
    package.mkdir()
    (package / "__init__.py").write_text("raise SystemExit('this code is not to be run')")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sentence_encoder, "PACKAGE", package.name)
    assert SentenceEncoder.load(WordTable().pieces()) is None
    (package / "model.onnx").write_bytes(b"other weights")
    assert SentenceEncoder.load(WordTable().pieces()) is None


def test_sentences_of_one_meaning_are_close() -> None:
    encoder = SentenceEncoder.load(WordTable().pieces())
    if encoder is None:
        pytest.skip("the extra 'meaning' is not installed")
    asked, near, far = (
        encoder.encode(text)
        for text in (
            "counting how many people get sick over time",
            "Incidence and prevalence of infectious diseases",
            "Bloom filters for approximate counting",
        )
    )
    assert np.linalg.norm(asked) == pytest.approx(1, abs=1e-5)
    assert asked @ near > asked @ far + 0.1
    assert encoder.encode("").shape == (384,)
    assert encoder.encode("a " * 1000).shape == (384,)
