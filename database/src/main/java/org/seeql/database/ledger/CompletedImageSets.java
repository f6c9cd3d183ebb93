package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.statement.TableName;

/**
 * The sets of completed images of each result table, in {@code done_sets}. A set belongs to one
 * table, not to its name. If the table is dropped, replaced or emptied, its sets no longer apply.
 */
public final class CompletedImageSets {
  private static final String TABLE = SystemSchema.table("done_sets");
  private static final String RUNS = SystemSchema.table("runs");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> SETTINGS = new TypeReference<>() {};
  private static final String OF_TABLE =
      " WHERE target_database = ? AND target_table = ? AND made_by = ?";
  private static final String OF_RUN =
      TABLE + " WHERE set_id = (SELECT done_set FROM " + RUNS + " WHERE run_id = ?)";
  private static final RequestFingerprint UNKNOWN = new RequestFingerprint("", new TreeMap<>());

  private CompletedImageSets() {}

  /** The images for which a result has the answers to one request. */
  public record ImageSet(long id, RequestFingerprint fingerprint) {
    public ImageSet {
      requireNonNull(fingerprint, "fingerprint is null");
    }

    /** Whether this set stands for rows of the table whose request is unknown. */
    public boolean isUnknown() {
      return fingerprint.equals(UNKNOWN);
    }
  }

  /**
   * The sets of a table; none if the table does not exist or was emptied.
   *
   * @param target with its database
   */
  public static List<ImageSet> of(DatabaseSession session, TableName target) throws SQLException {
    Optional<ExistingTable> table = ExistingTable.find(session, target);
    return table.isEmpty() || wasEmptied(session, table.get())
        ? List.of()
        : query(session, target, table.get().madeBy());
  }

  private static List<ImageSet> query(DatabaseSession session, TableName target, String madeBy)
      throws SQLException {
    return session.query(
        "SELECT set_id, asked, settings FROM " + TABLE + OF_TABLE + " ORDER BY set_id",
        CompletedImageSets::read,
        target.database().orElseThrow(),
        target.name(),
        madeBy);
  }

  private static ImageSet read(ResultSet row) throws SQLException {
    try {
      Map<String, String> settings = JSON.readValue(row.getString("settings"), SETTINGS);
      return new ImageSet(
          row.getLong("set_id"),
          new RequestFingerprint(row.getString("asked"), new TreeMap<>(settings)));
    } catch (JsonProcessingException e) {
      throw new SQLException("Cannot read set " + row.getString("set_id") + " of " + TABLE, e);
    }
  }

  // The rows are counted after the rows that runs have written, because a run may be writing its
  // first rows.
  private static boolean wasEmptied(DatabaseSession session, ExistingTable table)
      throws SQLException {
    boolean hadRows =
        session
            .findFirst(
                "SELECT 1 FROM "
                    + SystemSchema.table("run_partitions")
                    + " WHERE rows_written > 0 AND run_id IN (SELECT run_id FROM "
                    + RUNS
                    + " WHERE done_set IN (SELECT set_id FROM "
                    + TABLE
                    + OF_TABLE
                    + ")) LIMIT 1",
                row -> true,
                table.name().database().orElseThrow(),
                table.name().name(),
                table.madeBy())
            .orElse(false);
    return hadRows && !hasRows(session, table.name());
  }

  /**
   * Whether sets were recorded for an earlier state of a table that no run created, before it was
   * altered or created again.
   */
  public static boolean hasEarlier(DatabaseSession session, ExistingTable table)
      throws SQLException {
    return !table.isWrittenByRun()
        && session
            .query(
                "SELECT DISTINCT made_by FROM "
                    + TABLE
                    + " WHERE target_database = ? AND target_table = ?",
                row -> row.getString(1),
                table.name().database().orElseThrow(),
                table.name().name())
            .stream()
            .anyMatch(ExistingTable::isOfNoRun);
  }

  public static boolean hasRows(DatabaseSession session, TableName table) throws SQLException {
    return session
        .findFirst("SELECT 1 FROM " + table.quoted() + " LIMIT 1", row -> true)
        .orElse(false);
  }

