"""The commands for the reader's own data: where it stands, and taking it elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.cli.command import Command, add_json, one_of

if TYPE_CHECKING:
    from argparse import ArgumentParser

PROGRESS_ACTS = ("export", "import", "sync", "redate", "purge")
EXPORTS = ("anki", "gift")


def _progress(parser: ArgumentParser) -> None:
    act = one_of(PROGRESS_ACTS)
    about = f"none shows where you stand; else {', '.join(PROGRESS_ACTS)}"
    parser.add_argument(
        "act", nargs="?", type=act, choices=PROGRESS_ACTS, metavar="VERB", help=about
    )
    about = "the files to import, the file to export to (- for stdout), the folder to sync with"
    parser.add_argument("files", nargs="*", metavar="FILE", help=about)
    _force(parser)
    about = "import what is whole of a damaged file"
    parser.add_argument("--salvage", action="store_true", help=about)
    parser.add_argument("--topic", metavar="TOPIC", help="purge what is kept about a topic")
    about = "purge what is kept about a question, a page or an item; may be repeated"
    parser.add_argument("--item", action="append", metavar="ID", help=about)
    about = "purge everything"
    parser.add_argument("--all", dest="everything", action="store_true", help=about)
    about = "purge or redate; without it they only say what would happen"
    parser.add_argument("--yes", action="store_true", help=about)
    add_json(parser)


def _export(parser: ArgumentParser) -> None:
    kind = one_of(EXPORTS)
    about = "anki for a deck with your reviews, gift for Moodle"
    parser.add_argument("act", type=kind, choices=EXPORTS, metavar="FORMAT", help=about)
    about = "the file to write, such as handbook.apkg; gift takes - for stdout"
    parser.add_argument("files", nargs=1, metavar="FILE", help=about)
    parser.add_argument("--topic", metavar="TOPIC", help="only the questions of a topic")
    _force(parser)


def _force(parser: ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")


DATA_COMMANDS = (
    Command(
        "progress",
        "show where you stand; export, import, sync, redate or purge your data",
        "progress:progress",
        _progress,
        (
            "handbook progress",
            "handbook progress export progress.jsonl",
            "handbook progress import laptop.jsonl desktop.jsonl",
            "handbook progress sync ~/Sync/handbook",
            "handbook progress purge --topic bias-variance --yes",
        ),
    ),
    Command(
        "export",
        "write the questions as an Anki deck, or as GIFT for Moodle",
        "exporting:export",
        _export,
        (
            "handbook export anki handbook.apkg",
            "handbook export anki curves.apkg --topic optimisation-and-curves",
            "handbook export gift handbook.gift",
        ),
    ),
)
"""In the order of the help."""
