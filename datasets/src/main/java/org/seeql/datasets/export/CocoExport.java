package org.seeql.datasets.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;

/**
 * Writes the tables of a data set as annotations in COCO's format for detection. Fields that an
 * import kept in {@code extra} are fields of their record again. Values that are NULL are left out.
 * Rows are written as they are read, so memory use does not grow with the data set.
 *
 * @see <a href="https://cocodataset.org/#format-data">COCO's data format</a>
 */
public final class CocoExport {
  // Numbers in the column extra keep their digits.
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final List<Field> INFO =
      List.of(
          integer("year"),
          text("version"),
          text("description"),
          text("contributor"),
          text("url"),
          text("date_created"));
  private static final List<Field> LICENSE = List.of(integer("id"), text("name"), text("url"));
  private static final List<Field> IMAGE =
      List.of(
          integer("license"),
          text("file_name"),
          text("coco_url"),
          integer("height"),
          integer("width"),
          text("date_captured"),
          text("flickr_url"));
  private static final List<Field> ANNOTATION_IDS =
      List.of(integer("id"), integer("image_id"), integer("category_id"));
  private static final List<Field> ANNOTATION_TRAITS =
      List.of(integer("iscrowd"), text("pose"), integer("truncated"), integer("difficult"));
  private static final List<Field> CATEGORY =
      List.of(integer("id"), text("name"), text("supercategory"));

  private final DatabaseConnector database;

  public CocoExport(DatabaseConnector database) {
    this.database = requireNonNull(database, "database is null");
  }

  /** The numbers of written records. */
  public record Summary(long images, long annotations, long categories) {}

  /**
   * Exports a data set.
   *
   * @param split the split whose images are exported; all images if empty
   * @param out stays open
   * @throws RefusalException if the database has no tables of a data set, or no image of the split
   */
  public Summary write(String dataSet, Optional<String> split, OutputStream out)
      throws IOException {
    String what = "Cannot export " + dataSet;
    try (DatabaseSession session = DatabaseSession.openForReading(database)) {
      DataSetReading tables = DataSetReading.begin(session, dataSet, what);
      tables.requireSplit(split);
      return new Document(tables, split, out).write();
    } catch (SQLException e) {
      throw DatabaseErrors.refused(what, e);
    }
  }

  /** A field of a record, with the value of the column that has its name. */
  private record Field(String name, boolean isInteger) {
    void copy(ResultSet row, ObjectNode record) throws SQLException {
      if (isInteger) {
        long value = row.getLong(name);
        if (!row.wasNull()) {
          record.put(name, value);
        }
        return;
      }
      String value = row.getString(name);
      if (value != null) {
        record.put(name, value);
      }
    }
  }

  private static Field integer(String name) {
    return new Field(name, true);
  }

  private static Field text(String name) {
    return new Field(name, false);
  }

  private static String columns(List<Field> fields) {
    return fields.stream().map(Field::name).collect(Collectors.joining(", "));
  }

  /** One export in progress: a JSON object whose lists have one record per line. */
  private static final class Document {
    private final DataSetReading tables;
    private final List<String> split;
    private final OutputStream out;
    private long records;

    Document(DataSetReading tables, Optional<String> split, OutputStream out) {
      this.tables = tables;
      this.split = split.stream().toList();
      this.out = out;
    }

