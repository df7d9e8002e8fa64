"""The shipped book: whole, sourced, British and readable, and its listings print what they say."""

from __future__ import annotations

import contextlib
import io
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handbook.loader.library import Library
from handbook.model import (
    Admonition,
    Bullets,
    ChartBlock,
    Checklist,
    Definitions,
    Heading,
    Link,
    Paragraph,
    Quote,
    Role,
)
from handbook.search.index import Index

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.model import Block, PageInfo

CONTENT = Path(__file__).parents[2] / "content"
BANK = ("questions/", "loops/")
"""Folders of files that are no pages."""

LESSONS = (
    "talent-gap",
    "roles",
    "role-map",
    "team-structure",
    "projects",
    "hiring",
    "being-hired",
    "interviews",
    "exam",
    "production",
    "since-2019",
)
"""The chapters that teach, each closed by a page of cues, notes and a summary."""

OTHER_CHAPTERS = ("lecture", "checklists", "templates", "manual")

WITHOUT_SOURCES = {
    "sources.md": "it is the list of sources",
    "manual/index.md": "says what the program does",
    "manual/command-line.md": "says what the program does",
    "manual/study.md": "says what the program does",
    "manual/exam.md": "says what the program does",
    "manual/progress.md": "says what the program does",
    "manual/mock-interview.md": "says what the program does",
    "manual/your-own-pages.md": "says what the program does",
    "manual/your-data.md": "says what the program does",
    "manual/settings.md": "says what the program does",
    "templates/role-descriptions.md": "a form; the page behind it has the sources",
    "templates/loop-plans.md": "a form; the page behind it has the sources",
    "templates/score-sheet.md": "a form; the page behind it has the sources",
    "templates/kick-off.md": "a form; the page behind it has the sources",
    "templates/weekly-report.md": "a form; the page behind it has the sources",
}

TOO_LONG = {
    "glossary.md": "158 terms are looked up one by one and never read in a row",
    "sources.md": "every source is looked up one by one and never read in a row",
    "checklists/interview.md": "63 items to tick, over eight weeks",
}
SHORTEST, LONGEST = 250, 2_000

WITHOUT_PRACTICE = {
    "roles/newer/index.md": "the bank has no question on titles that are not in the lecture",
    "roles/newer/ai-governance.md": "the bank has no question on governance",
    "roles/newer/forward-deployed-engineer.md": "the bank has no question on work at customers",
}
"""Pages of the teaching chapters whose check names no question to go on with."""

EASE = 60.0
"""The floor of the reading ease; 60 to 70 is called plain English. Measured in November 2026 on 113
pages: the hardest has 63.8 (exam/summary), a tenth lie below 67.7, the middle one has 73.6, a tenth
lie above 82.7. Of the chapters with more than two pages, roles and team-structure are the hardest
(69.5 and 70.5 in the middle), role-map and production the easiest (both 77.8)."""

AMERICAN = frozenset(
    re.findall(
        r"[a-z]+",
        """
    aging airplane aluminum analog analyze analyzed analyzes analyzing apologize artifact artifacts
    afterward behavior behavioral behaviors canceled canceling catalog categorize center centered
    centers characterize color colored coloring colors criticize customize customized defense dialog
    emphasize endeavor enroll enrollment favor favorable favorite fiber flavor fueled fulfill
    fulfillment generalization generalize generalizes gotten gray harbor honor humor initialization
    initialize initialized installment jewelry judgment labeled labeler labelers labeling labor
    leveled liter math maximize maximizes minimize minimizes modeled modeler modelers modeling mold
    neighbor neighborhood neighboring neighbors normalization normalize normalized offense
    optimization optimize optimized optimizer optimizers optimizes organization organizational
    organizations organize organized paralyze penalize penalized percent plow pretense prioritize
    quantization quantize quantized randomize randomized realize realized recognize recognized
    recognizes regularization regularize regularized rumor signaled signaling skeptic skeptical
    skillful specialize specialized standardization standardize standardized summarize summarized
    summarizer summarizes theater tokenize tokenizer totaled toward traveled traveling utilize
    visualize willful
    """,
    )
)
FILES = sorted(
    path.relative_to(CONTENT).as_posix()
    for end in ("md", "toml")
    for path in CONTENT.rglob(f"*.{end}")
)
"""All that readers see: pages, questions, loops, and exams."""
NAMES = ("Bureau of Labor Statistics", "Operationalizing Machine Learning", "math domain error")
"""Names, and a message of Python, that are spelt as their owners spell them."""

