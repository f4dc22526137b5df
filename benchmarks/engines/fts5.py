"""SQLite FTS5, with its own tables for what facets need."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

_SCHEMA = """
pragma page_size=8192; pragma journal_mode=wal; pragma synchronous=normal;
pragma cache_size=-400000;
create table docs(id integer primary key, title text, body text, date text, year int);
create index by_date on docs(date);
create virtual table words using fts5(title, body, content='docs', content_rowid='id',
                                      tokenize='porter unicode61');
create table names(id integer primary key, facet text, value text, unique(facet, value));
create table held(doc int, name int, primary key(doc, name)) without rowid;
create index holders on held(name, doc);
"""


class Fts5:
    """See :class:`benchmarks.engines.peer.Peer`."""

    def build(self, path: str, records: Iterable[Mapping[str, Any]]) -> None:
        """Make an index."""
        db = sqlite3.connect(f"{path}/fts5.db", isolation_level=None)
        db.executescript(_SCHEMA)
        names: dict[tuple[str, str], int] = {}
        db.execute("begin")
        for r in records:
            row = (r["id"] + 1, r["title"], r["body"])
            db.execute("insert into docs values(?,?,?,?,?)", (*row, r["date"], r["date"][:4]))
            db.execute("insert into words(rowid,title,body) values(?,?,?)", row)
            values = {"country": r["countries"], "speaker": r["speakers"], "topic": r["topics"]}
            for facet, held in {**values, "category": [r["category"]]}.items():
                for value in held:
                    name = names.get((facet, value))
                    if name is None:
                        name = names[facet, value] = len(names)
                        db.execute("insert into names values(?,?,?)", (name, facet, value))
                    db.execute("insert into held values(?,?)", (row[0], name))
        db.execute("insert into words(words) values('optimize')")
        db.execute("commit")
        db.execute("pragma wal_checkpoint(truncate)")
        db.execute("analyze")
        db.close()

    def open(self, path: str) -> None:
        """Open it for questions."""
        self._db = sqlite3.connect(f"{path}/fts5.db")
        self._db.executescript(
            "pragma mmap_size=8000000000; pragma cache_size=-200000; pragma temp_store=memory;"
            "create temp table found(id integer primary key);"
        )
        rows = self._db.execute("select id, facet, value from names").fetchall()
        self._names = {name: (facet, value) for name, facet, value in rows}
        self._ids = {named: name for name, named in self._names.items()}

    def ask(self, question: Mapping[str, Any], mode: str) -> dict[str, Any] | None:
        """Answer a question."""
        kind, words = question["kind"], question["words"]
        if kind == "fuzzy":
            return None
        if kind == "all":
            return self._all(mode)
        where, values = "", [self._match(kind, words, question)]
        if kind == "date":
            where = " and +rowid in (select id from docs where date between ? and ?)"
            values += [question["low"], question["high"]]
        elif kind == "country":
            where = " and +rowid in (select doc from held where name=?)"
            values.append(self._ids["country", question["country"]])
        shown = ", snippet(words,1,'<b>','</b>','…',40)" if mode == "page" else ""
        hits = self._db.execute(
            f"select rowid{shown} from words where words match ?{where} order by rank limit 10",
            values,
        ).fetchall()
        answer: dict[str, Any] = {"ids": [hit[0] - 1 for hit in hits]}
        if mode == "top":
            sql = f"select count(*) from words where words match ?{where}"
            return answer | {"total": self._db.execute(sql, values).fetchone()[0]}
        self._db.execute("delete from found")
        sql = f"insert into found select rowid from words where words match ?{where}"
        answer["total"] = self._db.execute(sql, values).rowcount
        answer["facets"] = self._facets(
            "select name, count(*) from found cross join held on held.doc=found.id group by 1",
            "select year, count(*) from found cross join docs on docs.id=found.id group by 1",
        )
        answer["snippets"] = [hit[1] for hit in hits]
        self._db.execute("delete from found")
        return answer

    def _all(self, mode: str) -> dict[str, Any]:
        sql = "select id, substr(body,1,200) from docs order by date desc, id limit 10"
        hits = self._db.execute(sql).fetchall()
        total = self._db.execute("select count(*) from docs").fetchone()[0]
        answer: dict[str, Any] = {"ids": [hit[0] - 1 for hit in hits], "total": total}
        if mode == "page":
            answer["snippets"] = [hit[1] for hit in hits]
            answer["facets"] = self._facets(
                "select name, count(*) from held group by 1",
                "select year, count(*) from docs group by 1",
            )
        return answer

    def _facets(self, values: str, years: str) -> dict[str, dict[str, int]]:
        facets: dict[str, dict[str, int]] = {"year": {}}
        for name, count in self._db.execute(values):
            facet, value = self._names[name]
            facets.setdefault(facet, {})[value] = count
        facets["year"] = {str(year): count for year, count in self._db.execute(years)}
        return facets

    def _match(self, kind: str, words: list[str], question: Mapping[str, Any]) -> str:
        if kind in ("or2", "or4"):
            return " OR ".join(words)
        if kind == "not":
            return f"{words[0]} NOT {question['unwanted']}"
        if kind == "phrase":
            return f'"{" ".join(words)}"'
        return f"{words[0]}*" if kind == "prefix" else " AND ".join(words)