    Summary write() throws SQLException, IOException {
      print("{\"info\":");
      out.write(JSON.writeValueAsBytes(info()));
      if (tables.has("licenses")) {
        list(
            "licenses",
            "SELECT " + columns(LICENSE) + " FROM %s ORDER BY id",
            List.of(),
            row -> copy(LICENSE, row, JSON.createObjectNode()));
      }
      long images =
          list(
              "images",
              "SELECT image_id, "
                  + columns(IMAGE)
                  + ", extra FROM %s"
                  + where("split = ?")
                  + " ORDER BY image_id",
              split,
              this::image);
      long annotations =
          list(
              "annotations",
              "SELECT "
                  + columns(ANNOTATION_IDS)
                  + ", segmentation, area, bbox_x, bbox_y, bbox_width, bbox_height, "
                  + columns(ANNOTATION_TRAITS)
                  + ", extra FROM %s"
                  + where(
                      "image_id IN (SELECT image_id FROM "
                          + tables.quoted("images")
                          + " WHERE split = ?)")
                  + " ORDER BY id",
              split,
              this::annotation);
      long categories =
          list(
              "categories",
              "SELECT " + columns(CATEGORY) + ", extra FROM %s ORDER BY id",
              List.of(),
              row -> withExtra(copy(CATEGORY, row, JSON.createObjectNode()), row));
      print("}\n");
      return new Summary(images, annotations, categories);
    }

    private String where(String condition) {
      return split.isEmpty() ? "" : " WHERE " + condition;
    }

    private void print(String text) throws IOException {
      out.write(text.getBytes(UTF_8));
    }

    /** A data set from several files has a description of each of them; the first is used. */
    private ObjectNode info() throws SQLException, IOException {
      ObjectNode info = JSON.createObjectNode();
      if (tables.has("info")) {
        tables.<IOException>read(
            "SELECT %s FROM %s%s LIMIT 1"
                .formatted(columns(INFO), tables.quoted("info"), where("split = ?")),
            split,
            row -> copy(INFO, row, info));
      }
      return info;
    }

    /** Creates a record from a row. */
    private interface RowRecord {
      ObjectNode of(ResultSet row) throws SQLException, IOException;
    }

    /** Writes the rows of a table, and returns their number. */
    private long list(String table, String select, List<String> parameters, RowRecord record)
        throws SQLException, IOException {
      print(",\n\"" + table + "\":[");
      records = 0;
      tables.<IOException>read(
          select.formatted(tables.quoted(table)),
          parameters,
          row -> {
            print(records == 0 ? "\n" : ",\n");
            out.write(JSON.writeValueAsBytes(record.of(row)));
            records++;
          });
      print("\n]");
      return records;
    }

    private static ObjectNode copy(List<Field> fields, ResultSet row, ObjectNode record)
        throws SQLException {
      for (Field field : fields) {
        field.copy(row, record);
      }
      return record;
    }

    private ObjectNode image(ResultSet row) throws SQLException, IOException {
      ObjectNode image = JSON.createObjectNode().put("id", row.getLong("image_id"));
      return withExtra(copy(IMAGE, row, image), row);
    }

    private ObjectNode annotation(ResultSet row) throws SQLException, IOException {
      ObjectNode annotation = copy(ANNOTATION_IDS, row, JSON.createObjectNode());
      String segmentation = row.getString("segmentation");
      if (segmentation != null) {
        annotation.putRawValue("segmentation", new RawValue(segmentation));
      }
      annotation.set("area", number(row.getDouble("area")));
      ArrayNode box = annotation.putArray("bbox");
      for (String side : List.of("bbox_x", "bbox_y", "bbox_width", "bbox_height")) {
        box.add(number(row.getDouble(side)));
      }
      return withExtra(copy(ANNOTATION_TRAITS, row, annotation), row);
    }

    /** A number without decimals that it does not need. */
    private static JsonNode number(double value) {
      return value == (long) value
          ? JSON.getNodeFactory().numberNode((long) value)
          : JSON.getNodeFactory().numberNode(value);
    }

    /** Adds the fields of the column extra, except those that the record has. */
    private static ObjectNode withExtra(ObjectNode record, ResultSet row)
        throws SQLException, JsonProcessingException {
      String extra = row.getString("extra");
      if (extra != null) {
        JSON.readTree(extra)
            .properties()
            .forEach(field -> record.putIfAbsent(field.getKey(), field.getValue()));
      }
      return record;
    }
  }
}