FENCE = re.compile(r"^( *> ?)?```.*?^( *> ?)?```[ ]*$", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python.*?^```", re.MULTILINE | re.DOTALL)
LISTING = re.compile(r"^```python\n(.*?)^```\n\n^```text\n(.*?)^```", re.MULTILINE | re.DOTALL)
PRACTICE = re.compile(r"^Practise with (.+)\.$", re.MULTILINE)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open([CONTENT])


@pytest.fixture(scope="module")
def index(library: Library) -> Index:
    return Index.build(library.passages())


def blocks_of(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks and those inside them."""
    for block in blocks:
        yield block
        match block:
            case Admonition() | Quote():
                yield from blocks_of(block.blocks)
            case Bullets() | Definitions():
                for item in block.items:
                    yield from blocks_of(item.blocks)
            case _:
                continue


def running_text(source: str) -> str:
    """Return a page without code, charts, tables, headings, marks, addresses and listings."""
    lines = []
    for line in FENCE.sub("", source).splitlines():
        text = re.sub(r"^> ?", "", line)
        is_prose = not re.match(r"    |\s*(\||#|\[!|Practise with)", text)
        lines.append(text if is_prose else "")
    text = re.sub(r"<!--.*?-->", "", "\n".join(lines), flags=re.DOTALL)
    return re.sub(r"\[@[^\]]*\]|(?<=\])\([^)]*\)|<https?:[^>]*>|`[^`]*`", "", text)


def syllables(word: str) -> int:
    """Count runs of vowels, without a silent e, es or ed at the end: right for most words."""
    if len(word) <= 3:
        return 1
    spoken = re.sub(r"(?:[^laeiouy]es|[^laeiouytd]ed|[^laeiouy]e)$|^y", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", spoken)))


def reading_ease(source: str) -> float:
    """Return Flesch's reading ease (1948): 206.835 - 1.015 words/sentence - 84.6 syllables/word.

    Every item of a list ends a sentence, and so does a colon before a list or a listing.
    """
    words = sentences = spoken = 0
    for part in re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )", running_text(source)):
        found = re.findall(r"[A-Za-z]+(?:['’][a-z]+)?", part)
        if len(found) >= 4:
            words += len(found)
            spoken += sum(syllables(word) for word in found)
            sentences += max(1, len(re.findall(r"[.!?](?=[\s\"')*\]]|$)", part)))
    return 206.835 - 1.015 * words / sentences - 84.6 * spoken / words


# The whole


def test_the_book_loads_without_a_problem(library: Library) -> None:
    assert [str(problem) for problem in library.problems()] == []


def test_the_book_has_at_least_110_pages(library: Library) -> None:
    assert len(library.handbook.pages) >= 110


def test_every_file_stands_in_the_contents(library: Library) -> None:
    files = {path.relative_to(CONTENT).as_posix() for path in CONTENT.rglob("*.md")}
    pages = {file for file in files if not file.startswith(BANK)} - {"SUMMARY.md"}

    assert {info.path for info in library.handbook.pages} == pages
    linked = re.findall(r"\]\(([^)]+)\)", (CONTENT / "SUMMARY.md").read_text(encoding="utf-8"))
    assert sorted(linked) == sorted(pages)


def test_every_page_is_reached_by_links_from_the_welcome(library: Library) -> None:
    seen, new = set[str](), [library.handbook.pages[0].id]
    while new:
        page = library.page(new.pop())
        seen.add(page.info.id)
        places = (library.resolve(link, page.info.id) for link in page.links)
        new += {place.page for place in places if place} - seen

    assert [info.path for info in library.handbook.pages if info.id not in seen] == []


def test_every_page_is_found_by_its_title(library: Library, index: Index) -> None:
    def is_found(info: PageInfo) -> bool:
        return info.id in {hit.passage.page for hit in index.search(info.title, limit=10).hits}

    assert [info.path for info in library.handbook.pages if not is_found(info)] == []


def test_every_page_says_what_it_rests_on_or_is_named_here(library: Library) -> None:
    bare = {info.path for info in library.handbook.pages if not info.sources}

    assert bare == set(WITHOUT_SOURCES)


def test_every_page_has_between_250_and_2000_words_or_is_named_here(library: Library) -> None:
    pages = library.handbook.pages

    assert {info.path: info.words for info in pages if info.words < SHORTEST} == {}
    assert {info.path for info in pages if info.words > LONGEST} == set(TOO_LONG)


def test_no_heading_skips_a_level(library: Library) -> None:
    for info in library.handbook.pages:
        levels = [heading.level for heading in library.page(info.id).headings]
        assert levels[:1] == [1], info.path
        steps = pairwise(levels)
        assert all(after <= before + 1 for before, after in steps), info.path
        assert levels.count(1) == 1, info.path


# Chapters


@pytest.mark.parametrize("chapter", [*LESSONS, *OTHER_CHAPTERS])
def test_a_chapter_opens_with_three_lines_of_what_one_can_do_after_it(
    library: Library, chapter: str
) -> None:
    opening = next(found for found in library.handbook.chapters if found.id == chapter)
    blocks = library.page(library.handbook.pages[opening.pages[0]].id).blocks
    title, *rest = blocks
    # A sentence may lead into the list: "After this chapter you will be able to".
    first = rest[1] if isinstance(rest[0], Paragraph) else rest[0]

    assert isinstance(title, Heading)
    assert isinstance(first, Bullets)
    assert first.start is None
    assert len(first.items) == 3


@pytest.mark.parametrize("chapter", LESSONS)
def test_a_chapter_closes_with_cues_notes_and_a_summary(library: Library, chapter: str) -> None:
    found = next(found for found in library.handbook.chapters if found.id == chapter)
    info = library.handbook.pages[found.pages[-1]]
    page = library.page(info.id)
    cues = [cue for cue in library.cues() if cue.page == info.id]
    *questions, summary = [heading for heading in page.headings if heading.level == 2]

    assert info.path == f"{chapter}/summary.md"
    assert info.title.endswith(": in short")
    assert 4 <= len(cues) <= 9
    assert [cue.title for cue in cues] == [heading.title for heading in questions]
    assert all(heading.title.endswith("?") for heading in questions)
    assert all(isinstance(page.blocks[heading.block + 1], Paragraph) for heading in questions)
    assert summary.title == "Summary"
    assert isinstance(page.blocks[summary.block + 1], Paragraph)
    assert SHORTEST <= info.words <= 600


def test_checks_in_teaching_chapters_name_questions_to_practise_with(library: Library) -> None:
    free = {question.id for question in library.questions() if question.use != "exam"}
    bare = set()
    for info in library.handbook.pages:
        source = library.source(info.id)
        named = " ".join(PRACTICE.findall(source))
        asked = re.findall(r"`handbook show (q-\w+)`", named)
        assert set(asked) <= free, info.path
        assert len(asked) <= 2, info.path
        if info.chapter in LESSONS[:10] and "[!check]" in source and not asked:
            bare.add(info.path)

    assert bare == set(WITHOUT_PRACTICE)


# Words


@pytest.mark.parametrize("file", FILES)
def test_the_spelling_is_british(file: str) -> None:
    text = PYTHON.sub("", (CONTENT / file).read_text(encoding="utf-8"))
    text = re.sub(r"`[^`]*`|\]\([^)]*\)|<https?:[^>]*>", "", text)
    for name in NAMES:
        text = re.sub(name.replace(" ", r"\s+"), "", text)
    assert set(re.findall(r"[a-z]+", text.lower())) & AMERICAN == set()


def test_the_words_of_questions_loops_and_exams_are_looked_at() -> None:
    folders = {file.partition("/")[0] for file in FILES}
    assert {"questions", "loops", "exams", "manual"} <= folders


def test_percentages_and_dashes_are_written_one_way(library: Library) -> None:
    for info in library.handbook.pages:
        text = FENCE.sub("", library.source(info.id))
        assert re.findall(r"\d\s+(?:%|per cent\b)", text) == [], info.path
        assert "—" not in text, info.path


def test_the_glossary_has_158_terms_and_search_finds_each_by_its_name(
    library: Library, index: Index
) -> None:
    terms = library.terms()
    page = next(info.id for info in library.handbook.pages if info.kind == "glossary")

    def is_found(title: str, anchor: str) -> bool:
        hits = index.search(title, scope="term", limit=3).hits
        return (page, anchor) in {(hit.passage.page, hit.passage.anchor) for hit in hits}

    assert len(terms) == 158
    assert len({term.id for term in terms}) == 158
    assert [term.title for term in terms if not is_found(term.title, term.id)] == []
    aliases = [(alias, term.id) for term in terms for alias in term.aliases]
    assert [alias for alias, term_id in aliases if not is_found(alias, term_id)] == []


def test_prose_is_easy_to_read(library: Library) -> None:
    prose = [info for info in library.handbook.pages if info.kind not in ("template", "glossary")]
    eases = {info.path: round(reading_ease(library.source(info.id)), 1) for info in prose}

    assert {path: ease for path, ease in eases.items() if ease < EASE} == {}


def test_the_reading_ease_of_known_sentences() -> None:
    # Six words of one syllable in one sentence; then two sentences of three such words.
    assert reading_ease("The cat sat on the mat.") == pytest.approx(206.835 - 1.015 * 6 - 84.6)
    assert reading_ease("The cat sat. The dog ran.") == pytest.approx(206.835 - 1.015 * 3 - 84.6)
    assert reading_ease("Organisational interdepartmental responsibilities accumulate.") < 0


# Lists, roles and charts


def test_the_five_lists_hold_153_items_with_a_why_and_a_page_behind_each(library: Library) -> None:
    lists = {found.name: found for found in library.checklists()}

    assert {name: len(found.items) for name, found in lists.items()} == {
        "interview": 63,
        "interviewer": 22,
        "role-definition": 22,
        "first-90-days": 26,
        "project-kick-off": 20,
    }
    items = [(found, item) for found in lists.values() for item in found.items]
    assert len({item.id for _, item in items}) == 153
    for found, item in items:
        assert re.fullmatch(r"c-[0-9a-hjkmnp-tv-z]{6}", item.id)
        assert item.text
        assert item.why.endswith((".", "?")), item.id
        assert has_page(library, found, item.see), item.id


def has_page(library: Library, found: Checklist, link: Link | None) -> bool:
    """Tell whether the link of an item leads to a page of the book."""
    return link is not None and library.resolve(link, found.page) is not None


def test_every_chart_is_drawn(library: Library) -> None:
    drawn = 0
    for info in library.handbook.pages:
        blocks = list(blocks_of(library.page(info.id).blocks))
        charts = [block for block in blocks if isinstance(block, ChartBlock)]
        fences = re.findall(r"^(?:> )?```chart$", library.source(info.id), flags=re.MULTILINE)
        assert len(charts) == len(fences), info.path
        assert all(block.chart.bars or block.chart.series for block in charts), info.path
        drawn += len(charts)

    assert drawn >= 16


def test_roles_on_the_map_have_a_letter_of_their_own(library: Library) -> None:
    roles: tuple[Role, ...] = library.roles()

    assert len(roles) == 16
    assert len({role.letter for role in roles}) == 16


# Listings


def listings() -> list[tuple[str, str, str]]:
    """Return the path, code and output of every listing that is followed by what it prints."""
    return [
        (path.relative_to(CONTENT).as_posix(), code, output)
        for path in sorted(CONTENT.rglob("*.md"))
        if not any(folder in path.as_posix() for folder in BANK)
        for code, output in LISTING.findall(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(
    ("code", "output"), [pytest.param(*rest, id=path) for path, *rest in listings()]
)
def test_a_listing_prints_what_the_page_says(code: str, output: str) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "listing", "exec"), {"__name__": "listing"})

    assert printed.getvalue().strip() == output.strip()
