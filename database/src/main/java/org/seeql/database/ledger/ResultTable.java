package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.statement.TableName;

/**
 * The table that receives a run's rows, and its publication.
 *
 * <p>A new result is written into a staging table next to its target. One RENAME then puts it in
 * place of the target. The staging table's comment names the run and remains after the RENAME. It
 * shows later whether a table is a result and whether a run was published.
 *
 * @param runId the run
 * @param target with its database; empty if the rows are only shown
 * @param appends whether rows are written into the target itself, partition by partition
 */
public record ResultTable(String runId, Optional<TableName> target, boolean appends) {
  static final String COMMENT = "SeeQL run ";

  public ResultTable {
    requireNonNull(runId, "runId is null");
    requireNonNull(target, "target is null");
    if (target.isPresent() && target.get().database().isEmpty()) {
      throw new IllegalArgumentException("the target has no database: " + target.get());
    }
    if (appends && target.isEmpty()) {
      throw new IllegalArgumentException("nothing to append to");
    }
  }

  static String suffix(ResultLayout.Shape shape) {
    return " (" + shape.name().toLowerCase(Locale.ROOT) + ")";
  }

  /** The table into which the partitions write. */
  public TableName written() {
    if (appends) {
      return target.orElseThrow();
    }
    return target
        .map(t -> TableName.of(t.database().orElseThrow(), "seeql_staging_" + runId))
        .orElseGet(() -> TableName.of(SystemSchema.DATABASE, "result_" + runId));
  }

  private TableName replaced() {
    return TableName.of(target.orElseThrow().database().orElseThrow(), "seeql_old_" + runId);
  }

  /**
   * Creates the table to write into, unless it exists.
   *
   * @param session borrowed, because a column's default may be a date like {@code 0000-00-00}
   */
  public void create(DatabaseSession session, ResultLayout layout) throws SQLException {
    if (appends && exists(session)) {
      return; // an append must not require the privilege to create tables
    }
    List<String> definitions = new ArrayList<>();
    for (ResultColumn.Computed column : layout.computedColumns()) {
      definitions.add(TableName.quote(column.name()) + " " + column.type().ddl());
    }
    List<String> values = new ArrayList<>();
    for (ResultColumn column : layout.columns()) {
      String value =
          column.map(
              selected -> TableName.quote(Selection.column(selected.selected())),
              computed -> "NULL");
      values.add(value + " AS " + TableName.quote(column.name()));
    }
    RowKey.add(session, layout, definitions, values);
    session.execute(
        "CREATE TABLE IF NOT EXISTS %s (%s) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4"
                .formatted(written().quoted(), String.join(", ", definitions))
            + " COMMENT = '%s%s%s'".formatted(COMMENT, runId, suffix(layout.shape()))
            + " AS SELECT %s FROM %s LIMIT 0"
                .formatted(String.join(", ", values), Selection.table(runId).quoted()));
  }

  /** Whether the table to write into exists. */
  public boolean exists(DatabaseSession session) throws SQLException {
    return ExistingTable.find(session, written()).isPresent();
  }

  /** Whether an earlier driver of this run has published the result. */
  public boolean isPublished(DatabaseSession session) throws SQLException {
    return !appends
        && target.isPresent()
        && !exists(session)
        && ExistingTable.find(session, target.get()).filter(t -> t.isWrittenBy(runId)).isPresent();
  }

  /**
   * Puts the table of finished rows in place of the target, atomically for all readers.
   *
   * @param replacing which existing table may be replaced; with any other table the RENAME fails
   */
  void rename(DatabaseSession session, Publication.Replacing replacing) throws SQLException {
    String rename = written().quoted() + " TO " + target.orElseThrow().quoted();
    if (ExistingTable.find(session, target.get()).filter(replacing::replaces).isPresent()) {
      rename = target.get().quoted() + " TO " + replaced().quoted() + ", " + rename;
    }
    session.execute("RENAME TABLE " + rename);
  }

  /** Drops the replaced table. */
  void dropReplaced(DatabaseSession session) throws SQLException {
    session.execute("DROP TABLE IF EXISTS " + replaced().quoted());
  }

  /** Drops rows that were only meant to be shown. */
  public void dropShown(DatabaseSession session) throws SQLException {
    if (target.isEmpty()) {
      session.execute("DROP TABLE IF EXISTS " + written().quoted());
    }
  }

  /** Drops rows that were to be published or shown, but never will be. */
  public void dropUnpublished(DatabaseSession session) throws SQLException {
    if (!appends) {
      session.execute("DROP TABLE IF EXISTS " + written().quoted());
    }
  }
}
