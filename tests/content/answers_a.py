"""Answers of numeric questions on fundamentals, training, losses, architectures and regularisation.

Each function works its number out from the quantities in the text of the question.
"""

from __future__ import annotations

from itertools import pairwise
from math import exp, log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def conv_weights(kernel: int, channels_in: int, channels_out: int) -> int:
    """Return the weights of a square convolution, biases left out."""
    return kernel * kernel * channels_in * channels_out


def dense_parameters() -> float:
    sizes = [784, 128, 10]
    return sum(a * b + b for a, b in pairwise(sizes))


def variance_part() -> float:
    train, validation = 3, 10
    return validation - train


def expected_squared_error() -> float:
    bias, variance, noise_variance = 2, 3, 1
    return bias**2 + variance + noise_variance


def error_of_a_halved_estimate() -> float:
    truth, factor = 4, 0.5
    estimates = [truth - 3, truth + 3]  # no bias, variance 9
    return sum((factor * each - truth) ** 2 for each in estimates) / len(estimates)


def variance_of_an_average() -> float:
    n, variance, correlation = 10, 4, 0.25
    rows = [[variance if i == j else correlation * variance for j in range(n)] for i in range(n)]
    return sum(map(sum, rows)) / n**2


def mismatch_part() -> float:
    train_dev, dev = 4, 12
    return dev - train_dev


def largest_stable_rate() -> float:
    curvature = 10
    low, high = 0.0, 1.0
    for _ in range(60):
        rate = (low + high) / 2
        low, high = (low, rate) if abs(1 - rate * curvature) > 1 else (rate, high)
    return high


def weight_after_five_steps() -> float:
    w, rate, curvature = 1.0, 0.25, 10
    for _ in range(5):
        w -= rate * curvature * w
    return w


def rate_in_warmup() -> float:
    peak, warmup, step, unit = 3e-4, 1000, 250, 1e-5
    return peak * step / warmup / unit


def steps_per_epoch() -> float:
    examples, batch = 50_000, 128
    return sum(1 for _ in range(0, examples, batch))


def effective_batch() -> float:
    micro, accumulated, devices = 8, 4, 2
    return micro * accumulated * devices


def clipping_factor() -> float:
    norm, limit = 10, 1.0
    return min(1.0, limit / norm)


def cost_of_a_probability() -> float:
    return -log(0.8)


def starting_loss() -> float:
    classes = 1000
    return -sum(log(1 / classes) for _ in range(classes)) / classes


def best_constant() -> float:
    targets = [1, 2, 3, 4, 100]
    grid = [i / 100 for i in range(10_001)]
    return min(grid, key=lambda c: sum(abs(t - c) for t in targets))


def huber() -> float:
    delta, residual, steps = 1, 3, 20_000
    width = residual / steps
    # The loss is the integral of its slope, which is the residual cut off at delta.
    return sum(min((i + 0.5) * width, delta) * width for i in range(steps))


def softmax_gradient() -> float:
    def loss(first: float) -> float:
        logits = [first, 1, 0]
        return log(sum(exp(z) for z in logits)) - first

    h = 1e-5
    return (loss(2 + h) - loss(2 - h)) / (2 * h)


def kl_divergence() -> float:
    p, q = (0.5, 0.5), (0.9, 0.1)
    return sum(a * log(a / b) for a, b in zip(p, q, strict=True))


def perplexity() -> float:
    return exp(3.0)


def gradient_left() -> float:
    size = 1.0
    for _ in range(50):
        size *= 0.9
    return 100 * size


def bottleneck_ratio() -> float:
    bottleneck = conv_weights(1, 256, 64) + conv_weights(3, 64, 64) + conv_weights(1, 64, 256)
    return 2 * conv_weights(3, 256, 256) / bottleneck


def conv_parameters() -> float:
    return conv_weights(3, 64, 128) + 128


def conv_output_side() -> float:
    side, kernel, stride, padding = 32, 5, 2, 2
    last_start = side + 2 * padding - kernel
    return len(range(0, last_start + 1, stride))


def receptive_field() -> float:
    seen = {0}
    for _ in range(3):
        seen = {position + offset for position in seen for offset in (-1, 0, 1)}
    return len(seen)


def separable_ratio() -> float:
    depthwise = 64 * conv_weights(3, 1, 1)
    return conv_weights(3, 64, 128) / (depthwise + conv_weights(1, 64, 128))


def attention_growth() -> float:
    def scores(length: int) -> int:
        return len([(i, j) for i in range(length) for j in range(length)])

    return scores(20) / scores(10)


def lstm_parameters() -> float:
    inputs, hidden, parts = 64, 128, 4
    return parts * (hidden * inputs + hidden * hidden + hidden)


def dropout_factor() -> float:
    drop_rate = 0.2
    return 1 / (1 - drop_rate)


def decayed_weight() -> float:
    w, rate, strength, loss_gradient = 2.0, 0.1, 0.01, 0.0
    return w - rate * (loss_gradient + strength * w)


NUMERIC: dict[str, Callable[[], float]] = {
    "q-4pf1dm": dense_parameters,
    "q-km57np": variance_part,
    "q-6jhkqd": expected_squared_error,
    "q-pxs22z": variance_of_an_average,
    "q-twz61x": error_of_a_halved_estimate,
    "q-rb40mq": mismatch_part,
    "q-q15z5m": largest_stable_rate,
    "q-rpbcyy": weight_after_five_steps,
    "q-2rw172": rate_in_warmup,
    "q-qvq58q": steps_per_epoch,
    "q-hefjee": effective_batch,
    "q-kqn203": clipping_factor,
    "q-tpepff": cost_of_a_probability,
    "q-ffwb99": starting_loss,
    "q-s6sxak": best_constant,
    "q-hkgzfm": huber,
    "q-p2dzd7": softmax_gradient,
    "q-bqg2m4": kl_divergence,
    "q-ckm2gq": perplexity,
    "q-wv3b9q": gradient_left,
    "q-t8w3x7": bottleneck_ratio,
    "q-a6yjyq": conv_parameters,
    "q-jd9zfx": conv_output_side,
    "q-aj8rnv": receptive_field,
    "q-wrpmc8": separable_ratio,
    "q-8d75d9": attention_growth,
    "q-d5fze1": lstm_parameters,
    "q-q8esc5": dropout_factor,
    "q-jcptn5": decayed_weight,
}

LISTINGS: dict[str, Callable[[str], object]] = {}
