"""One-sided exact confidence limits for a share (Clopper and Pearson 1934)."""

import functools
import math
from decimal import Decimal, localcontext

DIGITS = 40
# halvings of [0, 1] after which the interval is narrower than the precision of a float
HALVINGS = 62
NEGLIGIBLE = Decimal("1e-30")


@functools.lru_cache(maxsize=200_000)
def lower_limit(successes: int, trials: int, level: float) -> float:
    """The share with which at least so many successes have a probability of exactly the level.

    This is the quantile of Beta(successes, trials - successes + 1) at the level. It is 0 without a
    success.
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} successes in {trials} trials")
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not between 0 and 1")
    if successes == 0:
        return 0.0
    with localcontext() as context:
        context.prec = DIGITS
        context.Emin, context.Emax = -(10**9), 10**9
        target, ways = Decimal(level), Decimal(math.comb(trials, successes))
        low, high = Decimal(0), Decimal(1)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            if _at_least(successes, trials, middle, ways) < target:
                low = middle
            else:
                high = middle
        return float((low + high) / 2)


def _at_least(successes: int, trials: int, share: Decimal, ways: Decimal) -> Decimal:
    """The probability of at least so many successes. All terms are positive: nothing cancels."""
    term = ways * share**successes * (1 - share) ** (trials - successes)
    total = term
    ratio = share / (1 - share)
    for i in range(successes, trials):
        term = term * (trials - i) / (i + 1) * ratio
        total += term
        if i + 1 > (trials + 1) * share and term < total * NEGLIGIBLE:
            break
    return total
