package org.seeql.datasets.record;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * A problem with a record or with a whole file.
 *
 * @param section the section of the record
 * @param record identifies the record: "annotation 7", or "an annotation" if it has no id; empty
 *     for a file
 * @param reason what is wrong, with the value
 */
public record Problem(Kind kind, Section section, Place place, String record, String reason) {

  /** The kinds of problems. */
  public enum Kind {
    MALFORMED("malformed"),
    MISSING_FIELD("with a missing field"),
    WRONG_TYPE("with a value of the wrong type"),
    NOT_A_NUMBER("with NaN or infinity as a number"),
    BAD_VALUE("with an invalid value"),
    DUPLICATE_ID("with the id of another record"),
    UNKNOWN_IMAGE("of an image that does not exist"),
    UNKNOWN_CATEGORY("of a category that does not exist"),
    BOX_SIZE("with a box without area"),
    BOX_OUTSIDE("with a box outside the image"),
    DIFFERENT("that the database has with other values"),
    /** Only counted: the record itself is valid. */
    MISSING_FILE("whose file is missing");

    private final String clause;

    Kind(String clause) {
      this.clause = clause;
    }

    /** The name in reports: {@code duplicate_id}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The words that follow "3 records". */
    public String clause() {
      return clause;
    }
  }

  public Problem {
    requireNonNull(kind, "kind is null");
    requireNonNull(section, "section is null");
    requireNonNull(place, "place is null");
    requireNonNull(record, "record is null");
    requireNonNull(reason, "reason is null");
  }

  /** One line: place, record, reason. */
  @Override
  public String toString() {
    return place + ": " + (record.isEmpty() ? "" : record + ": ") + reason;
  }
}
