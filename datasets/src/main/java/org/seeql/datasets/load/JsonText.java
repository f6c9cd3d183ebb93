package org.seeql.datasets.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** JSON in columns. MySQL keeps it in a form of its own, with other blanks and another order. */
final class JsonText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonText() {}

  /** The record's text if the stored one means the same, else the stored one. */
  static Optional<String> sameOr(Optional<String> stored, Optional<String> record) {
    if (stored.isEmpty() || record.isEmpty() || stored.equals(record)) {
      return stored;
    }
    try {
      boolean same = JSON.readTree(stored.get()).equals(JSON.readTree(record.get()));
      return same ? record : stored;
    } catch (JsonProcessingException e) {
      return stored;
    }
  }
}
