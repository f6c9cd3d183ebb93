package org.seeql.spark.statement;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.QueryPlanningTracker;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.seeql.database.RefusalException;
import scala.Option;

/** Decides whether the relations of a SELECT belong to the database or to Spark. */
final class Relations {
  static final String KEY = "spark.seeql.relations";

  /** Spark's error conditions for unknown names. */
  private static final Set<String> UNKNOWN =
      Set.of(
          "TABLE_OR_VIEW_NOT_FOUND",
          "SCHEMA_NOT_FOUND",
          "UNRESOLVED_ROUTINE",
          "REQUIRES_SINGLE_PART_NAMESPACE");

  /** The values of the setting. */
  enum Choice {
    /** Spark's relations if it knows all of them, else the database's. */
    AUTO,
    DATABASE,
    SPARK
  }

  /** Spark's parser, with the parameters of the text. */
  interface SelectParser {
    LogicalPlan parse(String select) throws ParseException;
  }

  private final SparkSession spark;
  private final SelectParser parser;

  Relations(SparkSession spark, SelectParser parser) {
    this.spark = requireNonNull(spark, "spark is null");
    this.parser = requireNonNull(parser, "parser is null");
  }

  /**
   * Determines who executes a SELECT.
   *
   * @throws ParseException if Spark must execute it and it is invalid
   */
  SelectionSource source(String select) throws ParseException {
    return switch (choice(spark.conf().get(KEY, Choice.AUTO.name()))) {
      case DATABASE -> SelectionSource.Database.unasked();
      case SPARK -> new SelectionSource.Spark(parser.parse(select));
      case AUTO -> whoeverHasThem(select);
    };
  }

  private static Choice choice(String word) {
    String name = word.strip().toUpperCase(Locale.ROOT);
    return Arrays.stream(Choice.values())
        .filter(choice -> choice.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusalException(
                    "Invalid %s: '%s' (auto, database or spark)".formatted(KEY, word)));
  }

  private SelectionSource whoeverHasThem(String select) {
    LogicalPlan plan;
    try {
      plan = parser.parse(select);
    } catch (ParseException e) {
      return SelectionSource.Database.insteadOfSpark(e);
    }
    try {
      // Not as a DataFrame: the Spark UI would show its failure as a failed query
      classic(spark)
          .sessionState()
          .analyzer()
          .executeAndCheck(plan, new QueryPlanningTracker(Option.empty()));
    } catch (Exception e) {
      // Other problems of Spark's own relations are reported when they are read
      if (e instanceof AnalysisException analysis && UNKNOWN.contains(analysis.getCondition())) {
        return SelectionSource.Database.insteadOfSpark(analysis);
      }
    }
    return new SelectionSource.Spark(plan);
  }

  /** The rows of a SELECT that Spark executes. */
  static Dataset<Row> frame(SparkSession spark, LogicalPlan select) {
    return org.apache.spark.sql.classic.Dataset.ofRows(classic(spark), select);
  }

  private static org.apache.spark.sql.classic.SparkSession classic(SparkSession spark) {
    return (org.apache.spark.sql.classic.SparkSession) spark;
  }
}
