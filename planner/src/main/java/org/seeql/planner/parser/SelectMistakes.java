package org.seeql.planner.parser;

import java.util.List;
import java.util.Optional;

/** Finds what no dialect of SQL takes. Knows little, and is sure of it. */
final class SelectMistakes {
  private SelectMistakes() {}

  static Optional<Token> find(SourceText source, List<Token> tokens) {
    return tokens.stream().filter(t -> source.isMark(t, '.')).findFirst();
  }
}
