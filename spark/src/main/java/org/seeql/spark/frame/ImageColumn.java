package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.seeql.database.RefusalException;
import org.seeql.planner.message.NearestNames;

/**
 * The column of a frame that contains its images. Names are case-insensitive.
 *
 * @param kind the kind of its values
 * @param name empty for the default: {@code path}, else {@code file_name}
 */
public record ImageColumn(Kind kind, Optional<String> name) {
  /** The column {@code path}, else {@code file_name}. */
  public static final ImageColumn USUAL = new ImageColumn(Kind.PATH, Optional.empty());

  private static final List<String> PATHS = List.of("path", "file_name");

  /** The kind of a column's values. */
  public enum Kind {
    /** A path or a URI: string. */
    PATH,
    /** The bytes of a file: binary. */
    CONTENT
  }

  public ImageColumn {
    requireNonNull(kind, "kind is null");
    requireNonNull(name, "name is null");
    if (kind == Kind.CONTENT && name.isEmpty()) {
      throw new IllegalArgumentException("a column of file contents needs a name");
    }
  }

  /** A column of paths. */
  public static ImageColumn path(String name) {
    return new ImageColumn(Kind.PATH, Optional.of(name));
  }

  /** A column with the content of files, such as {@code content} of Spark's binaryFile. */
  public static ImageColumn content(String name) {
    return new ImageColumn(Kind.CONTENT, Optional.of(name));
  }

  /**
   * The position of the column.
   *
   * @throws RefusalException if the column does not exist, or has another type
   */
  int position(StructType columns) {
    String found = name.map(n -> named(n, columns)).orElseGet(() -> usual(columns));
    StructField column = columns.apply(found);
    boolean fits =
        kind == Kind.PATH
            ? column.dataType() instanceof StringType
            : column.dataType() instanceof BinaryType;
    if (!fits) {
      throw new RefusalException(
          "Column '%s' cannot contain %s: its type is %s (expected %s)"
              .formatted(
                  found,
                  kind == Kind.PATH ? "paths of images" : "the bytes of images",
                  column.dataType().simpleString(),
                  kind == Kind.PATH ? "string" : "binary"));
    }
    return columns.fieldIndex(found);
  }

  private static String named(String name, StructType columns) {
    return find(name, columns)
        .orElseThrow(
            () ->
                new RefusalException(
                    NearestNames.unknown("column", name, Arrays.asList(columns.fieldNames()))));
  }

  private static String usual(StructType columns) {
    return PATHS.stream()
        .flatMap(name -> find(name, columns).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new RefusalException(
                    "The images have no column 'path' or 'file_name', only %s; choose the column of the paths with ImageColumn.path(…)"
                        .formatted(String.join(", ", columns.fieldNames()))));
  }

  static Optional<String> find(String name, StructType columns) {
    return Arrays.stream(columns.fieldNames()).filter(name::equalsIgnoreCase).findFirst();
  }
}
