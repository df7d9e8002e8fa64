"""The desk: the book's questions and the reader's data, from which every practice begins."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from handbook.errors import NothingFoundError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.loader.library import Library
    from handbook.model import Question
    from handbook.store.store import Store


class Desk:
    """One book and one store; made anew when the content is read again."""

    def __init__(self, library: Library, store: Store) -> None:
        """Sit down; nothing is read yet."""
        self.library = library
        self.store = store

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """All questions of the book by id, in book order."""
        return {question.id: question for question in self.library.questions()}

    @cached_property
    def topic_titles(self) -> Mapping[str, str]:
        """What topics are called: as their file of questions, or as the chapter of their cues."""
        titles = {bank.topic: bank.title for bank in self.library.banks()}
        chapters = {each.id: each.title for each in self.library.handbook.chapters}
        return {
            each.topic: titles.get(each.topic) or chapters.get(each.topic) or each.topic
            for each in self.questions.values()
        }

    def topic_title(self, topic: str) -> str:
        """Return what a topic is called: its title, or its own words."""
        from handbook.model.question import topic_title  # noqa: PLC0415  only where questions are

        return topic_title(topic, self.topic_titles)

    def question(self, question_id: str) -> Question:
        """Return a question; raise NothingFoundError naming the nearest id if there is none."""
        found = self.questions.get(question_id)
        if found is not None:
            return found
        hint = nearest(question_id, self.questions) or "see `handbook questions`"
        raise NothingFoundError(f"no question has the id {question_id!r}", hint=hint)


class BlankDesk(Desk):
    """The desk of somebody who never began: it has no store, and looking makes none."""

    def __init__(self, library: Library) -> None:
        """Sit down at a book alone."""
        self.library = library
