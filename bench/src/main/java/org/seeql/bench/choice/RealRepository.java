package org.seeql.bench.choice;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.seeql.bench.BenchSession;
import org.seeql.datasets.coco.CocoFile;
import org.seeql.datasets.load.DataSetImport;
import org.seeql.datasets.load.DataSetListener;
import org.seeql.datasets.load.DataSetRequest;
import org.seeql.datasets.load.OnError;
import org.seeql.job.StatementResult;

/**
 * Labelled photos, and the models of Table B.1 as variations of one real detector. The models are
 * measured by TO EVALUATE.
 */
final class RealRepository {
  /** The database of the photos. */
  static final String PHOTOS = "photos";

  private final BenchSession session;

  RealRepository(BenchSession session) {
    this.session = session;
  }

  /**
   * Imports photos with their labels.
   *
   * @param annotations in COCO's format
   */
  void load(Path annotations, Path images) {
    new DataSetImport(session.connector(), DataSetListener.NONE, problem -> {})
        .run(
            List.of(new CocoFile(annotations, annotations.toString())),
            new DataSetRequest(
                PHOTOS, images.toAbsolutePath().toString(), Optional.empty(), OnError.FAIL));
    session.execute("CREATE DATABASE bench");
  }

  /**
   * Registers the detector, and a variation of it for each row of the table.
   *
   * @param options of CREATE MODEL in addition to its uri, as SQL
   * @param millis of one unit of the table's latencies
   */
  void register(Path detector, String options, List<Repository.TableRow> rows, int millis) {
    session.execute(
        "CREATE MODEL detector OPTIONS (uri = '%s'%s)"
            .formatted(detector.toAbsolutePath(), options.isEmpty() ? "" : ", " + options));
    for (Repository.TableRow row : rows) {
      session.execute(
          "CREATE MODEL `%s` OPTIONS (base = 'detector', latency = '%dms', accuracy = %s, class_coverage = %s)"
              .formatted(row.name(), millis * row.millis(), row.accuracy(), row.classIds()));
    }
  }

  /**
   * Measures a model on photos.
   *
   * @param where which photos, as a condition of SQL
   */
  void evaluate(String model, String where) {
    session.execute(
        "SELECT * FROM photos.images WHERE %s TO EVALUATE `%s` WITH batch_size = 1, mode = append, dataset = 'photos' INTO bench.scores"
            .formatted(where, model));
  }

  /** The cost and the accuracy of the models by their evaluations, as rows of names and texts. */
  List<List<Object>> measured() {
    return rows(
        "SELECT o.model, t.seconds_per_image * 1000, o.present_tp + o.present_tn, o.present_tp +"
            + " o.present_tn + o.present_fp + o.present_fn FROM bench.scores o JOIN bench.scores t"
            + " ON t.run_id = o.run_id AND t.scope = 'timing' WHERE o.scope = 'overall' ORDER BY"
            + " o.model");
  }

  /** The classes that each photo shows. */
  Map<Long, Set<String>> truth(String where) {
    Map<Long, Set<String>> shown = new TreeMap<>();
    rows("SELECT image_id FROM photos.images WHERE " + where)
        .forEach(row -> shown.put(id(row), new TreeSet<>()));
    rows("SELECT DISTINCT a.image_id, c.name FROM photos.annotations a JOIN photos.categories c ON"
            + " c.id = a.category_id")
        .forEach(
            row -> {
              if (shown.containsKey(id(row))) {
                shown.get(id(row)).add(String.valueOf(row.get(1)));
              }
            });
    return shown;
  }

  /** The photos that a search has found. */
  Set<Long> found(String table) {
    return rows("SELECT image_id FROM " + table + " WHERE found").stream()
        .map(RealRepository::id)
        .collect(Collectors.toSet());
  }

  private static long id(List<Object> row) {
    return ((Number) row.get(0)).longValue();
  }

  private List<List<Object>> rows(String query) {
    try (StatementResult.Rows rows = (StatementResult.Rows) session.execute(query)) {
      List<List<Object>> all = new ArrayList<>();
      for (Iterator<List<Object>> i = rows.rows(); i.hasNext(); ) {
        all.add(i.next());
      }
      return all;
    }
  }
}