  /**
   * Determines the set for the images that a run will complete, before the run begins. Sets of
   * tables that no longer exist are deleted.
   *
   * @param transaction the transaction in which the run joins those that write into its target
   */
  public static void begin(
      TargetTransaction transaction, RunRecord run, RequestFingerprint fingerprint)
      throws SQLException {
    DatabaseSession session = transaction.session();
    TableName target = run.target().orElseThrow();
    Optional<ExistingTable> table = ExistingTable.find(session, target);
    ObsoleteImageSets.deleteLost(session, target, table);
    String madeBy = run.runId();
    if (table.isPresent() && run.result().appends()) {
      madeBy = table.get().madeBy();
      if (wasEmptied(session, table.get())) {
        delete(session, table.get());
      }
      if (query(session, target, madeBy).isEmpty() && hasRows(session, target)) {
        findOrAdd(session, target, madeBy, UNKNOWN);
      }
    }
    RunRecords.useImageSet(session, run.runId(), findOrAdd(session, target, madeBy, fingerprint));
  }

  /**
   * Whether a run's images are recorded for a different table than the one that has the target's
   * name now. Either another run created the table first, or the table was created again.
   */
  public static boolean isOfAnotherTable(DatabaseSession session, RunRecord run)
      throws SQLException {
    Optional<String> madeBy = madeBy(session, run);
    return madeBy.isPresent()
        && ExistingTable.find(session, run.target().orElseThrow())
            .filter(table -> !table.madeBy().equals(madeBy.get()))
            .isPresent();
  }

  /**
   * Whether the table to which a run adds has been replaced, so that its rows are gone. This is
   * true if the table does not exist or another run has created it. For a table that no run created
   * this cannot be determined, because the table may have been altered.
   */
  public static boolean isReplaced(DatabaseSession session, RunRecord run) throws SQLException {
    Optional<ExistingTable> table = ExistingTable.find(session, run.target().orElseThrow());
    return table.isEmpty()
        || (isOfAnotherTable(session, run)
            && !(ExistingTable.isOfNoRun(table.get().madeBy())
                && madeBy(session, run).filter(ExistingTable::isOfNoRun).isPresent()));
  }

  private static Optional<String> madeBy(DatabaseSession session, RunRecord run)
      throws SQLException {
    return session.findFirst("SELECT made_by FROM " + OF_RUN, row -> row.getString(1), run.runId());
  }

  /**
   * Assigns the images that a run adds from now on to the table that exists now. Call it before the
   * run has added any.
   */
  public static void assignToCurrentTable(DatabaseSession session, RunRecord run)
      throws SQLException {
    if (!run.result().appends()) {
      return;
    }
    TableName target = run.target().orElseThrow();
    Optional<ExistingTable> table = ExistingTable.find(session, target);
    if (table.isEmpty()) {
      ObsoleteImageSets.deleteLost(session, target, table);
    }
    if (table.isEmpty() || !isOfAnotherTable(session, run)) {
      return;
    }
    String madeBy = table.get().madeBy();
    ImageSet set =
        session
            .findFirst(
                "SELECT set_id, asked, settings FROM " + OF_RUN,
                CompletedImageSets::read,
                run.runId())
            .orElseThrow();
    RunRecords.useImageSet(
        session, run.runId(), findOrAdd(session, target, madeBy, set.fingerprint()));
  }

  private static long findOrAdd(
      DatabaseSession session, TableName target, String madeBy, RequestFingerprint fingerprint)
      throws SQLException {
    String database = target.database().orElseThrow();
    String settings = write(fingerprint.settings());
    session.update(
        "INSERT INTO "
            + TABLE
            + " (target_database, target_table, made_by, asked, settings, question)"
            + " VALUES (?, ?, ?, ?, ?, UNHEX(SHA2(CONCAT(?, '\\n', ?), 256)))"
            + " ON DUPLICATE KEY UPDATE set_id = set_id",
        database,
        target.name(),
        madeBy,
        fingerprint.request(),
        settings,
        fingerprint.request(),
        settings);
    return session
        .findFirst(
            "SELECT set_id FROM "
                + TABLE
                + OF_TABLE
                + " AND question = UNHEX(SHA2(CONCAT(?, '\\n', ?), 256))",
            row -> row.getLong(1),
            database,
            target.name(),
            madeBy,
            fingerprint.request(),
            settings)
        .orElseThrow();
  }

  /** Deletes the sets of a table. */
  private static void delete(DatabaseSession session, ExistingTable table) throws SQLException {
    for (ImageSet set : query(session, table.name(), table.madeBy())) {
      ObsoleteImageSets.delete(session, set.id());
    }
  }

  private static String write(Map<String, String> settings) {
    try {
      return JSON.writeValueAsString(settings);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + settings, e);
    }
  }
}
