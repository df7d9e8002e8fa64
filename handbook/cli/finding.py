"""`handbook search`: the best hits for some words, each with the place that `show` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from handbook.cli import output
from handbook.cli.kept import has_store
from handbook.cli.paper import paper
from handbook.errors import HandbookError, StoreError, UsageError
from handbook.model import Place
from handbook.render.line import Line, Run
from handbook.render.wrap import wrap_runs
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.cli.arguments import Arguments
    from handbook.cli.paper import Paper
    from handbook.model import Hit, Scope
    from handbook.search.index import Results

INDENT = 4


def search(arguments: Arguments) -> int:
    """Print hits, best first; 1 if there is none, which stderr says."""
    query = " ".join(arguments.query)
    if not query.strip():
        raise UsageError("there is nothing to search for", hint="handbook search learning rate")
    workspace = Workspace.open(arguments.settings)
    try:
        results = _search(workspace, query, arguments)
    finally:
        workspace.close()
    if arguments.json:
        output.write_json([_record(hit) for hit in results.hits])
    else:
        _print(results.hits, workspace, arguments)
    _tell(results, query)
    return 0 if results.hits else 1


def _search(workspace: Workspace, query: str, arguments: Arguments) -> Results:
    """Search with the reader's notes where there are any; a broken store costs only them."""
    scope = cast("Scope", arguments.scope)
    with_notes = scope == "note" or (scope == "all" and has_store(workspace))
    if scope == "note" and not has_store(workspace):
        raise HandbookError("you have written no notes yet", hint="in the app, n writes one")
    try:
        return workspace.search(query, scope=scope, limit=arguments.limit, notes=with_notes)
    except StoreError as error:
        if scope == "note":
            raise
        output.complain(f"searched without your notes: {error}")
        return workspace.search(query, scope=scope, limit=arguments.limit, notes=False)


def _tell(results: Results, query: str) -> None:
    for typed, used in results.corrected:
        output.complain(f"found nothing for {typed!r}, searched for {used!r}")
    if not results.hits:
        output.complain(f"found nothing for {query!r}")
    elif results.total > len(results.hits):
        output.complain(f"{len(results.hits)} of {results.total} hits; --limit N shows more")


def _record(hit: Hit) -> dict[str, object]:
    passage = hit.passage
    return {
        "page": passage.page,
        "title": passage.title,
        "heading": passage.heading,
        "anchor": passage.anchor,
        "kind": passage.kind,
        "score": round(hit.score, 1),
        "snippet": hit.snippet,
    }


def _print(hits: Sequence[Hit], workspace: Workspace, arguments: Arguments) -> None:
    sheet = paper(arguments.settings)
    lines = [line for hit in hits for line in _lines(hit, workspace, sheet)]
    output.write(sheet.text(lines))


def _lines(hit: Hit, workspace: Workspace, sheet: Paper) -> Iterator[Line]:
    passage, width = hit.passage, sheet.width
    info = workspace.handbook.find_page(passage.page)
    place = str(Place(info.slug if info else passage.page, passage.anchor))
    name = passage.heading or passage.title
    kind = "" if passage.kind == "page" else f"  {passage.kind}"
    sub = ">" if sheet.options.ascii else "›"
    before = f"{passage.title} {sub} " if passage.heading not in {"", passage.title} else ""
    runs = [Run(before), *_marked(name, hit.title_marks, "strong"), Run(kind, "muted")]
    yield from (Line(row) for row in wrap_runs([Run(place, "link")], width))
    for row in wrap_runs([run for run in runs if run.text], width - INDENT):
        yield Line((Run(" " * INDENT), *row))
    if hit.snippet:
        for row in wrap_runs(_marked(hit.snippet, hit.marks, "text"), width - INDENT):
            yield Line((Run(" " * INDENT), *row))


def _marked(text: str, marks: Sequence[tuple[int, int]], style: str) -> list[Run]:
    """Return a text as runs, what matched in the style of a match."""
    runs: list[Run] = []
    at = 0
    for start, end in marks:
        runs += [Run(text[at:start], style), Run(text[start:end], "match")]
        at = end
    runs.append(Run(text[at:], style))
    return [run for run in runs if run.text]
