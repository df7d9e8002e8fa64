"""A book of six passages, small enough to hold in the head."""

import pytest

from handbook.model.search import Passage
from handbook.search.index import Index

BOOK = (
    Passage(
        "page",
        "ml-engineer",
        "",
        "ML engineer",
        "",
        "Builds and runs models in production. Needs software skill and machine learning both.",
    ),
    Passage(
        "page",
        "ml-engineer",
        "salary",
        "ML engineer",
        "Salary and offers",
        "What an offer says, and how a naïve reader is misled. Compare the bonus with the base.",
    ),
    Passage(
        "page",
        "bias",
        "bias-variance",
        "Errors",
        "The bias-variance split",
        "Residual networks have a low training error; watch `train_loss` and the ResNetBlock. "
        "High variance asks for data, high bias for a larger model.",
    ),
    Passage(
        "role",
        "roles",
        "data-scientist",
        "Data scientist",
        "",
        "Answers questions of the business with data. Often confused with an ML engineer.",
    ),
    Passage("term", "glossary", "drift", "Data drift", "", "Data that change after training."),
    Passage(
        "item",
        "interview",
        "ckl-1",
        "Interview checklist",
        "Draw a residual network by heart",
        "机器学习工程师 is the title on Chinese boards.",
    ),
)


@pytest.fixture(scope="session")
def index() -> Index:
    return Index.build(BOOK)
