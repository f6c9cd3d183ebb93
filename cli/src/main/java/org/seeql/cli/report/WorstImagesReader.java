package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.seeql.cli.report.EvaluationPage.MatchMark;
import org.seeql.cli.report.EvaluationPage.MatchedPicture;
import org.seeql.cli.report.RunPage.Box;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.RunRecord;
import org.seeql.job.inference.ImageRoot;
import org.seeql.planner.statement.TableName;
import org.seeql.udf.image.ExifRotation;
import org.seeql.udf.image.UndecodableImageException;

/**
 * Reads the images of an evaluation with the most errors, and for each kind of error those with the
 * most errors of that kind.
 */
final class WorstImagesReader {
  private static final int WORST = 24;
  private static final int WORST_OF_KIND = 6;
  private static final int MAX_MARKS = 150;

  /** In SQL: the id of an image as text, compared bytewise. */
  static final String IMAGE = "COALESCE(CONVERT(image_id USING utf8mb4), '') COLLATE utf8mb4_bin";

  private static final String ERRORS = " AND outcome IN ('false positive', 'missed')";

  private final DatabaseSession session;
  private final TableName table;
  private final RunRecord run;

  WorstImagesReader(DatabaseSession session, TableName table, RunRecord run) {
    this.session = requireNonNull(session, "session is null");
    this.table = requireNonNull(table, "table is null");
    this.run = requireNonNull(run, "run is null");
  }

  /** The number of images with at least one error. */
  long count() throws SQLException {
    return session
        .findFirst(
            "SELECT COUNT(DISTINCT image_id) FROM "
                + table.quoted()
                + MatchQueries.COUNTED
                + ERRORS,
            row -> row.getLong(1),
            run.runId())
        .orElse(0L);
  }

  List<MatchedPicture> read() throws SQLException {
    Set<String> images = new LinkedHashSet<>(worst(ERRORS, WORST));
    for (MatchKind kind : MatchKind.values()) {
      if (kind != MatchKind.FOUND) {
        images.addAll(worst(" AND %s = '%s'".formatted(MatchKind.SQL, kind.word()), WORST_OF_KIND));
      }
    }
    if (images.isEmpty()) {
      return List.of();
    }
    List<MatchedPicture> pictures =
        new ArrayList<>(pictures(rows(List.copyOf(images)), files(images)).values());
    pictures.sort(Comparator.comparingLong(MatchedPicture::errors).reversed());
    return pictures;
  }

  /**
   * Reads chosen images. Those that cannot be read are left out.
   *
   * @param files the path of each image, by its id
   */
  Map<String, MatchedPicture> read(Map<String, String> files) throws SQLException {
    return files.isEmpty() ? Map.of() : pictures(rows(List.copyOf(files.keySet())), files);
  }

  private Map<String, String> files(Set<String> images) throws SQLException {
    List<Object> parameters = new ArrayList<>(List.of(run.runId()));
    parameters.addAll(images);
    Map<String, String> files = new LinkedHashMap<>();
    images.forEach(image -> files.put(image, ""));
    session
        .query(
            "SELECT DISTINCT %1$s AS i, file_name FROM %2$s%3$s AND %1$s IN (%4$s) AND file_name IS NOT NULL"
                .formatted(IMAGE, table.quoted(), MatchQueries.COUNTED, places(images.size())),
            row -> Map.entry(row.getString(1), row.getString(2)),
            parameters.toArray())
        .forEach(file -> files.put(file.getKey(), file.getValue()));
    return files;
  }

