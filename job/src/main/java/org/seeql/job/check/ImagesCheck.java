package org.seeql.job.check;

import java.sql.SQLException;
import java.util.Optional;
import org.seeql.database.ledger.SelectColumns;
import org.seeql.database.ledger.SelectText;
import org.seeql.planner.plan.RunOptions;

/** Finds what speaks against the images of a run, wherever they come from. */
interface ImagesCheck {
  /** What can be told of a SELECT from its text. */
  SelectText text(String select) throws SQLException;

  /** The columns of a SELECT; empty where it is refused. */
  Optional<SelectColumns> columns(String select, SelectText text) throws SQLException;

  /**
   * Where the images lie.
   *
   * @param columns empty where the SELECT is refused: then its tables say nothing
   * @return empty where there is no such place
   */
  Optional<String> imageRoot(RunOptions options, SelectText text, Optional<SelectColumns> columns)
      throws SQLException;

  /** Whether the device that is asked for is there. */
  void checkDevice(RunOptions options);
}
