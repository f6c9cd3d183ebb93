"""Predicates over classes, evaluated by truth tables."""

import functools
import itertools
import re

MAX_CLASSES = 20

TOKEN = re.compile(
    r"""\s*(?:(?P<bracket>[()])
    |(?P<quote>['"`])(?P<quoted>(?:(?!(?P=quote)).|(?P=quote){2})+)(?P=quote)
    |(?P<word>\w[\w-]*))""",
    re.VERBOSE | re.DOTALL,
)


def tokens(text: str) -> list[tuple[str, str]]:
    """Kind and text of each token. Kinds: name, the keywords, brackets, end."""
    found, place = [], 0
    text = text.rstrip()
    while place < len(text):
        match = TOKEN.match(text, place)
        if not match:
            raise ValueError(f"unexpected character at {place}: {text[place:]!r}")
        place = match.end()
        word, quote = match["word"], match["quote"]
        if match["bracket"]:
            found.append((match["bracket"], match["bracket"]))
        elif quote:
            found.append(("name", match["quoted"].replace(quote * 2, quote)))
        elif word.upper() in ("AND", "OR", "NOT"):
            found.append((word.upper(), word))
        else:
            found.append(("name", word))
    return [*found, ("end", "")]


class Predicate:
    """A predicate. `classes` are the names on which its value depends, sorted."""

    def __init__(self, text: str):
        self._tokens = tokens(text)
        self._names: set[str] = set()
        self._expression = self._disjunction()
        self._expect("end")
        if len(self._names) > MAX_CLASSES:
            raise ValueError(f"{len(self._names)} classes, at most {MAX_CLASSES}")
        self.classes = sorted(name for name in self._names if self._matters(name))
        self.value = functools.lru_cache(maxsize=None)(self._value)

    def _expect(self, kind: str) -> None:
        if self._tokens[0][0] != kind:
            raise ValueError(f"{self._tokens[0][1]!r} instead of {kind!r}")
        self._tokens.pop(0)

    def _accept(self, kind: str) -> bool:
        if self._tokens[0][0] != kind:
            return False
        self._tokens.pop(0)
        return True

    def _disjunction(self):
        parts = [self._conjunction()]
        while self._accept("OR"):
            parts.append(self._conjunction())
        return lambda shown: any(part(shown) for part in parts)

    def _conjunction(self):
        parts = [self._negation()]
        while self._accept("AND"):
            parts.append(self._negation())
        return lambda shown: all(part(shown) for part in parts)

    def _negation(self):
        if self._accept("NOT"):
            inner = self._negation()
            return lambda shown: not inner(shown)
        if self._accept("("):
            inner = self._disjunction()
            self._expect(")")
            return inner
        name = self._tokens[0][1]
        self._expect("name")
        self._names.add(name)
        return lambda shown: name in shown

    def _matters(self, name: str) -> bool:
        others = sorted(self._names - {name})
        return any(
            self._expression(shown) != self._expression(shown | {name})
            for shown in map(frozenset, subsets(others))
        )

    def holds(self, shown: frozenset[str] | set[str]) -> bool:
        """The value for an image that shows exactly these classes."""
        return self._expression(shown)

    def _value(self, answers: tuple[bool | None, ...]) -> bool | None:
        """The value if it is the same for every completion of the answers, else None.

        The answers are those of `classes`; None for an open one.
        """
        yes = {name for name, answer in zip(self.classes, answers) if answer}
        still_open = [name for name, answer in zip(self.classes, answers) if answer is None]
        values = {self._expression(yes | set(more)) for more in subsets(still_open)}
        return values.pop() if len(values) == 1 else None

    def depends(self, answers: tuple[bool | None, ...], index: int) -> bool:
        """Whether the value depends on an open class, for some completion of the other answers."""
        yes = {name for name, answer in zip(self.classes, answers) if answer}
        name = self.classes[index]
        others = [c for c, a in zip(self.classes, answers) if a is None and c != name]
        return any(
            self._expression(yes | set(more)) != self._expression(yes | set(more) | {name})
            for more in subsets(others)
        )


def subsets(items: list) -> itertools.chain:
    """All subsets, as tuples."""
    sizes = range(len(items) + 1)
    return itertools.chain.from_iterable(itertools.combinations(items, size) for size in sizes)
