package org.seeql.planner.parser;

import java.util.ArrayList;
import java.util.List;
import org.seeql.planner.parser.Token.Kind;

/** Splits a program's tokens into statements. */
final class StatementSplitter {
  private StatementSplitter() {}

  /** The tokens of each non-empty statement; each list ends with its END. */
  static List<List<Token>> split(List<Token> tokens) {
    List<List<Token>> statements = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).is(Kind.END)) {
        if (i > start) {
          statements.add(tokens.subList(start, i + 1));
        }
        start = i + 1;
      }
    }
    return statements;
  }
}
