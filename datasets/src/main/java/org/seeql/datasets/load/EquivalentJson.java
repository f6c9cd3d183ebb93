package org.seeql.datasets.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** JSON in columns. MySQL stores it in its own format, with different spaces and order. */
final class EquivalentJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EquivalentJson() {}

  /** The record's text if it is equivalent to the stored text, else the stored text. */
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
