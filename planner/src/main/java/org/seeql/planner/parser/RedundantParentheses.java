package org.seeql.planner.parser;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** Finds parentheses that contain only other parentheses; generated SQL often has many. */
final class RedundantParentheses {
  private static final int NONE = -1;

  private RedundantParentheses() {}

  /**
   * The indices of both parentheses of each such pair. Without them, the SQL reads the same tables.
   */
  static BitSet find(SourceText source, List<Token> tokens) {
    int[] closing = closing(source, tokens);
    BitSet redundant = new BitSet();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      boolean isPair = closing[i] != NONE && closing[i + 1] != NONE;
      if (isPair && closing[i + 1] + 1 == closing[i]) {
        redundant.set(i);
        redundant.set(closing[i]);
      }
    }
    return redundant;
  }

  private static int[] closing(SourceText source, List<Token> tokens) {
    int[] closing = new int[tokens.size()];
    Arrays.fill(closing, NONE);
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (source.isMark(tokens.get(i), '(')) {
        open.push(i);
      } else if (source.isMark(tokens.get(i), ')') && !open.isEmpty()) {
        closing[open.pop()] = i;
      }
    }
    return closing;
  }
}
