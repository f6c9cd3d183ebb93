#!/usr/bin/env python3
"""Writes random problems of the strategy cascade: FOLDER/problem-0.json and so on."""

import argparse
import json
import pathlib
import random

from cascade.random_problem import random_problem


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0, help="of the first problem")
    parser.add_argument("--min-rows", type=int, default=40)
    parser.add_argument("--max-rows", type=int, default=600)
    options = parser.parse_args()
    for seed in range(options.seed, options.seed + options.count):
        rows = random.Random(seed).randint(options.min_rows, options.max_rows)
        path = options.folder / f"problem-{seed}.json"
        path.write_text(json.dumps(random_problem(seed, rows)))
        print(path)


if __name__ == "__main__":
    main()
