"""`roles`: the map, its table, the comparison."""

from handbook.store.store import Store


def test_the_map_shows_letters_axes_and_its_note(run):
    done = run("roles")
    rows = done.out.splitlines()
    assert rows[0] == "▲ software engineering skill"
    assert any("E ML engineer" in row for row in rows)
    assert rows[-1] == "Read off two charts."
    assert not any("AI engineer" in row for row in rows)
    assert len(rows) == 25


def test_newer_adds_the_roles_that_came_later(run):
    assert "AI engineer" in run("roles", "--newer").out


def test_an_earlier_chart_shows_only_the_roles_on_it(run):
    done = run("roles", "--chart", "2021", "--json")
    assert [(role["id"], role["software"]) for role in done.json] == [("ml-engineer", 5.6)]
    assert "'2023' is none of 2021, 2022" in run("roles", "--chart", "2023").err


def test_roles_as_json_have_the_promised_keys(run):
    assert run("roles", "--json").json == [
        {
            "id": "ml-engineer",
            "title": "ML engineer",
            "software": 7,
            "ml": 7,
            "communication": 4,
            "region": None,
        },
        {
            "id": "ml-researcher",
            "title": "ML researcher",
            "software": 3,
            "ml": 9.5,
            "communication": 5,
            "region": {"software": [1, 6], "ml": [7, 10]},
        },
    ]


def test_the_table_has_a_row_for_each_role(run):
    rows = run("roles", "--table", "--ascii").out.splitlines()
    assert rows[0].split() == ["Role", "ML", "knowledge", "Software", "skill", "Communication"]
    assert rows[2].split()[:3] == ["E", "ML", "engineer"]
    assert len(rows) == 4


def test_roles_are_compared_by_id_letter_title_or_another_name(run):
    done = run("roles", "--compare", "E", "ML researcher", "ai-engineer")
    assert "Carry models" in done.out
    assert "Find out what" in done.out
    same = run("roles", "--compare", "machine learning engineer", "r", "A")
    assert same.out == done.out
    compared = run("roles", "--compare", "R", "E", "--json").json
    assert [role["id"] for role in compared] == ["ml-researcher", "ml-engineer"]


def test_a_comparison_takes_two_or_three_known_roles(run):
    one = run("roles", "--compare", "E")
    assert (one.code, one.err) == (
        2,
        "handbook: --compare takes two or three roles, not 1 (for example --compare E R)\n",
    )
    assert run("roles", "--compare", "E", "E").code == 2
    unknown = run("roles", "--compare", "E", "ml-enginer")
    assert (unknown.code, unknown.err) == (
        1,
        "handbook: no role is called 'ml-enginer' (nearest: ml-engineer)\n",
    )


def test_the_map_shows_you_once_you_placed_yourself(run, data):
    assert "you" not in run("roles").out
    assert not data.exists()
    store = Store.open(data / "progress.db")
    store.set("you", [4, 5, 6])
    store.close()
    assert "◆ you" in run("roles").out


def test_a_book_without_roles_says_so(run, book, monkeypatch):
    monkeypatch.setenv("HANDBOOK_ONLY", str(book({"a.md": "# A\n\nText."}, "other")))
    done = run("roles")
    assert (done.code, done.err) == (1, "handbook: the book describes no roles\n")
