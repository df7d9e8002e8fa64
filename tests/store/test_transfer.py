"""Moving the log: export, import and their laws; nothing of what is read is trusted."""

from __future__ import annotations

import hashlib
import json
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.errors import StoreError
from handbook.model import Place
from handbook.model.event import Entry
from handbook.model.reader import Position
from handbook.store.lines import LINE_LIMIT
from handbook.store.redating import redate
from handbook.store.schema import DERIVED
from handbook.store.store import Store
from handbook.store.transfer import Imported, export_events, lines_of

from .conftest import NOON, HandClock, import_events

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MINUTE = 60_000


def state_hash(store: Store) -> str:
    """Return a hash over all rows of all derived tables."""
    digest = hashlib.sha256()
    for table in sorted(DERIVED):
        for row in store.connection.execute(
            f"SELECT * FROM {table} ORDER BY 1, 2"
            if len(DERIVED[table].key | DERIVED[table].columns) > 1
            else f"SELECT * FROM {table} ORDER BY 1"
        ):
            digest.update(repr((table, row)).encode())
    return digest.hexdigest()


def review(item: str, rating: int, **data: object) -> Entry:
    return Entry(
        "review",
        item,
        {"answer": {"text": 'gu"ess\n'}, "topic": "t", **data},
        item_v=1,
        session_id="s",
        rating=rating,
        confidence=2,
        correct=0.5,
        think_ms=10,
        total_ms=20,
    )


def fill(store: Store, clock: HandClock) -> None:
    store.tick("c-1", True, checklist="list")
    store.note("c-1", "two\nlines, „quoted“ \U0001f600", checklist="list")
    store.visit(Place("a", "b"))
    store.set("you", [1, 2.5, None, "x"])
    for day in range(4):
        clock.now += 24 * 60 * MINUTE
        store.practice.append(review("q-1", 3), review("q-2", 1 + day % 4))
    store.practice.append(Entry("flag", "q-1", {"text": "odd"}), Entry("hold", "q-2", {"until": 3}))
    store.practice.undo()
    store.practice.undo()
    store.practice.redo()


def other(path: Path, clock: HandClock | None = None) -> Store:
    return Store.open(path.with_name("other.db"), clock or HandClock())


# The laws


def test_export_then_import_into_an_empty_store_is_the_identity(store, clock, path):
    fill(store, clock)
    lines = list(export_events(store))
    empty = other(path)
    count = len(list(store.events()))
    assert import_events(empty, lines) == Imported(new=count)
    assert [e._replace(seq=0) for e in empty.events()] == [
        e._replace(seq=0) for e in store.events()
    ]
    assert state_hash(empty) == state_hash(store)
    again = list(export_events(empty))
    assert again[1:] == lines[1:]
    theirs = {device["device_id"] for device in json.loads(again[0])["devices"]}
    assert theirs == {store.device, empty.device}
    empty.close()


def test_importing_a_file_twice_changes_nothing(store, clock, path):
    fill(store, clock)
    lines = list(export_events(store))
    count = len(lines) - 1
    assert import_events(store, lines) == Imported(known=count)
    empty = other(path)
    import_events(empty, lines)
    before = state_hash(empty)
    assert import_events(empty, [*lines, *lines]) == Imported(known=2 * count)
    assert state_hash(empty) == before
    empty.close()


def test_the_header_says_what_the_file_is(store, clock):
    fill(store, clock)
    header = json.loads(next(iter(export_events(store))))
    assert header["app"] == "ml-teams-handbook"
    assert header["schema"] == 1
    assert header["scheduler"]["name"] == "fsrs"
    assert header["scheduler"]["version"].startswith("6.3.")
    assert header["count"] == len(list(store.events()))
    assert [device["device_id"] for device in header["devices"]] == [store.device]


def test_lines_come_in_the_order_of_the_log(store, clock):
    fill(store, clock)
    clock.now -= 10**9
    store.tick("late", True, checklist="list")
    found = [json.loads(line) for line in list(export_events(store))[1:]]
    assert found == sorted(found, key=lambda event: (event["hlc"], event["event_id"]))
    assert found[-1]["item_uid"] == "late"


