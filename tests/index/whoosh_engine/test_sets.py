"""Sets of sorted numbers, against Python's own."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.whoosh_engine.sets import common, places

SIZE = 200
numbers = st.sets(st.integers(0, SIZE - 1)).map(sorted)


@given(numbers, numbers)
def test_common_numbers_are_those_in_both(one: list[int], other: list[int]) -> None:
    found = common(np.array(one, np.int64), np.array(other, np.int64))
    assert found.tolist() == sorted(set(one) & set(other))


@given(numbers, st.data())
def test_places_are_found_of_few_and_of_many(ids: list[int], data: st.DataObject) -> None:
    asked = sorted(data.draw(st.sets(st.sampled_from(ids)))) if ids else []
    found = places(np.array(ids, np.int32), np.array(asked, np.int32), SIZE)
    assert found.tolist() == [ids.index(number) for number in asked]
