package org.seeql.job.jdbc;

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
import org.seeql.planner.statement.TableName;

/**
 * What has been asked about the images of each result, in {@code done_sets}. A set belongs to one
 * table and not to its name: a table that was dropped, replaced or emptied has lost what it had.
 */
public final class DoneSets {
  private static final String TABLE = SystemSchema.table("done_sets");
  private static final String IMAGES = SystemSchema.table("done_images");
  private static final String RUNS = SystemSchema.table("runs");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> SETTINGS = new TypeReference<>() {};
  private static final int FORGOTTEN_AT_ONCE = 50_000;
  private static final String OF_TABLE =
      " WHERE target_database = ? AND target_table = ? AND made_by = ?";

  private DoneSets() {}

  /** The images about which a result has the answers to one inquiry. */
  public record DoneSet(long id, Inquiry inquiry) {
    public DoneSet {
      requireNonNull(inquiry, "inquiry is null");
    }
  }

  /**
   * What a table has; nothing where it is not there or was emptied.
   *
   * @param target with its database
   */
  public static List<DoneSet> of(DatabaseSession session, TableName target) throws SQLException {
    Optional<ExistingTable> table = ExistingTable.find(session, target);
    return table.isEmpty() || wasEmptied(session, table.get())
        ? List.of()
        : query(session, target, table.get().madeBy());
  }

  private static List<DoneSet> query(DatabaseSession session, TableName target, String madeBy)
      throws SQLException {
    return session.query(
        "SELECT set_id, asked, settings FROM " + TABLE + OF_TABLE + " ORDER BY set_id",
        DoneSets::read,
        target.database().orElseThrow(),
        target.name(),
        madeBy);
  }

  private static DoneSet read(ResultSet row) throws SQLException {
    try {
      Map<String, String> settings = JSON.readValue(row.getString("settings"), SETTINGS);
      return new DoneSet(
          row.getLong("set_id"), new Inquiry(row.getString("asked"), new TreeMap<>(settings)));
    } catch (JsonProcessingException e) {
      throw new SQLException("Cannot read set " + row.getString("set_id") + " of " + TABLE, e);
    }
  }

  /** Whether no row is left of those that runs have written. */
  private static boolean wasEmptied(DatabaseSession session, ExistingTable table)
      throws SQLException {
    return !hasRows(session, table.name())
        && session
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
  }

  public static boolean hasRows(DatabaseSession session, TableName table) throws SQLException {
    return session
        .findFirst("SELECT 1 FROM " + table.quoted() + " LIMIT 1", row -> true)
        .orElse(false);
  }

  /**
   * Says where the images that a run does are noted, before it begins. What its target has lost is
   * forgotten.
   */
  public static void begin(DatabaseSession session, RunRecord run, Inquiry inquiry)
      throws SQLException {
    TableName target = run.target().orElseThrow();
    Optional<ExistingTable> table = ExistingTable.find(session, target);
    String madeBy = run.runId();
    if (table.isEmpty()) {
      forgetDropped(session, target);
    } else if (run.result().appends()) {
      madeBy = table.get().madeBy();
      if (wasEmptied(session, table.get())) {
        forget(session, query(session, target, madeBy));
      }
    }
    String database = target.database().orElseThrow();
    String settings = write(inquiry.settings());
    session.update(
        "INSERT INTO "
            + TABLE
            + " (target_database, target_table, made_by, asked, settings, question)"
            + " VALUES (?, ?, ?, ?, ?, UNHEX(SHA2(CONCAT(?, '\\n', ?), 256)))"
            + " ON DUPLICATE KEY UPDATE set_id = set_id",
        database,
        target.name(),
        madeBy,
        inquiry.asked(),
        settings,
        inquiry.asked(),
        settings);
    session.update(
        "UPDATE "
            + RUNS
            + " SET done_set = (SELECT set_id FROM "
            + TABLE
            + OF_TABLE
            + " AND question = UNHEX(SHA2(CONCAT(?, '\\n', ?), 256))) WHERE run_id = ?",
        database,
        target.name(),
        madeBy,
        inquiry.asked(),
        settings,
        run.runId());
  }

  // A run that is not through may still put its staging table in the target's place.
  private static void forgetDropped(DatabaseSession session, TableName target) throws SQLException {
    forget(
        session,
        session.query(
            "SELECT set_id, asked, settings FROM "
                + TABLE
                + " WHERE target_database = ? AND target_table = ? AND made_by NOT IN"
                + " (SELECT run_id FROM "
                + RUNS
                + " WHERE state <> 'succeeded')",
            DoneSets::read,
            target.database().orElseThrow(),
            target.name()));
  }

  /** Forgets what a table has, because it is about to go. */
  static void forget(DatabaseSession session, ExistingTable table) throws SQLException {
    forget(session, query(session, table.name(), table.madeBy()));
  }

  private static void forget(DatabaseSession session, List<DoneSet> sets) throws SQLException {
    for (DoneSet set : sets) {
      session.update("UPDATE " + RUNS + " SET done_set = NULL WHERE done_set = ?", set.id());
      session.update("DELETE FROM " + TABLE + " WHERE set_id = ?", set.id());
      String some = "DELETE FROM " + IMAGES + " WHERE set_id = ? LIMIT " + FORGOTTEN_AT_ONCE;
      while (session.update(some, set.id()) == FORGOTTEN_AT_ONCE) {
        // a transaction each, so that none is long
      }
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
