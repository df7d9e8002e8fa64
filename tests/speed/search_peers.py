"""Other programs' searches over the same passages, for comparison.

Each `open_*` function returns a function from queries to the headings that each one finds, best
first, or None where the program is not installed.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from handbook.model.search import Passage

Ask: TypeAlias = "Callable[[Sequence[str]], list[list[str]]]"

# mdBook's own settings: https://rust-lang.github.io/mdBook/format/configuration/renderers.html
ELASTICLUNR = """
const elasticlunr = require("elasticlunr");
const {documents, queries} = JSON.parse(require("fs").readFileSync(0, "utf8"));
const index = elasticlunr(function () {
  this.addField("title"); this.addField("body"); this.addField("breadcrumbs"); this.setRef("id");
  this.saveDocument(false);
});
for (const each of documents) index.addDoc(each);
const options = {bool: "OR", expand: true, fields: {
  title: {boost: 2, expand: true, bool: "OR"}, body: {boost: 1, expand: true, bool: "OR"},
  breadcrumbs: {boost: 1, expand: true, bool: "OR"}}};
const found = queries.map(each => index.search(each, options).slice(0, 10).map(hit => +hit.ref));
console.log(JSON.stringify(found));
"""


def name_of(passage: Passage) -> str:
    return passage.heading or passage.title


def open_fts5(passages: Sequence[Passage]) -> Ask:
    """Open SQLite's search: stems, the last word a prefix, any word where not all are found."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE book USING fts5(heading, title, text, tokenize='porter unicode61')"
    )
    rows = ((name_of(passage), passage.title, passage.text) for passage in passages)
    connection.executemany("INSERT INTO book VALUES (?, ?, ?)", rows)
    sql = "SELECT heading FROM book WHERE book MATCH ? ORDER BY bm25(book, 10, 4, 1) LIMIT 10"

    def ask_one(query: str) -> list[str]:
        words = [f'"{word}"' for word in re.findall(r"\w+", query)]
        for joined in (" AND ", " OR "):
            found = [row[0] for row in connection.execute(sql, (joined.join(words) + "*",))]
            if found:
                return found
        return []

    return lambda queries: [ask_one(query) for query in queries]


def open_fzf(passages: Sequence[Passage]) -> Ask | None:
    """Open the fuzzy finder over headings."""
    program = shutil.which("fzf")
    if program is None:
        return None
    lines = "\n".join(map(name_of, passages))

    def ask_one(query: str) -> list[str]:
        done = subprocess.run(
            [program, "--filter", query], input=lines, capture_output=True, text=True, check=False
        )
        return done.stdout.splitlines()[:10]

    return lambda queries: [ask_one(query) for query in queries]


def open_elasticlunr(passages: Sequence[Passage]) -> Ask | None:
    """Open mdBook's search, run by node; NODE_PATH says where elasticlunr is installed."""
    node = shutil.which("node")
    check = [node or "", "-e", 'require("elasticlunr")']
    if node is None or subprocess.run(check, capture_output=True, check=False).returncode:
        return None
    documents = [
        {"id": number, "title": name_of(each), "body": each.text, "breadcrumbs": each.title}
        for number, each in enumerate(passages)
    ]

    def ask(queries: Sequence[str]) -> list[list[str]]:
        done = subprocess.run(
            [node, "-e", ELASTICLUNR],
            input=json.dumps({"documents": documents, "queries": list(queries)}),
            capture_output=True,
            text=True,
            check=True,
        )
        return [[name_of(passages[at]) for at in found] for found in json.loads(done.stdout)]

    return ask
