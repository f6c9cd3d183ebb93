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
  private static final List<String> NEEDED = List.of("image_id", "category_id", "bbox");

  private final ExistingTable annotations;
  private final ExistingTable categories;

  private LabelTables(ExistingTable annotations, ExistingTable categories) {
    this.annotations = requireNonNull(annotations, "annotations is null");
    this.categories = requireNonNull(categories, "categories is null");
  }

  /** Finds the tables of a database; empty if a table or a required column is missing. */
  static Optional<LabelTables> find(DatabaseSession session, String database) throws SQLException {
    Optional<ExistingTable> annotations =
        ExistingTable.find(session, TableName.of(database, ANNOTATIONS))
            .filter(t -> NEEDED.stream().allMatch(c -> t.findColumn(c).isPresent()));
    Optional<ExistingTable> categories =
        ExistingTable.find(session, TableName.of(database, CATEGORIES))
            .filter(t -> t.findColumn("name").isPresent() && idColumn(t).isPresent());
    return annotations.isPresent() && categories.isPresent()
        ? Optional.of(new LabelTables(annotations.get(), categories.get()))
        : Optional.empty();
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
   * area, and whether it is a crowd. Rows are ordered by image id.
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
    return "SELECT %s FROM %s AS i JOIN %s AS a ON a.image_id = i.%s ORDER BY 1"
        .formatted(
            String.join(", ", columns),
            images.quoted(),
            annotations.name().quoted(),
            TableName.quote(idColumn));
  }
}
