package org.seeql.planner.parser;

import org.seeql.planner.statement.TableName;

/** Formats names as SQL. */
final class Names {
  private Names() {}

  /** A part of a name, in backquotes if it needs them. */
  static String written(String part) {
    boolean bare = !part.isEmpty() && part.codePoints().allMatch(Tokenizer::isWordPart);
    return bare ? part : TableName.quote(part);
  }

  static String written(TableName table) {
    return table.database().map(d -> written(d) + ".").orElse("") + written(table.name());
  }
}
