"""Answers of numeric questions and checks of listings: evaluation, data, debugging, production.

Each number is worked out from the quantities in the text of its question. Each check of a listing
runs the source it is given and returns what shows the fault, so a repaired listing returns
something else.
"""

from __future__ import annotations

import contextlib
import io
import random
from itertools import product
from math import comb, sqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

TP, FN, FP = 40, 10, 20


def precision() -> float:
    return TP / (TP + FP)


def recall() -> float:
    return TP / (TP + FN)


def harmonic_f1() -> float:
    return 2 / (1 / precision() + 1 / recall())


def share_of_true_flags(share: float, found: float, false_alarms: float) -> float:
    """Return the share of flags that are right, given the share of positives and both rates."""
    hits, slips = share * found, (1 - share) * false_alarms
    return hits / (hits + slips)


def disease_given_positive() -> float:
    return 100 * share_of_true_flags(0.01, 0.99, 1 - 0.95)


def precision_with_fewer_positives() -> float:
    assert abs(share_of_true_flags(0.10, 0.9, 0.05) - 0.667) < 0.001
    return share_of_true_flags(0.01, 0.9, 0.05)


def area_under_roc() -> float:
    pairs = list(product([0.9, 0.6], [0.7, 0.4, 0.2]))
    return sum((p > n) + 0.5 * (p == n) for p, n in pairs) / len(pairs)


def cheapest_threshold() -> float:
    miss, false_alarm = 9, 1
    steps = 100_000
    acting = (k for k in range(steps) if (1 - k / steps) * false_alarm <= k / steps * miss)
    return next(acting) / steps


def half_width_in_points() -> float:
    p, n = 0.90, 1000
    return 100 * 1.96 * sqrt(p * (1 - p) / n)


def some_test_fires() -> float:
    tests, level = 20, 0.05
    none = comb(tests, 0) * (1 - level) ** tests
    return 100 * (1 - none)


def intersection_over_union() -> float:
    first, second = (0, 0, 4, 4), (2, 2, 6, 6)
    cells = [
        {(x, y) for x in range(x0, x1) for y in range(y0, y1)} for x0, y0, x1, y1 in (first, second)
    ]
    return len(cells[0] & cells[1]) / len(cells[0] | cells[1])


def average_precision() -> float:
    ranks = [1, 3, 5]
    return sum(hit / rank for hit, rank in enumerate(ranks, 1)) / len(ranks)


def users_per_arm() -> float:
    before, after = 0.10, 0.11
    variances = before * (1 - before) + after * (1 - after)
    return (1.96 + 0.84) ** 2 * variances / (after - before) ** 2


def upper_bound_after_no_failure() -> float:
    trials = 300
    return 100 * (1 - 0.05 ** (1 / trials))


def cohens_kappa() -> float:
    seen, chance = 0.85, 0.60
    return (seen - chance) / (1 - chance)


def accuracy_of_a_perfect_model() -> float:
    items = 1000
    wrong_labels = items * 5 // 100
    return 100 * (items - wrong_labels) / items


def pairs_split_apart() -> float:
    share = {"train": 0.8, "test": 0.2}
    return 100 * sum(share[a] * share[b] for a, b in product(share, share) if a != b)


def requests_in_flight() -> float:
    per_second, milliseconds = 1000, 50
    return per_second * milliseconds / 1000


def weights_in_gigabytes() -> float:
    parameters, bits = 7e9, 16
    return parameters * bits / 8 / 1e9


def training_state_in_gigabytes() -> float:
    bits = [16, 16] + [32] * 3
    return 100e6 * sum(bits) / 8 / 1e9


def shrinking_factor() -> float:
    return 32 / 8


def ml_test_score() -> float:
    return min([3, 2.5, 1, 4])


def canary_requests() -> float:
    return 2_000_000 * 5 // 100


def run(source: str) -> tuple[dict[str, Any], str]:
    """Run a listing in a fresh namespace; return the namespace and what it prints."""
    space: dict[str, Any] = {"__name__": "listing"}
    printed = io.StringIO()
    random.seed(1)
    with contextlib.redirect_stdout(printed):
        exec(compile(source, "listing", "exec"), space)
    return space, printed.getvalue().strip()


def last_line(source: str) -> str:
    return run(source)[1].splitlines()[-1]


def same_answer_in_any_company(source: str) -> bool:
    first, second = run(source)[1].splitlines()
    return first == second


def served_like_offline(source: str) -> bool:
    offline, served = run(source)[1].splitlines()
    return offline == served


def answers_for_one_input(source: str) -> int:
    net = run(source)[0]["net"]
    return len({net([1.0] * 16) for _ in range(20)})


def loss_of_a_confident_error(source: str) -> object:
    try:
        return float(last_line(source))
    except ValueError as error:
        return str(error)


def head_after_a_step(source: str) -> float:
    space = run(source)[0]
    return round(space["model"]["head"].value, 6)


def of_the_cards(measure: str) -> float:
    payments, fraud, flagged, caught = 2_000, 50, 80, 40
    right = caught + payments - fraud - (flagged - caught)
    shares = {"precision": caught / flagged, "recall": caught / fraud, "accuracy": right / payments}
    return 100 * shares[measure]


NUMERIC: dict[str, Callable[[], float]] = {
    "q-j3r5q7": cohens_kappa,
    "q-1c76va": accuracy_of_a_perfect_model,
    "q-656b0c": pairs_split_apart,
    "q-t3mqwx": precision,
    "q-mt86sh": recall,
    "q-byf3cj": harmonic_f1,
    "q-192xmr": disease_given_positive,
    "q-9jz583": precision_with_fewer_positives,
    "q-0mdvv6": area_under_roc,
    "q-3q0zew": cheapest_threshold,
    "q-4wjbvw": half_width_in_points,
    "q-qe3p6f": some_test_fires,
    "q-agtsdr": intersection_over_union,
    "q-fykgrd": average_precision,
    "q-4tkkra": users_per_arm,
    "q-w2jax5": upper_bound_after_no_failure,
    "q-28c95r": ml_test_score,
    "q-kbx939": canary_requests,
    "q-bfga6y": requests_in_flight,
    "q-qd88n0": weights_in_gigabytes,
    "q-pd2zsb": training_state_in_gigabytes,
    "q-mnr7sp": shrinking_factor,
    "q-wdr005#1": lambda: of_the_cards("precision"),
    "q-wdr005#2": lambda: of_the_cards("recall"),
    "q-wdr005#3": lambda: of_the_cards("accuracy"),
    "q-svb6hh#1": lambda: 100 * (1 - 0.03),
    "q-khx29k#1": lambda: 0.05 * 40_000 / 4 * 0.02,
}

LISTINGS: dict[str, Callable[[str], object]] = {
    "q-2h7xrd": last_line,
    "q-rfb62p": last_line,
    "q-3vv34k": same_answer_in_any_company,
    "q-ftj7q2": last_line,
    "q-56nqcw": last_line,
    "q-42bszt": served_like_offline,
    "q-0qnmd1": last_line,
    "q-b1thpw": last_line,
    "q-pddezd": answers_for_one_input,
    "q-eehbqz": loss_of_a_confident_error,
    "q-vs8x2x": last_line,
    "q-4ppcm1": last_line,
    "q-432e8t": last_line,
    "q-ntnsh1": last_line,
    "q-6s9d4e": last_line,
    "q-7rcrmq": last_line,
    "q-cz75fw": last_line,
    "q-36kcm3": last_line,
    "q-b27tvf": last_line,
    "q-t5zffd": head_after_a_step,
}
