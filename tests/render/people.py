"""Four roles and the words of a map, for the tests that draw them."""

from handbook.model import Region, Role, RoleMap, Skills

MAP = RoleMap(
    "ML knowledge",
    "software engineering skill",
    ("ships and runs", "rare mix", "deep ML", "talks and decides"),
)
ENGINEER = Role(
    "ml-engineer",
    "ML engineer",
    "E",
    "p-1",
    Skills(7, 7, 4),
    charts=(("2021", Skills(5.6, 7, 2.7)),),
    facts=(
        ("Work product", "a prediction system fed by live data"),
        ("Background", "self-taught engineers"),
        ("Receives", "data"),
    ),
)
RESEARCHER = Role(
    "ml-researcher",
    "ML researcher",
    "R",
    "p-2",
    Skills(3, 9.5, 5),
    charts=(("2021", Skills(2.8, 9.4, 4.7)),),
    facts=(("Work product", "a model and a report"), ("Receives", "data")),
)
SCIENTIST = Role(
    "data-scientist", "Data scientist", "S", "p-3", Skills(3, 5, 7), Region(1, 6, 2, 8)
)
MANAGER = Role("ml-product-manager", "ML product manager", "P", "p-4", Skills(1, 3.5, 9.5))
NEWER = Role("ai-engineer", "AI engineer", "A", "p-5", Skills(7, 7, 5), group="newer")
ROLES = (ENGINEER, RESEARCHER, SCIENTIST, MANAGER, NEWER)