names = st.sampled_from(["q-1", "q-2", "q-3"])
deeds: st.SearchStrategy[Callable[[Store], object]] = st.one_of(
    st.builds(
        lambda item, rating: lambda s: s.practice.append(review(item, rating)),
        names,
        st.integers(1, 4),
    ),
    st.builds(
        lambda item, rating: lambda s: s.practice.append(review(item, rating)),
        names,
        st.integers(1, 4),
    ),
    st.builds(lambda item, done: lambda s: s.tick(item, done, checklist="l"), names, st.booleans()),
    st.builds(
        lambda item, text: lambda s: s.note(item, text, checklist="l"), names, st.text(max_size=5)
    ),
    st.builds(
        lambda item, on: lambda s: s.practice.append(Entry("suspend", item, {"on": on})),
        names,
        st.booleans(),
    ),
    st.just(lambda s: s.practice.undo()),
    st.just(lambda s: s.practice.redo()),
    st.just(lambda s: s.undo("l")),
    st.just(lambda s: s.set("n", 1)),
    st.just(redate),
)
# Which machine acts, how many minutes later by its own clock, and what it does.
turns = st.lists(st.tuples(st.integers(0, 2), st.integers(-3000, 3000), deeds), max_size=25)


@settings(deadline=None, max_examples=40)
@given(
    turns,
    st.lists(st.sampled_from([(0, 1), (1, 0), (2, 0), (1, 2)]), max_size=3),
    turns,
    st.permutations(range(3)),
    st.permutations(range(3)),
    st.lists(st.integers(0, 2), max_size=3),
)
def test_merging_in_any_order_gives_the_same_state(before, meetings, after, one, two, again):
    """Three machines act, some meet and act on, then all logs meet in two orders."""
    with tempfile.TemporaryDirectory() as folder:
        clocks = [HandClock(NOON + 1000 * n, offset_min=60 * n) for n in range(3)]
        stores = [Store.open(Path(folder) / f"{n}.db", clocks[n]) for n in range(3)]

        def act(todo: Sequence[tuple[int, int, Callable[[Store], object]]]) -> None:
            for who, minutes, deed in todo:
                clocks[who].now += minutes * MINUTE
                deed(stores[who])

        act(before)
        for giver, taker in meetings:
            import_events(stores[taker], export_events(stores[giver]))
        act(after)
        files = [list(export_events(each)) for each in stores]
        hashes = set()
        for name, order in (("x", one), ("y", [*two, *again])):
            merged = Store.open(Path(folder) / f"{name}.db", HandClock())
            for index in order:
                import_events(merged, files[index])
            hashes.add(state_hash(merged))
            merged.rebuild()
            hashes.add(state_hash(merged))
            merged.close()
        for index in one:
            import_events(stores[0], files[index])
        hashes.add(state_hash(stores[0]))
        assert len(hashes) == 1
        for each in stores:
            each.close()


def test_what_one_machine_takes_back_another_can_bring_again(store, clock, path):
    store.practice.append(review("q-1", 1))
    theirs = other(path, clock)
    import_events(theirs, export_events(store))
    assert theirs.practice.undo().entry.item_uid == "q-1"
    import_events(store, export_events(theirs))
    assert store.practice.cards() == {}
    clock.now += 1000
    assert store.practice.redo().entry.item_uid == "q-1"
    import_events(theirs, export_events(store))
    assert list(theirs.practice.cards()) == ["q-1"]
    theirs.close()


def test_a_page_marked_as_unread_here_is_not_read_again_by_leaving_it_there(store, clock, path):
    store.mark_read("roles", True)
    theirs = other(path, clock)
    import_events(theirs, export_events(store))
    clock.now += 1000
    store.mark_read("roles", False)
    clock.now += 1000
    theirs.save_position(Position("roles", "why", 3, 0.5, read=False, at_ms=0))
    assert theirs.positions()["roles"].read
    import_events(store, export_events(theirs))
    assert store.positions()["roles"][1:5] == ("why", 3, 0.5, False)
    theirs.close()


def test_after_an_import_new_events_come_last(store, clock, path):
    ahead = other(path, HandClock(NOON + 10**9))
    ahead.tick("c", True, checklist="l")
    import_events(store, export_events(ahead))
    store.tick("c", False, checklist="l")
    assert not store.ticks()["c"].done
    import_events(ahead, export_events(store))
    assert not ahead.ticks()["c"].done
    ahead.close()


def test_another_terminal_sees_what_was_imported(open_store, clock, path):
    mine, theirs = open_store(), open_store()
    theirs.is_changed()
    far = other(path, clock)
    far.tick("c", True, checklist="l")
    import_events(mine, export_events(far))
    assert theirs.is_changed()
    assert theirs.ticks()["c"].done
    far.close()


# Nothing is trusted


@pytest.fixture
def lines(store, clock) -> list[str]:
    fill(store, clock)
    return list(export_events(store))


