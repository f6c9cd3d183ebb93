package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seeql.cli.report.EvaluationPage.Confusion;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.planner.statement.TableName;

/** Reads the confusion matrix of an evaluation from its table of matches. */
final class ConfusionReader {
  /** A larger matrix is not legible. Further classes are counted as one. */
  private static final int MAX_CLASSES = 24;

  private final DatabaseSession session;
  private final TableName table;
  private final String runId;

  ConfusionReader(DatabaseSession session, TableName table, String runId) {
    this.session = requireNonNull(session, "session is null");
    this.table = requireNonNull(table, "table is null");
    this.runId = requireNonNull(runId, "runId is null");
  }

  /** A cell; a class is null for no object and for nothing detected. */
  private record Cell(String actual, String predicted, long count) {}

  /**
   * Reads the matrix.
   *
   * @param objects the number of objects of each class, in descending order
   */
  Confusion read(Map<String, Long> objects) throws SQLException {
    List<Cell> cells = new ArrayList<>(ofObjects());
    Map<String, Long> wrong = new HashMap<>();
    for (Cell cell : ofWrongDetections()) {
      wrong.put(cell.predicted, cell.count);
    }
    for (Cell cell : cells) {
      if (cell.predicted != null && !cell.predicted.equals(cell.actual)) {
        wrong.merge(cell.predicted, -cell.count, Long::sum);
      }
    }
    wrong.forEach((predicted, count) -> cells.add(new Cell(null, predicted, count)));
    return matrix(cells, names(objects, wrong));
  }

  private static List<String> names(Map<String, Long> objects, Map<String, Long> wrong) {
    List<String> names = new ArrayList<>(objects.keySet());
    wrong.keySet().stream().filter(name -> !objects.containsKey(name)).sorted().forEach(names::add);
    return names;
  }

  /**
   * One cell for each object. An object that was missed may have been detected as another class.
   */
  private List<Cell> ofObjects() throws SQLException {
    String mistaken =
        "SELECT image_id, annotation_id, predicted_class, ROW_NUMBER() OVER (PARTITION BY image_id,"
            + " annotation_id ORDER BY score DESC, detection) AS place FROM "
            + table.quoted()
            + MatchQueries.COUNTED
            + " AND cause = 'wrong class'";
    return session.query(
        "SELECT o.actual_class AS a, IF(o.outcome = 'missed', w.predicted_class, o.predicted_class)"
            + " AS p, COUNT(*) FROM (SELECT * FROM "
            + table.quoted()
            + MatchQueries.COUNTED
            + " AND outcome IN ('true positive', 'missed')) o LEFT JOIN ("
            + mistaken
            + ") w ON w.place = 1 AND w.image_id = o.image_id AND w.annotation_id <=>"
            + " o.annotation_id GROUP BY a, p",
        row -> new Cell(row.getString(1), row.getString(2), row.getLong(3)),
        runId,
        runId);
  }

  private List<Cell> ofWrongDetections() throws SQLException {
    return session.query(
        "SELECT predicted_class, COUNT(*) FROM "
            + table.quoted()
            + MatchQueries.COUNTED
            + " AND outcome = 'false positive' GROUP BY predicted_class",
        row -> new Cell(null, row.getString(1), row.getLong(2)),
        runId);
  }

  private static Confusion matrix(List<Cell> cells, List<String> names) {
    boolean isCut = names.size() > MAX_CLASSES;
    List<String> shown = new ArrayList<>(isCut ? names.subList(0, MAX_CLASSES - 1) : names);
    if (isCut) {
      shown.add(Wording.count(names.size() - shown.size()) + " other classes");
    }
    int none = shown.size();
    Map<String, Integer> places = new HashMap<>();
    names.forEach(name -> places.put(name, Math.min(places.size(), none - 1)));
    List<List<Long>> counts = new ArrayList<>();
    for (int row = 0; row <= none; row++) {
      counts.add(new ArrayList<>(Collections.nCopies(none + 1, 0L)));
    }
    for (Cell cell : cells) {
      int row = cell.actual == null ? none : places.get(cell.actual);
      int column = cell.predicted == null ? none : places.get(cell.predicted);
      counts.get(row).set(column, counts.get(row).get(column) + cell.count);
    }
    return new Confusion(shown, counts);
  }
}
