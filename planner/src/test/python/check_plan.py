#!/usr/bin/env python3
"""Checks the plans that `seeql plan --format json` prints for problems of the strategy cascade.

Arguments: a problem and its plan, then the next problem and its plan, and so on. Prints one line
for each plan and the differences. The exit code is 0 without a difference, 1 with one, and 2 if
the arguments are invalid.
"""

import json
import pathlib
import sys

from cascade.verification import verify


def summary(plan: dict) -> str:
    if plan.get("feasible") is False:
        return f"refused ({plan['refusal']['kind']})"
    figures = [f"{plan['expected_cost_ms']:.4g} ms per row", f"{plan['tests']} tests"]
    limits = [f"{name} at least {limit['lower']:.4f}" for name, limit in plan["certified"].items()]
    return ", ".join(figures + limits)


def main(arguments: list[str]) -> int:
    if not arguments or len(arguments) % 2:
        print(__doc__, file=sys.stderr)
        return 2
    failed = False
    for problem, plan in zip(arguments[::2], arguments[1::2]):
        document, printed = (json.loads(pathlib.Path(p).read_text()) for p in (problem, plan))
        differences = verify(document, printed)
        result = f"{len(differences)} differences" if differences else summary(printed)
        print(f"{pathlib.Path(problem).name}: {document['predicate']}: {result}")
        for difference in differences:
            print("  ", difference)
        failed |= bool(differences)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