@pytest.fixture
def empty(path):
    store = other(path)
    yield store
    store.close()


def changed(line: str, **fields: object) -> str:
    return json.dumps({**json.loads(line), **fields})


def refusal(store: Store, lines: Sequence[str]) -> str:
    before = [tuple(e) for e in store.events()], state_hash(store)
    with pytest.raises(StoreError) as caught:
        import_events(store, lines)
    assert ([tuple(e) for e in store.events()], state_hash(store)) == before
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"rating": 5}, "rating is no whole number from 1 to 4"),
        ({"rating": True}, "rating is no whole number from 1 to 4"),
        ({"rating": "3"}, "rating is no whole number from 1 to 4"),
        ({"rating": None}, "a review has no item_uid or no rating"),
        ({"correct": 1.5}, "correct is no number from 0 to 1"),
        ({"think_ms": 10**30}, "think_ms is no whole number from 0"),
        ({"kind": "Review"}, "kind has the wrong form: 'Review'"),
        ({"kind": None}, "kind is missing"),
        ({"colour": 1}, "no event has the field 'colour' (written by a newer handbook?)"),
        ({"item_uid": "q\x1b[2J"}, "item_uid holds control characters"),
        ({"item_uid": "q" * 2000}, "item_uid is longer than 1000 characters"),
        ({"item_uid": ["q"]}, "item_uid is no text"),
        ({"data": {"text": "\x07"}}, "data holds control characters"),
        ({"data": {"\u0085": 1}}, "data holds control characters"),
        ({"data": {"text": "\ud800"}}, "data holds control characters"),
        ({"data": {"n": 10**40}}, "data holds a number that is too large"),
        ({"data": []}, "data is no JSON object"),
        ({"data": {"v": "1"}}, "the v of data is no whole number"),
        ({"data": {"day": 10**17}}, "the day of data is no whole number"),
        ({"data": {"at_ms": True}}, "the at_ms of data is no whole number"),
        ({"data": {"v": 2}}, "it was written by a newer handbook (schema 2, this one knows 1)"),
        ({"day": 5}, "day is 5, yet the moment lies on day 20590"),
        ({"tz_offset_min": 9000}, "tz_offset_min is no whole number"),
        ({"hlc": 1 << 60}, "hlc is no whole number"),
        ({"hlc": 1}, "event_id does not fit hlc and device_id"),
        ({"event_id": "x"}, "event_id has the wrong form: 'x'"),
    ],
)
def test_a_faulty_event_is_named_by_its_line_and_nothing_changes(empty, lines, fields, message):
    at = next(n for n, line in enumerate(lines) if '"review"' in line)
    lines[at] = changed(lines[at], **fields)
    assert refusal(empty, lines).startswith(f"line {at + 1}: {message}")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"event_id": NaN}', "NaN is no number"),
        ('{"event_id": 1e999}', "device_id is missing"),
        ('{"a', "it is no JSON object, or was cut off"),
        ("[]", "it is no JSON object"),
        ("[" * 100_000, "it is no JSON object, or was cut off"),
        ('{"n": ' + "9" * 5000 + "}", "it is no JSON object, or was cut off"),
        ("null", "it is no JSON object"),
        ('{"x": "\udcff"}', "it is not UTF-8"),
        ("\x00\x01", "it is no JSON object"),
        ('{"x": "' + "y" * LINE_LIMIT + '"}', "it is longer than 4,194,304 characters"),
    ],
    ids=lambda value: value[:20].encode("ascii", "replace").decode(),
)
def test_a_line_that_is_no_event_is_named(empty, lines, line, message):
    lines[2] = line
    assert refusal(empty, lines).startswith(f"line 3: {message}")


def test_infinity_in_the_data_is_refused(empty, lines):
    lines[1] = lines[1].replace('"data":{', '"data":{"x":1e999,')
    assert "too large" in refusal(empty, lines)


def test_data_nested_deeply_is_refused(empty, lines):
    lines[1] = lines[1].replace('"data":{', '"data":{"x":' + "[" * 150 + "]" * 150 + ",")
    assert "nested too deeply" in refusal(empty, lines)


def test_a_void_of_what_comes_later_is_refused(empty, lines):
    at = next(n for n, line in enumerate(lines) if '"kind":"void"' in line)
    own = json.loads(lines[at])["event_id"]
    lines[at] = changed(lines[at], target_event=own)
    assert f"line {at + 1}: a void takes back an event that comes after it" in refusal(empty, lines)


