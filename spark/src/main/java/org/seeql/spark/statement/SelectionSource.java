package org.seeql.spark.statement;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.seeql.planner.plan.PlanningException;
import org.seeql.spark.session.SparkDatabase;

/** Who executes the SELECT before a clause. */
sealed interface SelectionSource {
  /**
   * The database of {@link SparkDatabase}.
   *
   * @param sparksReason why Spark does not; empty where it was not asked
   */
  record Database(Optional<String> sparksReason) implements SelectionSource {
    private static final String REFUSAL = "The database refuses the SELECT: ";

    public Database {
      requireNonNull(sparksReason, "sparksReason is null");
    }

    /** Without asking Spark. */
    static Database unasked() {
      return new Database(Optional.empty());
    }

    /** What Spark has against the SELECT. */
    static Database insteadOfSpark(AnalysisException refusal) {
      // the rest is a picture of the text, or of the plan
      return new Database(
          refusal.getSimpleMessage().lines().filter(line -> !line.isBlank()).findFirst());
    }

    /** A refusal in which the database's words are followed by Spark's. */
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
                          ? problem + "; Spark does not take it either: " + sparksReason.get()
                          : problem)
              .toList());
    }
  }

  /**
   * Spark.
   *
   * @param select as Spark has parsed it
   */
  record Spark(LogicalPlan select) implements SelectionSource {
    public Spark {
      requireNonNull(select, "select is null");
    }
  }
}
