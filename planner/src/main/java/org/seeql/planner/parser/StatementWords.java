package org.seeql.planner.parser;

import java.util.ArrayList;
import java.util.List;
import org.seeql.planner.parser.Token.Kind;

/**
 * Formats the statements of a program as lines for people, without comments. Every string is
 * replaced by {@code '…'}, so that no secret is shown.
 */
public final class StatementWords {
  private static final String HIDDEN = "'…'";

  private StatementWords() {}

  /** One line per statement, in order. */
  public static List<String> of(String program) {
    SourceText source = new SourceText(program);
    List<String> lines = new ArrayList<>();
    for (List<Token> tokens : StatementSplitter.split(Tokenizer.tokens(program))) {
      lines.add(line(source, tokens.subList(0, tokens.size() - 1)));
    }
    return lines;
  }

  private static String line(SourceText source, List<Token> tokens) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (i > 0 && !tokens.get(i - 1).touches(token)) {
        line.append(' ');
      }
      boolean hidden = token.is(Kind.STRING) || token.is(Kind.UNTERMINATED);
      line.append(hidden ? HIDDEN : source.text(token).replaceAll("\\s+", " "));
    }
    return line.toString();
  }
}
