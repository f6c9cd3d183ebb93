package org.seeql.job.check;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.seeql.database.ledger.SelectColumns;
import org.seeql.database.ledger.SelectText;
import org.seeql.planner.plan.RunOptions;

/** Checks the images of a run, from any source. */
interface ImagesCheck {
  /** Parses the text of a SELECT. */
  SelectText text(String select) throws SQLException;

  /** The columns of a SELECT; empty if the SELECT is refused. */
  Optional<SelectColumns> columns(String select, SelectText text) throws SQLException;

  /**
   * Finds the folder that contains the images.
   *
   * @param columns empty if the SELECT is refused; its tables then give no image root
   * @return empty if there is no such folder
   */
  Optional<String> imageRoot(RunOptions options, SelectText text, Optional<SelectColumns> columns)
      throws SQLException;

  /** The number of images; empty if it is known only after they are read. */
  OptionalLong count(String select) throws SQLException;

  /** Checks that the requested device is present. */
  void checkDevice(RunOptions options);
}
