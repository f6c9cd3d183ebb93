package org.seeql.job.evaluate;

import java.sql.SQLException;
import java.util.List;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.RunRecord;
import org.seeql.planner.plan.EvaluationOptions;
import org.seeql.udf.evaluate.Measurement;

/** The profile of a trained model on the images that its training held out. */
public final class TrainedProfile {
  private TrainedProfile() {}

  /**
   * Stores the profile, in the caller's transaction.
   *
   * @param run the training, with the trained model as its model
   * @param options with the name of the data set
   */
  public static void write(
      DatabaseSession session,
      RunRecord run,
      EvaluationOptions options,
      Measurement measurement,
      List<ModelTiming> timings)
      throws SQLException {
    new ProfileWriter(session, run, options).replace(measurement, timings);
  }
}