  private static String places(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  private List<String> worst(String condition, int most) throws SQLException {
    return session.query(
        "SELECT %s AS i, COUNT(*) AS n FROM %s%s%s GROUP BY i ORDER BY n DESC, i LIMIT %d"
            .formatted(IMAGE, table.quoted(), MatchQueries.COUNTED, condition, most),
        row -> row.getString(1),
        run.runId());
  }

  private record Row(String image, MatchMark mark) {}

  /**
   * The rows of each image, in the order of the images. Errors come first, because a picture has a
   * limited number of marks.
   */
  private Map<String, List<MatchMark>> rows(List<String> images) throws SQLException {
    List<Object> parameters = new ArrayList<>(List.of(run.runId()));
    parameters.addAll(images);
    Map<String, List<MatchMark>> rows = new LinkedHashMap<>();
    images.forEach(image -> rows.put(image, new ArrayList<>()));
    session
        .query(
            "SELECT m.*, %s AS image, %s AS kind FROM %s m%s AND outcome <> 'ignored' AND %1$s IN (%s)"
                    .formatted(
                        IMAGE,
                        MatchKind.SQL,
                        table.quoted(),
                        MatchQueries.COUNTED,
                        places(images.size()))
                + " ORDER BY outcome = 'true positive', score IS NULL, score DESC, detection,"
                + " annotation_id",
            WorstImagesReader::row,
            parameters.toArray())
        .forEach(row -> rows.get(row.image).add(row.mark));
    return rows;
  }

  private static Row row(ResultSet row) throws SQLException {
    MatchMark mark =
        new MatchMark(
            MatchKind.of(row.getString("kind")),
            Optional.ofNullable(row.getString("predicted_class")),
            Optional.ofNullable(row.getString("actual_class")),
            EvaluationReader.number(row, "score"),
            EvaluationReader.number(row, "iou"),
            box(row, ""),
            box(row, "actual_"));
    return new Row(row.getString("image"), mark);
  }

  private static Optional<Box> box(ResultSet row, String prefix) throws SQLException {
    OptionalDouble left = EvaluationReader.number(row, prefix + "x_min");
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Box(
                left.getAsDouble(),
                row.getDouble(prefix + "y_min"),
                row.getDouble(prefix + "x_max"),
                row.getDouble(prefix + "y_max")));
  }

  private Map<String, MatchedPicture> pictures(
      Map<String, List<MatchMark>> images, Map<String, String> files) {
    ExifRotation rotation = run.options().exifRotation() ? ExifRotation.APPLY : ExifRotation.IGNORE;
    Thumbnails thumbnails = new Thumbnails(rotation, run.options().maxPixels());
    Map<String, MatchedPicture> pictures = new LinkedHashMap<>();
    images.forEach(
        (image, marks) ->
            picture(image, files.get(image), marks, thumbnails)
                .ifPresent(picture -> pictures.put(image, picture)));
    return pictures;
  }

  /**
   * The marks that are drawn: errors before correct detections. Wrong detections do not displace
   * all missed objects.
   */
  private static List<MatchMark> shown(List<MatchMark> marks) {
    List<MatchMark> missed = marks.stream().filter(m -> m.kind() == MatchKind.MISSED).toList();
    List<MatchMark> found = marks.stream().filter(m -> m.kind() == MatchKind.FOUND).toList();
    int wrong = marks.size() - missed.size() - found.size();
    int shownMissed = Math.min(missed.size(), Math.max(MAX_MARKS / 2, MAX_MARKS - wrong));
    Stream<MatchMark> shownWrong =
        marks.stream()
            .filter(m -> m.kind() != MatchKind.MISSED && m.kind() != MatchKind.FOUND)
            .limit(MAX_MARKS - shownMissed);
    return Stream.of(shownWrong, missed.stream().limit(shownMissed), found.stream())
        .flatMap(marksOfKind -> marksOfKind)
        .limit(MAX_MARKS)
        .toList();
  }

  private Optional<MatchedPicture> picture(
      String image, String file, List<MatchMark> marks, Thumbnails thumbnails) {
    try {
      Thumbnails.Thumbnail small = thumbnails.shrink(ImageRoot.open(run.imageRoot()).read(file));
      long errors = marks.stream().filter(mark -> mark.kind() != MatchKind.FOUND).count();
      return Optional.of(
          new MatchedPicture(
              image, file, small.width(), small.height(), small.jpeg(), errors, shown(marks)));
    } catch (IOException | UndecodableImageException e) {
      // the file was moved or replaced after the run; the page says how many images it shows
      return Optional.empty();
    }
  }
}
