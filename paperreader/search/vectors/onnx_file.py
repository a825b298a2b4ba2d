"""The tensors of an ONNX file, read without onnx: the few protobuf messages that hold them.

https://github.com/onnx/onnx/blob/main/onnx/onnx.proto has the numbers of the fields.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

# ModelProto.graph, GraphProto.initializer; of TensorProto: dims, data_type, name, raw_data.
_GRAPH = 7
_INITIALIZER = 5
_DIMS = 1
_DATA_TYPE = 2
_NAME = 8
_RAW_DATA = 9
_TYPES = {1: "<f4", 3: "<i1", 7: "<i8"}

# A field's number, and its value: a number, or the bytes of a text, a message, packed numbers.
Field = tuple[int, int | memoryview]


def tensors(file: memoryview) -> dict[str, NDArray[np.generic]]:
    """Return the weights in an ONNX file by name, as views; those of other types are left out.

    The file has to be one whose checksum is known: damage may raise anything.
    """
    found: dict[str, NDArray[np.generic]] = {}
    for number, graph in _fields(file):
        if number == _GRAPH and isinstance(graph, memoryview):
            for inner, message in _fields(graph):
                if inner == _INITIALIZER and isinstance(message, memoryview):
                    found |= _tensor(message)
    return found


def _tensor(message: memoryview) -> dict[str, NDArray[np.generic]]:
    dims: list[int] = []
    name, kind, raw = "", 0, None
    for field in _fields(message):
        match field:
            case (number, int(size)) if number == _DIMS:
                dims.append(size)
            case (number, memoryview() as packed) if number == _DIMS:
                dims += _varints(packed)
            case (number, int(value)) if number == _DATA_TYPE:
                kind = value
            case (number, memoryview() as text) if number == _NAME:
                name = bytes(text).decode()
            case (number, memoryview() as data) if number == _RAW_DATA:
                raw = data
    if raw is None or kind not in _TYPES:
        return {}
    return {name: np.frombuffer(raw, _TYPES[kind]).reshape(dims)}


def _fields(message: memoryview) -> Iterator[Field]:
    """Yield the fields of a message; numbers of fixed size are passed over."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        match key & 7:
            case 0:
                value, at = _varint(message, at)
                yield key >> 3, value
            case 2:
                size, at = _varint(message, at)
                yield key >> 3, message[at : at + size]
                at += size
            case 1:
                at += 8
            case 5:
                at += 4
            case other:
                raise ValueError(f"there is no wire type {other}")


def _varints(packed: memoryview) -> Iterator[int]:
    at = 0
    while at < len(packed):
        value, at = _varint(packed, at)
        yield value


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    """Return the number at a place, seven bits in each byte, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at
