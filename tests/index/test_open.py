from pathlib import Path

import pytest

from index.engine import IndexWriter, SearchEngine
from index.errors import IndexMissing, Unsupported
from index.open import open_engine, open_writer
from index.query import Query
from tests.index.documents import ARCHIVE


def test_an_engine_is_opened_where_a_writer_wrote(tmp_path: Path) -> None:
    writer: IndexWriter = open_writer(f"whoosh:{tmp_path}")
    writer.rebuild(ARCHIVE, revision=1, extractor_version="1")
    engine: SearchEngine = open_engine(f"whoosh:{tmp_path}")
    assert engine.search(Query()).total == len(ARCHIVE)
    engine.close()


def test_a_place_without_an_index_is_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        open_engine(f"whoosh:{tmp_path / 'nothing'}")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("", "write whoosh:FOLDER"),
        ("/srv/index", "“/srv/index” is no location"),
        ("lucene:/srv/index", "“lucene:/srv/index” is no location"),
        ("whoosh:", "names no folder"),
    ],
)
def test_a_bad_location_is_refused_with_advice(location: str, reason: str) -> None:
    for opened in (open_engine, open_writer):
        with pytest.raises(Unsupported, match=reason):
            opened(location)
