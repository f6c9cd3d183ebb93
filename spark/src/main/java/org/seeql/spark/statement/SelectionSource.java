package org.seeql.spark.statement;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.seeql.planner.plan.PlanningException;
import org.seeql.spark.session.SparkDatabase;

/** Who executes the SELECT of a statement. */
sealed interface SelectionSource {
  /**
   * The database of {@link SparkDatabase}.
   *
   * @param sparksReason why Spark does not execute it; empty if Spark was not tried
   */
  record Database(Optional<String> sparksReason) implements SelectionSource {
    private static final String REFUSAL = "The database refuses the SELECT: ";

    public Database {
      requireNonNull(sparksReason, "sparksReason is null");
    }

    /** The database, without trying Spark. */
    static Database unasked() {
      return new Database(Optional.empty());
    }

    /** The database, with the reason why Spark refuses the SELECT. */
    static Database insteadOfSpark(AnalysisException refusal) {
      // The other lines show the text or the plan
      return new Database(
          refusal.getSimpleMessage().lines().filter(line -> !line.isBlank()).findFirst());
    }

    /** A refusal that contains the database's message, followed by Spark's. */
    PlanningException explained(PlanningException refusal) {
      if (sparksReason.isEmpty() || refusal.position().isEmpty()) {
        return refusal;
      }
      return new PlanningException(
          refusal.position().get(),
          refusal.problems().stream()
              .map(
                  problem ->
                      problem.startsWith(REFUSAL)
                          ? problem + "; Spark cannot execute it either: " + sparksReason.get()
                          : problem)
              .toList());
    }
  }

  /**
   * Spark executes the SELECT.
   *
   * @param select the SELECT as parsed by Spark
   */
  record Spark(LogicalPlan select) implements SelectionSource {
    public Spark {
      requireNonNull(select, "select is null");
    }
  }
}
