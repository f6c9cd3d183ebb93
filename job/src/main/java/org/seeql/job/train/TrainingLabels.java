package org.seeql.job.train;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.plan.Estimator;
import org.seeql.planner.plan.TrainOptions;
import org.seeql.planner.statement.TableName;
import org.seeql.udf.train.ImageSplit.Part;

/** Checks the labels of a training before its run. For one statement. */
public final class TrainingLabels {
  private static final int FEWEST_IMAGES = 5;

  /** More than the words that have a meaning. */
  private static final int MAX_PARTS = 50;

  /** The length of the column {@code label} in results. */
  private static final int LONGEST = 255;

  private final DatabaseSession session;
  private final TrainOptions options;
  private final Columns columns;
  private final Consumer<String> problems;

  /** The columns of a SELECT that a training reads. */
  public record Columns(
      String select, String id, String path, String label, Optional<String> split) {
    public Columns {
      requireNonNull(select, "select is null");
      requireNonNull(id, "id is null");
      requireNonNull(path, "path is null");
      requireNonNull(label, "label is null");
      requireNonNull(split, "split is null");
    }

    private String rows() {
      // the user's text may end with a comment to the end of the line
      return "(" + select + "\n) AS seeql_rows";
    }

    private String labelText() {
      return "CONVERT(%s USING utf8mb4)".formatted(TableName.quote(label));
    }

    /** A SELECT with one row per image, whose labels are a JSON array. */
    public String grouped() {
      return "SELECT %1$s, MIN(%2$s) AS %2$s, JSON_ARRAYAGG(CONVERT(%3$s USING utf8mb4)) AS %3$s%4$s FROM %5$s GROUP BY %1$s"
          .formatted(
              TableName.quote(id),
              TableName.quote(path),
              TableName.quote(label),
              split.map(name -> ", MIN(%1$s) AS %1$s".formatted(TableName.quote(name))).orElse(""),
              rows());
    }
  }

  /** Checks labels over what a session sees. */
  public TrainingLabels(
      DatabaseSession session, TrainOptions options, Columns columns, Consumer<String> problems) {
    this.session = requireNonNull(session, "session is null");
    this.options = requireNonNull(options, "options is null");
    this.columns = requireNonNull(columns, "columns is null");
    this.problems = requireNonNull(problems, "problems is null");
  }

  /**
   * The classes of the model, in order. Empty, with a reported problem, if it cannot be trained.
   */
  public List<String> check() throws SQLException {
    try {
      boolean usable =
          options.estimator() == Estimator.CLASSIFIER ? hasOneRowPerImage() : hasOnePathPerImage();
      return usable && hasKnownParts() ? classes() : List.of();
    } catch (SQLException e) {
      if (DatabaseErrors.isConnectionLost(e)) {
        throw e;
      }
      problems.accept("Cannot query the labels: " + DatabaseErrors.message(e));
      return List.of();
    }
  }

