package org.seeql.planner.parser;

import java.util.ArrayList;
import java.util.List;
import org.seeql.planner.parser.Token.Kind;

/**
 * The statements of a program as lines for people: without comments, and with every string as
 * {@code '…'}, so that nothing that may be a secret is shown.
 */
public final class StatementWords {
  private static final String HIDDEN = "'…'";

  private StatementWords() {}

  /** A line for each statement, in order; as many as the program has statements. */
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
