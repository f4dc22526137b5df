"""An altered byte of a file of arrays is damage wherever it is read, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import IndexDamaged
from index.whoosh_engine.arrays import Array, ArrayFile, ArrayFileWriter
from index.whoosh_engine.blocks import BLOCK

ARRAYS: Mapping[str, Array] = {
    "bytes": np.arange(3 * BLOCK, dtype=np.uint8),
    "empty": np.zeros(0, np.uint16),
    "large": np.arange(5 * BLOCK, dtype="<u4") * 7,
    "one": np.array([1 << 40], "<u8"),
    "signed": -np.arange(100, dtype="<i4"),
}


def _begins() -> Iterator[tuple[str, int]]:
    end = len(b"ONRARR02")
    for name, values in ARRAYS.items():
        yield name, -(-end // 64) * 64
        end = -(-end // 64) * 64 + values.nbytes


BEGINS = dict(_begins())
END = BEGINS["signed"] + ARRAYS["signed"].nbytes
SUMS = END + 4 * -(-END // BLOCK)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("arrays") / "file"
    with ArrayFileWriter(path) as out:
        for name, values in ARRAYS.items():
            for piece in np.array_split(values, 3):
                out.extend(name, piece)
        out.finish()
    assert path.stat().st_size == out.size
    return path


def test_arrays_are_read_as_they_were_written(path: Path) -> None:
    file = ArrayFile(path)
    assert list(file.names()) == list(ARRAYS)
    for name, values in ARRAYS.items():
        assert file[name].dtype == values.dtype
        assert file[name].tolist() == values.tolist()
        assert not file[name].flags.writeable
        lazy = file.lazy(name)
        assert len(lazy) == len(values)
        last = min(5, len(values))
        assert lazy.read(min(3, last), last).tolist() == values[3:5].tolist()
    assert file.lazy("large").at(BLOCK + 1) == 7 * (BLOCK + 1)
    with pytest.raises(IndexDamaged, match="lacks"):
        file["another"]


@settings(deadline=None)
@given(
    pieces=st.lists(st.binary(max_size=BLOCK) | st.just(bytes(2 * BLOCK)), min_size=1, max_size=20),
    data=st.data(),
)
def test_numbered_pieces_and_damage_near_them(
    pieces: list[bytes], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("pieces") / "file"
    ends = np.cumsum([len(piece) for piece in pieces]).astype("<u4")
    with ArrayFileWriter(path) as out:
        out.extend("bytes", np.frombuffer(b"".join(pieces), np.uint8))
        out.extend("ends", ends)
        out.finish()
    file = ArrayFile(path)
    number = data.draw(st.integers(0, len(pieces) - 1), "number")
    assert file.lazy("bytes").numbered(number, file.lazy("ends")) == pieces[number]
    with pytest.raises(IndexError):
        file.lazy("bytes").numbered(len(pieces), file.lazy("ends"))
    whole = bytearray(path.read_bytes())
    begins = whole.find(ends.tobytes(), 64 + int(ends[-1]))
    place = data.draw(st.sampled_from([begins + 4 * number, begins + max(0, 4 * number - 4)]))
    whole[place] ^= 1
    path.with_name("altered").write_bytes(whole)
    altered = ArrayFile(path.with_name("altered"))
    with damage(True):
        altered.lazy("bytes").numbered(number, altered.lazy("ends"))


def test_no_piece_goes_beyond_an_array(path: Path) -> None:
    lazy = ArrayFile(path).lazy("bytes")
    size = len(lazy)
    assert lazy.piece(size, size) == b""
    for start, stop in ((0, size + 1), (-1, 1), (2, 1)):
        with pytest.raises(IndexError, match="of 12,288 bytes"):
            lazy.piece(start, stop)


def read_all(path: Path) -> None:
    file = ArrayFile(path)
    for name in file.names():
        file[name]


def damage(expected: bool) -> AbstractContextManager[object]:
    return pytest.raises(IndexDamaged, match="is altered") if expected else nullcontext()


@settings(deadline=None)
@given(data=st.data())
def test_an_altered_byte_is_damage_where_it_is_read(path: Path, data: st.DataObject) -> None:
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1), "place")
    bits = data.draw(st.integers(1, 255), "bits")
    altered = path.with_name("altered")
    altered.write_bytes(whole[:place] + bytes([whole[place] ^ bits]) + whole[place + 1 :])
    if not 8 <= place < SUMS:
        with pytest.raises(IndexDamaged, match="onrecord index build"):
            ArrayFile(altered)
        return
    file = ArrayFile(altered)
    name = data.draw(st.sampled_from([name for name in ARRAYS if name != "empty"]), "name")
    values = ARRAYS[name]
    start = data.draw(st.integers(0, len(values) - 1), "start")
    stop = data.draw(st.integers(start + 1, len(values)), "stop")
    first, last = (BEGINS[name] + at * values.itemsize for at in (start, stop))
    met = harms(place, first // BLOCK, (last - 1) // BLOCK)
    for _ in range(2):  # what was found is found again
        with damage(met):
            assert file.lazy(name).read(start, stop).tolist() == values[start:stop].tolist()
    if values.itemsize == 1:
        with damage(met):
            assert file.lazy(name).piece(start, stop) == values[start:stop].tobytes()
    with damage(met and harms(place, first // BLOCK, first // BLOCK)):
        assert file.lazy(name).at(start) == values[start]


def harms(place: int, first: int, last: int) -> bool:
    """Whether an altered byte makes a run of blocks another, or one of the two sums it needs."""
    if place < END:
        return first <= place // BLOCK <= last
    return (place - END) // 4 in (first - 1, last)


@settings(deadline=None)
@given(data=st.data())
def test_an_altered_byte_is_damage_in_the_rows_near_it(path: Path, data: st.DataObject) -> None:
    width, values = 5, ARRAYS["large"]  # rows that lie in two blocks here and there
    rows, size = values.reshape(-1, width), width * values.itemsize
    place = data.draw(st.integers(BEGINS["large"], BEGINS["large"] + values.nbytes - 1), "place")
    whole = bytearray(path.read_bytes())
    whole[place] ^= 1
    altered = path.with_name("altered")
    altered.write_bytes(whole)
    asked = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=6), "rows")
    begins = [BEGINS["large"] + row * size for row in asked]
    met = [harms(place, begin // BLOCK, (begin + size - 1) // BLOCK) for begin in begins]
    file = ArrayFile(altered)
    for _ in range(2):
        with damage(any(met)):
            found = file.lazy("large").rows(np.array(asked, np.int32), width)
            assert found.tolist() == rows[asked].tolist()
    with damage(True):  # of many rows the whole array is checked
        file.lazy("large").rows(np.arange(len(rows)), width)
    sound = ArrayFile(path).lazy("large")
    assert sound.rows(np.arange(len(rows)), width).tolist() == rows.tolist()


def test_every_cut_and_every_other_length_is_damage(path: Path) -> None:
    whole = path.read_bytes()
    altered = path.with_name("altered")
    for data in (
        *(whole[:size] for size in range(0, len(whole), 997)),
        *(whole[:at] + b"\0" + whole[at:] for at in range(0, len(whole), 997)),
        whole + b"\0",
        whole * 2,
    ):
        altered.write_bytes(data)
        with pytest.raises(IndexDamaged):
            read_all(altered)
