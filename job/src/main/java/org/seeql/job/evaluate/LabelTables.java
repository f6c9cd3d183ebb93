package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.ExistingTable;
import org.seeql.planner.statement.TableName;

/**
 * The labels of images in COCO's tables {@code annotations} and {@code categories} of a data set's
 * database.
 */
final class LabelTables {
  static final String ANNOTATIONS = "annotations";
  static final String CATEGORIES = "categories";

  private static final List<String> EDGES = List.of("x", "y", "width", "height");

  /** Whether annotations must have boxes. */
  enum Boxes {
    REQUIRED,
    OPTIONAL;

    /** The columns that annotations need. */
    List<String> columns() {
      return switch (this) {
        case REQUIRED -> List.of("image_id", "category_id", "bbox");
        case OPTIONAL -> List.of("image_id", "category_id");
      };
    }
  }

  private final ExistingTable annotations;
  private final ExistingTable categories;

  private LabelTables(ExistingTable annotations, ExistingTable categories) {
    this.annotations = requireNonNull(annotations, "annotations is null");
    this.categories = requireNonNull(categories, "categories is null");
  }

  /** Finds the tables of a database; empty if a table or a required column is missing. */
  static Optional<LabelTables> find(DatabaseSession session, String database, Boxes boxes)
      throws SQLException {
    Optional<ExistingTable> annotations =
        ExistingTable.find(session, TableName.of(database, ANNOTATIONS))
            .filter(t -> boxes.columns().stream().allMatch(c -> t.findColumn(c).isPresent()));
    Optional<ExistingTable> categories =
        ExistingTable.find(session, TableName.of(database, CATEGORIES))
            .filter(t -> t.findColumn("name").isPresent() && idColumn(t).isPresent());
    return annotations.isPresent() && categories.isPresent()
        ? Optional.of(new LabelTables(annotations.get(), categories.get()))
        : Optional.empty();
  }

  /** Finds the tables of an evaluation that has started; they existed when it was checked. */
  static LabelTables require(DatabaseSession session, String database, Boxes boxes)
      throws SQLException {
    return find(session, database, boxes)
        .orElseThrow(
            () ->
                new SQLException(
                    "the tables annotations and categories of " + database + " no longer exist"));
  }

  /** The column is {@code id} in COCO; a table may also use the name that the annotations use. */
  private static Optional<String> idColumn(ExistingTable categories) {
    return categories
        .findColumn("id")
        .or(() -> categories.findColumn("category_id"))
        .map(ExistingTable.ExistingColumn::name);
  }

  TableName annotations() {
    return annotations.name();
  }

  /** The names of the categories by id, in the order of the ids. */
  Map<Long, String> categories(DatabaseSession session) throws SQLException {
    String id = TableName.quote(idColumn(categories).orElseThrow());
    Map<Long, String> names = new LinkedHashMap<>();
    session
        .query(
            "SELECT %1$s, name FROM %2$s ORDER BY %1$s".formatted(id, categories.name().quoted()),
            row -> Map.entry(row.getLong(1), row.getString(2)))
        .forEach(category -> names.put(category.getKey(), category.getValue()));
    return names;
  }

  /**
   * A query of the annotations of images: image id, category, left and upper edge, width, height,
   * area, whether it is a crowd, and the annotation's id, which is NULL if the table has none. Rows
   * are ordered by image id.
   *
   * @param images a table with an id column
   */
  String query(TableName images, String idColumn) {
    List<String> columns = new ArrayList<>();
    columns.add("i." + TableName.quote(idColumn));
    columns.add("a.category_id");
    for (int edge = 0; edge < EDGES.size(); edge++) {
      String column = "bbox_" + EDGES.get(edge);
      columns.add(
          annotations.findColumn(column).isPresent()
              ? "a." + column
              : "JSON_EXTRACT(a.bbox, '$[%d]')".formatted(edge));
    }
    columns.add(annotations.findColumn("area").isPresent() ? "a.area" : "NULL");
    columns.add(annotations.findColumn("iscrowd").isPresent() ? "a.iscrowd" : "0");
    columns.add(annotations.findColumn("id").isPresent() ? "a.id" : "NULL");
    return "SELECT %s FROM %s AS i JOIN %s AS a ON a.image_id = i.%s ORDER BY 1"
        .formatted(
            String.join(", ", columns),
            images.quoted(),
            annotations.name().quoted(),
            TableName.quote(idColumn));
  }

  /**
   * A query of the classes of images: image id and category, for each annotation. Rows are ordered
   * by image id.
   *
   * @param images a table with an id column
   */
  String classQuery(TableName images, String idColumn) {
    return "SELECT i.%1$s, a.category_id FROM %2$s AS i JOIN %3$s AS a ON a.image_id = i.%1$s ORDER BY 1"
        .formatted(TableName.quote(idColumn), images.quoted(), annotations.name().quoted());
  }
}