  private boolean hasOneRowPerImage() throws SQLException {
    long[] counts =
        session
            .findFirst(
                "SELECT COUNT(*), COUNT(%1$s), COUNT(DISTINCT %1$s), COUNT(%2$s) FROM %3$s"
                    .formatted(
                        TableName.quote(columns.id()),
                        TableName.quote(columns.label()),
                        columns.rows()),
                row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)})
            .orElseThrow();
    if (hasNull(counts[0], counts[1])) {
      return false;
    }
    if (counts[3] < counts[0]) {
      problems.accept(
          "The label column '%s' is NULL in %d of %d rows; leave these rows out with WHERE %s IS NOT NULL"
              .formatted(columns.label(), counts[0] - counts[3], counts[0], columns.label()));
      return false;
    }
    if (counts[2] < counts[1]) {
      problems.accept(
          "The SELECT returns %d images in %d rows, but an image of a classifier has one label; select each image once, or use TO TRAIN tagger"
              .formatted(counts[2], counts[1]));
      return false;
    }
    return true;
  }

  private boolean hasNull(long rows, long ids) {
    if (ids < rows) {
      problems.accept(
          "The id column '%s' is NULL in %d of %d rows; leave these rows out"
              .formatted(columns.id(), rows - ids, rows));
    }
    return ids < rows;
  }

  private boolean hasOnePathPerImage() throws SQLException {
    long[] counts =
        session
            .findFirst(
                "SELECT COUNT(*), COUNT(%1$s), COUNT(DISTINCT %1$s), COUNT(DISTINCT CAST(%1$s AS BINARY)) FROM %2$s"
                    .formatted(TableName.quote(columns.id()), columns.rows()),
                row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)})
            .orElseThrow();
    if (hasNull(counts[0], counts[1])) {
      return false;
    }
    if (counts[2] < counts[3]) {
      problems.accept(
          "Some values in the id column '%s' are equal for the database and differ in bytes, for example in case; use another column with the option id_column"
              .formatted(columns.id()));
      return false;
    }
    List<String> constant = new ArrayList<>(List.of(columns.path()));
    columns.split().ifPresent(constant::add);
    for (String column : constant) {
      Optional<String> several =
          session.findFirst(
              "SELECT %1$s FROM %2$s GROUP BY %1$s HAVING COUNT(DISTINCT CAST(%3$s AS BINARY)) > 1 LIMIT 1"
                  .formatted(
                      TableName.quote(columns.id()), columns.rows(), TableName.quote(column)),
              row -> row.getString(1));
      if (several.isPresent()) {
        problems.accept(
            "The image with the id %s has several values in the column '%s', but an image has one"
                .formatted(several.get(), column));
        return false;
      }
    }
    return true;
  }

  /** An unknown word could mean a part on which the user does not want to train. */
  private boolean hasKnownParts() throws SQLException {
    if (columns.split().isEmpty()) {
      return true;
    }
    String split = TableName.quote(columns.split().get());
    Optional<String> unknown =
        session
            .query(
                "SELECT DISTINCT CONVERT(%1$s USING utf8mb4) FROM %2$s WHERE %1$s IS NOT NULL LIMIT %3$d"
                    .formatted(split, columns.rows(), MAX_PARTS),
                row -> Objects.toString(row.getString(1), ""))
            .stream()
            .filter(word -> Part.of(word).isEmpty())
            .findFirst();
    unknown.ifPresent(
        word ->
            problems.accept(
                NearestNames.unknown("part", word, List.of("train", "val", "test"))
                    + "; it comes from the column '%s'; leave the column out to split the images by their content"
                        .formatted(columns.split().get())));
    return unknown.isEmpty();
  }

  private List<String> classes() throws SQLException {
    Map<String, Long> images = new LinkedHashMap<>();
    session
        .query(
            // by bytes: collations treat some spellings as equal
            "SELECT MIN(%1$s), COUNT(DISTINCT %2$s) FROM %3$s WHERE %1$s IS NOT NULL GROUP BY HEX(%1$s) ORDER BY HEX(%1$s)"
                .formatted(columns.labelText(), TableName.quote(columns.id()), columns.rows()),
            row -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(entry -> images.put(entry.getKey(), entry.getValue()));
    if (images.isEmpty()) {
      problems.accept(
          "The SELECT returns no labels: the column '%s' is NULL, or there are no rows"
              .formatted(columns.label()));
      return List.of();
    }
    List<String> classes =
        options.classes().isEmpty() ? List.copyOf(images.keySet()) : options.classes();
    boolean usable = true;
    for (String name : classes) {
      usable &= isUsable(name, images);
    }
    usable = usable && hasTrainingImages(classes);
    if (usable && options.estimator() == Estimator.CLASSIFIER && classes.size() == 1) {
      problems.accept(
          "All images have the label '%s', but a classifier needs at least two classes; select images of other classes"
              .formatted(classes.get(0)));
      return List.of();
    }
    usable &= areDistinct(classes);
    return usable && hasCounterexamples(classes, images) ? classes : List.of();
  }

  /** The tables of profiles ignore spaces at the end of a class. */
  private boolean areDistinct(List<String> classes) {
    Map<String, String> shortened = new LinkedHashMap<>();
    for (String name : classes) {
      String other = shortened.putIfAbsent(name.stripTrailing(), name);
      if (other != null) {
        problems.accept(
            "The labels '%s' and '%s' differ only in spaces at their end; correct the labels, for example with TRIM(%s) AS %s"
                .formatted(other, name, columns.label(), columns.label()));
        return false;
      }
    }
    return true;
  }

  private boolean isUsable(String name, Map<String, Long> images) {
    if (!images.containsKey(name)) {
      problems.accept(
          NearestNames.unknown("label", name, images.keySet()) + "; it comes from classes");
      return false;
    }
    if (name.isBlank() || name.length() > LONGEST) {
      problems.accept(
          "The label '%s' of %d images cannot be the name of a class: names have 1 to %d characters"
              .formatted(
                  name.substring(0, Math.min(40, name.length())), images.get(name), LONGEST));
      return false;
    }
    if (images.get(name) < FEWEST_IMAGES) {
      problems.accept(
          "Class '%s' has only %d images (at least %d): add images, or name the other classes in the option classes"
              .formatted(name, images.get(name), FEWEST_IMAGES));
      return false;
    }
    return true;
  }

  /** A column that assigns all images of a class to other parts leaves nothing to train on. */
  private boolean hasTrainingImages(List<String> classes) throws SQLException {
    if (columns.split().isEmpty()) {
      return true;
    }
    String split = TableName.quote(columns.split().get());
    Map<String, Set<Optional<Part>>> parts = new HashMap<>();
    session
        .query(
            "SELECT DISTINCT %1$s, CONVERT(%2$s USING utf8mb4) FROM %3$s WHERE %1$s IS NOT NULL"
                .formatted(columns.labelText(), split, columns.rows()),
            row ->
                Map.entry(
                    row.getString(1), Optional.ofNullable(row.getString(2)).flatMap(Part::of)))
        .forEach(
            entry ->
                parts
                    .computeIfAbsent(entry.getKey(), label -> new HashSet<>())
                    .add(entry.getValue()));
    List<String> missing =
        classes.stream()
            .filter(
                name ->
                    parts.getOrDefault(name, Set.of()).stream()
                        .allMatch(part -> part.filter(p -> p != Part.TRAINING).isPresent()))
            .toList();
    if (!missing.isEmpty()) {
      problems.accept(
          "The column '%s' assigns no image of the class '%s' to training%s; change the column, or leave it out to split the images by their content"
              .formatted(
                  columns.split().get(),
                  missing.get(0),
                  missing.size() == 1
                      ? ""
                      : ", and none of %d other classes".formatted(missing.size() - 1)));
    }
    return missing.isEmpty();
  }

  /** Without images that do not show a class, a tagger would always say yes. */
  private boolean hasCounterexamples(List<String> classes, Map<String, Long> images)
      throws SQLException {
    if (options.estimator() == Estimator.CLASSIFIER) {
      return true;
    }
    long all =
        session
            .findFirst(
                "SELECT COUNT(DISTINCT %s) FROM %s"
                    .formatted(TableName.quote(columns.id()), columns.rows()),
                row -> row.getLong(1))
            .orElse(0L);
    boolean usable = true;
    for (String name : classes) {
      long without = all - images.get(name);
      if (without < FEWEST_IMAGES) {
        problems.accept(
            "Only %d images do not show the class '%s' (at least %d); also select images without it, for example with a LEFT JOIN"
                .formatted(without, name, FEWEST_IMAGES));
        usable = false;
      }
    }
    return usable;
  }
}
