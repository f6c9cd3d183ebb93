package org.seeql.spark.session;

import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.QueryContext;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.seeql.database.RefusalException;
import org.seeql.database.credential.Redaction;
import org.seeql.database.embedded.EmbeddedDatabaseException;
import org.seeql.job.RunFailedException;
import org.seeql.planner.plan.PlanningException;
import org.seeql.udf.InferenceException;
import scala.Option;
import scala.Some;
import scala.collection.immutable.Map;

/**
 * Converts SeeQL's refusals and failures to Spark's exceptions, so that Python and the shells print
 * them like Spark's own errors.
 */
public final class SparkErrors {
  /** Errors that the user can fix. */
  private static final List<Class<? extends RuntimeException>> REFUSALS =
      List.of(
          PlanningException.class,
          RefusalException.class,
          InferenceException.class,
          EmbeddedDatabaseException.class);

  /**
   * Spark's condition whose text is the message alone. For an error with a position in a query,
   * Python requests the text of its condition, and fails if there is none.
   */
  private static final String CONDITION = "_LEGACY_ERROR_USER_RAISED_EXCEPTION";

  private SparkErrors() {}

  /**
   * Returns the result of a call. A refusal becomes an {@link AnalysisException}, a failed run a
   * {@link SparkException}. Both are checked, but the Scala callers do not declare them.
   */
  public static <T> T translating(Callable<T> call) {
    try {
      return call.call();
    } catch (RunFailedException e) {
      throw raise(new SparkException(Redaction.of(e.getMessage()), e));
    } catch (Exception e) {
      throw raise(REFUSALS.stream().anyMatch(r -> r.isInstance(e)) ? refusal(e) : e);
    }
  }

  private static AnalysisException refusal(Exception e) {
    String message = Redaction.of(e.getMessage());
    return new AnalysisException(
        message,
        Option.empty(),
        Option.empty(),
        new Some<>(e),
        new Some<>(CONDITION),
        new Map.Map1<>("errorMessage", message),
        new QueryContext[0]);
  }

  private static IllegalStateException raise(Exception error) {
    SparkErrors.<RuntimeException>raiseAs(error);
    return new IllegalStateException("an exception was not thrown", error);
  }

  @SuppressWarnings("unchecked") // E is inferred by the caller, and erased
  private static <E extends Exception> void raiseAs(Exception error) throws E {
    throw (E) error;
  }
}
