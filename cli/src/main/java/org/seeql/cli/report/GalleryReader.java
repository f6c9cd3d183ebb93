package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.cli.report.GalleryChoice.Candidate;
import org.seeql.cli.report.RunPage.Box;
import org.seeql.cli.report.RunPage.ClassFindings;
import org.seeql.cli.report.RunPage.Findings;
import org.seeql.cli.report.RunPage.Gallery;
import org.seeql.cli.report.RunPage.Mark;
import org.seeql.cli.report.RunPage.Picture;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.RunRecord;
import org.seeql.job.inference.ImageRoot;
import org.seeql.udf.detect.GeometryKind;
import org.seeql.udf.image.ExifRotation;
import org.seeql.udf.image.UndecodableImageException;

/** Chooses pictures of a run, reads them again and adds what the run found in them. */
final class GalleryReader {

  private static final int MAX_PICTURES = 48;
  private static final int MAX_MARKS = 100;

  /** The number of queried candidates over all classes and bins: a large choice, but few rows. */
  private static final int CANDIDATES = 4_000;

  private static final int MAX_PER_BIN = 64;

  private final DatabaseSession session;
  private final ResultView view;
  private final RunRecord record;

  GalleryReader(DatabaseSession session, ResultView view, RunRecord record) {
    this.session = requireNonNull(session, "session is null");
    this.view = requireNonNull(view, "view is null");
    this.record = requireNonNull(record, "record is null");
  }

  Gallery read(Findings findings) throws SQLException {
    List<String> chosen =
        findings.images() <= MAX_PICTURES
            ? allImages()
            : GalleryChoice.choose(candidates(findings), MAX_PICTURES);
    if (chosen.isEmpty()) {
      return new Gallery(List.of(), 0);
    }
    Map<String, Found> found = found(chosen);
    ExifRotation rotation =
        record.options().exifRotation() ? ExifRotation.APPLY : ExifRotation.IGNORE;
    Thumbnails thumbnails = new Thumbnails(rotation, record.options().maxPixels());
    List<Picture> pictures = new ArrayList<>();
    for (String image : chosen) {
      Optional.ofNullable(found.get(image))
          .flatMap(of -> picture(image, of, thumbnails))
          .ifPresent(pictures::add);
    }
    int unreadable = chosen.size() - pictures.size();
    return new Gallery(isExplained() ? apart(pictures) : pictures, unreadable);
  }

  private boolean isExplained() {
    return record.layout().shape() == ResultLayout.Shape.EXPLANATION;
  }

  /** One picture for each explained answer, because each has its own map. */
  private static List<Picture> apart(List<Picture> pictures) {
    return pictures.stream()
        .flatMap(picture -> picture.marks().stream().map(picture::withOnly))
        .limit(MAX_PICTURES)
        .toList();
  }

  private Optional<Picture> picture(String image, Found found, Thumbnails thumbnails) {
    try {
      byte[] file = ImageRoot.open(record.imageRoot()).read(found.file);
      Thumbnails.Thumbnail small = thumbnails.shrink(file);
      return Optional.of(
          new Picture(image, found.file, small.width(), small.height(), small.jpeg(), found.marks));
    } catch (IOException | UndecodableImageException e) {
      // the file was moved or replaced after the run: the page shows the number of such files
      return Optional.empty();
    }
  }

  private List<String> allImages() throws SQLException {
    return session.query(
        "SELECT DISTINCT image FROM (%s) answers WHERE label IS NOT NULL ORDER BY image LIMIT %d"
            .formatted(view.sql(), MAX_PICTURES),
        row -> row.getString(1),
        view.parameters().toArray());
  }

  /**
   * Samples a few images of each class and bin, by the lowest hash. One pass without sorting,
   * independent of the number of rows.
   */
  private List<Candidate> candidates(Findings findings) throws SQLException {
    Map<String, ClassFindings> classes = new HashMap<>();
    long cells = 0;
    for (ClassFindings of : findings.classes()) {
      classes.put(of.label(), of);
      cells += of.bins().stream().filter(count -> count > 0).count();
    }
    long perBin = Math.max(1, Math.min(MAX_PER_BIN, CANDIDATES / Math.max(1, cells)));
    List<Candidate> candidates =
        session.query(
            "SELECT %s AS l, %s AS b, MIN(CONCAT(LPAD(CRC32(image), 10, '0'), image)) AS pick"
                    .formatted(FindingsReader.LABEL, FindingsReader.BIN)
                + " FROM (%s) answers WHERE label IS NOT NULL AND score IS NOT NULL"
                    .formatted(view.sql())
                + " GROUP BY l, b, CRC32(image) %% %d ORDER BY pick".formatted(perBin),
            row -> candidate(row, classes),
            view.parameters().toArray());
    List<String> order = findings.classes().stream().map(ClassFindings::label).toList();
    Map<String, Integer> places = new HashMap<>();
    order.forEach(label -> places.put(label, places.size()));
    candidates.sort(
        Comparator.comparingInt(c -> places.getOrDefault(c.label(), Integer.MAX_VALUE)));
    return candidates;
  }

  private static Candidate candidate(ResultSet row, Map<String, ClassFindings> classes)
      throws SQLException {
    String label = row.getString(1);
    int bin = row.getInt(2);
    String image = row.getString(3).substring(10);
    long weight = classes.containsKey(label) ? classes.get(label).bins().get(bin) : 1;
    return new Candidate(image, label, bin, weight);
  }

  private record Found(String file, List<Mark> marks) {}

  private record Row(String image, String file, Mark mark) {}

  private Map<String, Found> found(List<String> images) throws SQLException {
    List<Object> parameters = new ArrayList<>(view.parameters());
    parameters.addAll(images);
    String places = String.join(", ", Collections.nCopies(images.size(), "?"));
    List<Row> rows =
        session.query(
            "SELECT * FROM (%s) answers WHERE image IN (%s) AND label IS NOT NULL"
                    .formatted(view.detailed(), places)
                + " AND score IS NOT NULL ORDER BY score DESC",
            this::row,
            parameters.toArray());
    Map<String, Found> found = new LinkedHashMap<>();
    for (Row row : rows) {
      Found of = found.computeIfAbsent(row.image, i -> new Found(row.file, new ArrayList<>()));
      if (of.marks.size() < MAX_MARKS) {
        of.marks.add(row.mark);
      }
    }
    return found;
  }

  private Row row(ResultSet row) throws SQLException {
    double xMin = row.getDouble("x_min");
    Optional<Box> box =
        row.wasNull()
            ? Optional.empty()
            : Optional.of(
                new Box(
                    xMin, row.getDouble("y_min"), row.getDouble("x_max"), row.getDouble("y_max")));
    return new Row(
        row.getString("image"),
        row.getString("file"),
        new Mark(
            row.getString("label"),
            row.getDouble("score"),
            box,
            outline(row),
            isExplained()
                ? Optional.of(HeatMap.coloured(row.getBytes(ResultView.MAP)))
                : Optional.empty()));
  }

  private Optional<Outline> outline(ResultSet row) throws SQLException {
    for (GeometryKind kind : view.outlines()) {
      String json = row.getString(kind.column());
      if (json != null) {
        return Outline.of(kind, json);
      }
    }
    return Optional.empty();
  }
}