def test_a_newer_export_is_refused_in_one_line(empty, lines):
    lines[0] = changed(lines[0], schema=2)
    message = refusal(empty, lines)
    assert message.startswith("line 1: it was written by a newer handbook (schema 2")
    assert "pip install --upgrade" in message
    with pytest.raises(StoreError, match="newer handbook"):
        import_events(empty, lines, salvage=True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: this is no export of the handbook: there is nothing in it"),
        ("\n\n", "line 1: this is no export of the handbook: there is nothing in it"),
        ("hello\n", "line 1: this is no export of the handbook"),
        ('{"app": "other"}\n', "line 1: this is an export of 'other', not of the handbook"),
        ("{}\n", "line 1: this is no export of the handbook"),
        ('{"app": "ml-teams-handbook", "schema": "x"}', "line 1: schema is no whole number"),
        ('{"app": "ml-teams-handbook", "schema": 1, "count": -1}', "line 1: count is no whole"),
        ('{"app": "ml-teams-handbook", "schema": 1, "devices": [1]}', "line 1: a device is not"),
    ],
)
def test_a_file_that_is_no_export_is_refused(empty, text, message):
    assert refusal(empty, text.splitlines(keepends=True)).startswith(message)


def test_a_truncated_file_is_refused(empty, lines):
    message = refusal(empty, lines[:-2])
    assert message.startswith(f"line {len(lines) - 2}: {len(lines) - 3} events end here")
    assert "cut off" in refusal(empty, [*lines[:-1], lines[-1][:-20]])


def test_an_event_that_says_something_else_than_the_one_here_is_refused(store, lines):
    at = next(n for n, line in enumerate(lines) if '"review"' in line)
    lines[at] = changed(lines[at], rating=2)
    assert refusal(store, lines).startswith(f"line {at + 1}: the event ")


def test_what_is_whole_of_a_damaged_file_can_be_salvaged(empty, lines):
    lines[3] = lines[3][:-9]
    found = import_events(empty, lines[:-1], salvage=True)
    assert (found.new, len(found.faults)) == (len(lines) - 3, 2)
    assert found.faults[0].startswith("line 4: it is no JSON object")
    assert found.faults[1].endswith(f"the first line promises {len(lines) - 1}")


def test_a_byte_that_is_not_utf8_is_told_with_its_line(empty, lines, tmp_path):
    file = tmp_path / "export.jsonl"
    text = "\n".join(lines).encode()
    file.write_bytes(text.replace(b'"list"', b'"l\xffst"', 1))
    assert "it is not UTF-8" in refusal(empty, list(lines_of(file)))


def test_windows_line_ends_a_byte_order_mark_and_joined_files_are_no_fault(empty, lines):
    text = ["\ufeff" + lines[0] + "\r\n", *(line + "\r\n" for line in lines[1:]), *lines]
    assert import_events(empty, text).new == len(lines) - 1


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "text",
                    "until",
                    "on",
                    "plan",
                    "day",
                    "at_ms",
                    "anchor",
                    "offset",
                    "share",
                    "read",
                    "value",
                    "title",
                    "kind",
                    "checklist",
                    "items",
                    "all",
                    "device",
                    "first",
                    "last",
                    "from_ms",
                    "shift_ms",
                    "not_before_ms",
                    "v",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=8,
)
KINDS = (
    "check",
    "note",
    "bookmark",
    "position",
    "read",
    "visit",
    "setting",
    "review",
    "hold",
    "suspend",
    "flag",
    "session_start",
    "session_end",
    "void",
    "redate",
    "purge",
    "exam_x",
)


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(KINDS),
    json_values,
    st.none() | st.text(max_size=4),
    st.none() | st.integers(0, 5),
    st.none() | json_values,
)
def test_whatever_stands_in_a_line_is_taken_in_or_refused(kind, data, item, rating, correct):
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "a.db", HandClock())
        store.practice.append(review("q-1", 3))
        header, line = export_events(store)
        event = json.loads(line)
        hlc = event["hlc"] + 1
        event |= {
            "event_id": f"{hlc:012x}{event['event_id'][12:]}",
            "hlc": hlc,
            "kind": kind,
            "data": data,
            "item_uid": item,
            "rating": rating,
            "correct": correct,
        }
        with suppress(StoreError):
            import_events(store, [changed(header, count=1), json.dumps(event)])
        store.practice.append(review("q-1", 3))
        store.rebuild()
        assert len(store.practice.events("review")) >= 2
        store.close()
