package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.TableName;

/**
 * The table that receives a run's rows, and its publication.
 *
 * <p>A new result is written into a staging table next to its target. One RENAME then puts it in
 * place of the target. The staging table's comment names the run and remains after the RENAME. It
 * shows later whether a table is a result and whether a run was published.
 *
 * <p>A result can have a companion: a second table, whose name is that of the target with a suffix.
 * It is always staged. The RENAME of the result also puts it in place. If the result appends, the
 * staged rows are copied instead.
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

  /** The companion of a target. */
  public static TableName companionOf(TableName target) {
    return EvaluateStatement.matchesOf(target);
  }

  /** The table into which the partitions write. */
  public TableName written() {
    if (appends) {
      return target.orElseThrow();
    }
    return target
        .map(t -> staged())
        .orElseGet(() -> TableName.of(SystemSchema.DATABASE, "result_" + runId));
  }

  private TableName staged() {
    return next("seeql_staging_" + runId);
  }

  /** The companion before it is published. */
  public TableName stagedCompanion() {
    // An append must not require the privilege to create tables next to the target
    return appends
        ? TableName.of(SystemSchema.DATABASE, "matches_" + runId)
        : companionOf(staged());
  }

  private TableName replaced() {
    return next("seeql_old_" + runId);
  }

  /** The tables that this run may have next to its target. */
  Stream<TableName> unpublished() {
    return Stream.of(staged(), companionOf(staged()), replaced(), companionOf(replaced()));
  }

  /** A table in the database of the target. */
  private TableName next(String name) {
    return TableName.of(target.orElseThrow().database().orElseThrow(), name);
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
    create(session, written(), layout);
  }

  /** Creates the staged companion, unless it exists. */
  public void createStagedCompanion(DatabaseSession session, ResultLayout layout)
      throws SQLException {
    create(session, stagedCompanion(), layout);
  }

  /** Creates the companion to which the staged rows are appended, unless it exists. */
  public void createCompanion(DatabaseSession session, ResultLayout layout) throws SQLException {
    TableName companion = companionOf(target.orElseThrow());
    if (ExistingTable.find(session, companion).isEmpty()) {
      create(session, companion, layout);
    }
  }

  /** Whether a companion is staged, so that the RENAME of the result puts it in place. */
  boolean hasStagedCompanion(DatabaseSession session) throws SQLException {
    return ExistingTable.find(session, stagedCompanion()).isPresent();
  }

  private void create(DatabaseSession session, TableName table, ResultLayout layout)
      throws SQLException {
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
    if (layout.shape() == ResultLayout.Shape.PACKED) {
      addIndex(session, layout, definitions);
    }
    session.execute(
        "CREATE TABLE IF NOT EXISTS %s (%s) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4"
                .formatted(table.quoted(), String.join(", ", definitions))
            + " COMMENT = '%s%s%s'".formatted(COMMENT, runId, suffix(layout.shape()))
            + " AS SELECT %s FROM %s LIMIT 0"
                .formatted(String.join(", ", values), Selection.table(runId).quoted()));
  }

  /** Adds an index of the ids of images: labels are joined, and their table may have no index. */
  private void addIndex(DatabaseSession session, ResultLayout layout, List<String> definitions)
      throws SQLException {
    SelectionTypes types = SelectionTypes.of(session, runId);
    for (ResultColumn column : layout.columns()) {
      Optional<String> selected = column.map(s -> Optional.of(s.selected()), c -> Optional.empty());
      selected
          .filter(layout.idColumn()::equals)
          .flatMap(id -> types.index(Selection.column(id), column.name()))
          .ifPresent(indexed -> definitions.add("INDEX (" + indexed + ")"));
    }
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
   * Puts the table of finished rows, and its companion if there is one, in place of the target,
   * atomically for all readers.
   *
   * @param replacing which existing table may be replaced; with any other table the RENAME fails
   */
  void rename(DatabaseSession session, Publication.Replacing replacing) throws SQLException {
    TableName result = target.orElseThrow();
    List<String> renames = new ArrayList<>();
    if (ExistingTable.find(session, result).filter(replacing::replaces).isPresent()) {
      renames.add(result.quoted() + " TO " + replaced().quoted());
    }
    renames.add(written().quoted() + " TO " + result.quoted());
    if (hasStagedCompanion(session)) {
      TableName companion = companionOf(result);
      if (ExistingTable.find(session, companion).filter(replacing::replacesCompanion).isPresent()) {
        renames.add(companion.quoted() + " TO " + companionOf(replaced()).quoted());
      }
      renames.add(stagedCompanion().quoted() + " TO " + companion.quoted());
    }
    session.execute("RENAME TABLE " + String.join(", ", renames));
  }

  /** A table that must be replaced by a result or its companion, but must not be. */
  record Obstacle(TableName table, boolean isCompanion) {}

  /** Finds the table with which {@link #rename} would fail. */
  Optional<Obstacle> findObstacle(DatabaseSession session, Publication.Replacing replacing)
      throws SQLException {
    TableName result = target.orElseThrow();
    if (ExistingTable.find(session, result).filter(t -> !replacing.replaces(t)).isPresent()) {
      return Optional.of(new Obstacle(result, false));
    }
    TableName companion = companionOf(result);
    return hasStagedCompanion(session)
            && ExistingTable.find(session, companion)
                .filter(t -> !replacing.replacesCompanion(t))
                .isPresent()
        ? Optional.of(new Obstacle(companion, true))
        : Optional.empty();
  }

  /** Drops the replaced table and the replaced companion. */
  void dropReplaced(DatabaseSession session) throws SQLException {
    session.execute(
        "DROP TABLE IF EXISTS %s, %s"
            .formatted(replaced().quoted(), companionOf(replaced()).quoted()));
  }

  /** Drops the staged companion, after its rows were appended or if it will not be published. */
  public void dropStagedCompanion(DatabaseSession session) throws SQLException {
    session.execute("DROP TABLE IF EXISTS " + stagedCompanion().quoted());
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
