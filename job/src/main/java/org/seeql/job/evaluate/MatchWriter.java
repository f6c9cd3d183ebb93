package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.ResultTable;
import org.seeql.database.ledger.RunOwner;
import org.seeql.database.ledger.RunRecord;
import org.seeql.udf.evaluate.ImageObjects;
import org.seeql.udf.evaluate.ObjectMatch;

/**
 * Writes the matches of an evaluation into the staged table, some rows at a time, so that memory
 * does not depend on the number of images. Each write is fenced. For one thread.
 */
final class MatchWriter implements AutoCloseable {
  /** 21 columns each: below MySQL's limit of 65,535 values in a statement. */
  private static final int ROWS_AT_ONCE = 500;

  private static final int EDGES = 4;

  private final DatabaseSession session;
  private final RunOwner owner;
  private final RunRecord run;
  private final ResultTable result;
  private final ResultLayout layout;
  private final List<List<Object>> rows = new ArrayList<>();
  private Object imageId;
  private Object path;

  private MatchWriter(DatabaseSession session, RunOwner owner, RunRecord run, ResultTable result) {
    this.session = requireNonNull(session, "session is null");
    this.owner = requireNonNull(owner, "owner is null");
    this.run = requireNonNull(run, "run is null");
    this.result = requireNonNull(result, "result is null");
    this.layout = MatchTable.layout(run.layout());
  }

  /** Creates the staged table, and deletes what an earlier driver wrote into it. */
  static MatchWriter open(
      DatabaseConnector connector, RunOwner owner, RunRecord run, ResultTable result)
      throws SQLException {
    DatabaseSession session = DatabaseSession.borrow(connector);
    try {
      owner.require(session);
      MatchWriter writer = new MatchWriter(session, owner, run, result);
      result.createStagedCompanion(session, writer.layout);
      owner.write(session, own -> own.update("DELETE FROM " + result.stagedCompanion().quoted()));
      return writer;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** Begins an image, with its id and path as the selection has them. */
  void begin(Object newImageId, Object newPath) {
    this.imageId = newImageId;
    this.path = newPath;
  }

  /** A detection or an object with its place in the image. */
  record Side(Optional<String> className, Optional<Long> number, List<Object> edges) {
    /** Neither a detection nor an object. */
    static final Side NONE = new Side(Optional.empty(), Optional.empty(), List.of());

    Side {
      requireNonNull(className, "className is null");
      requireNonNull(number, "number is null");
      edges = List.copyOf(edges);
    }

    /** A labelled object of an image, with its annotation. */
    static Side ofObject(String className, long annotation, ImageObjects labelled, int index) {
      List<Object> edges =
          Arrays.stream(labelled.edges(index)).<Object>mapToObj(edge -> edge).toList();
      return new Side(Optional.of(className), Optional.of(annotation), edges);
    }

    /** A detection of an image, with its number from 1. */
    static Side ofDetection(String className, ImageObjects found, int index) {
      List<Object> edges =
          Arrays.stream(found.edges(index)).<Object>mapToObj(MatchWriter::decimal).toList();
      return new Side(Optional.of(className), Optional.of(index + 1L), edges);
    }

    /** The class of a whole image. */
    static Side ofImage(String className) {
      return new Side(Optional.of(className), Optional.empty(), List.of());
    }
  }

  /**
   * Writes a row.
   *
   * @param score of the detection; NaN if there is none
   */
  void write(ObjectMatch match, Side predicted, Side actual, double score) throws SQLException {
    List<Object> row =
        new ArrayList<>(
            Arrays.asList(
                run.runId(),
                imageId,
                path,
                match.outcome().word(),
                match.cause().map(ObjectMatch.Cause::word).orElse(null),
                match.isCounted(),
                predicted.className.orElse(null),
                actual.className.orElse(null),
                Double.isNaN(score) ? null : decimal(score),
                EvaluationTable.number(match.iou()),
                predicted.number.orElse(null),
                actual.number.orElse(null)));
    row.addAll(edges(predicted));
    row.addAll(edges(actual));
    row.add(run.model());
    rows.add(row);
    if (rows.size() == ROWS_AT_ONCE) {
      flush();
    }
  }

  /** The shortest decimal number of a float, as results of runs have it. */
  private static Double decimal(double value) {
    return Double.valueOf(Float.toString((float) value));
  }

  private static List<Object> edges(Side side) {
    return side.edges.isEmpty() ? Collections.nCopies(EDGES, null) : side.edges;
  }

  /** Writes the remaining rows. */
  void flush() throws SQLException {
    owner.write(session, own -> MatchTable.insert(own, result.stagedCompanion(), layout, rows));
    rows.clear();
  }

  @Override
  public void close() throws SQLException {
    session.close();
  }
}
