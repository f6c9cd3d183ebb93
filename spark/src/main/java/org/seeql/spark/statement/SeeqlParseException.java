package org.seeql.spark.statement;

import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.trees.Origin;
import org.seeql.planner.parser.SqlSyntaxException;
import org.seeql.planner.statement.SourcePosition;
import scala.Option;
import scala.Some;
import scala.collection.immutable.Map;

/** A syntax error in a SeeQL statement, in Spark's form and with SeeQL's message. */
final class SeeqlParseException extends ParseException {
  private static final long serialVersionUID = 1L;

  // A condition of Spark, so that callers can read a condition and an SQLSTATE
  private static final String CONDITION = "PARSE_SYNTAX_ERROR";

  private final String picture;

  SeeqlParseException(String text, SqlSyntaxException mistake) {
    super(
        new Some<>(text),
        origin(mistake.position()),
        CONDITION,
        new Map.Map2<>("error", "the place", "hint", ": " + mistake.problem()));
    picture = mistake.getMessage();
  }

  @Override
  public String getMessage() {
    return picture;
  }

  private static Origin origin(SourcePosition position) {
    return new Origin(
        new Some<>(position.line()),
        // Spark counts columns from 0
        new Some<>(position.column() - 1),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }
}
