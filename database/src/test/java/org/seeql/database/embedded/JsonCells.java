package org.seeql.database.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows as text, with normalized JSON if the server is MySQL. MySQL sorts the keys, adds spaces and
 * writes whole numbers as 1.0. MariaDB keeps JSON as it was written.
 */
public final class JsonCells {
  private static final ObjectMapper JSON =
      JsonMapper.builder().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true).build();

  private JsonCells() {}

  /**
   * Normalizes every cell that contains JSON.
   *
   * @param rows with columns separated by a vertical bar
   */
  public static List<String> alike(List<String> rows) {
    if (ServerKind.ofTests() == ServerKind.MARIADB) {
      return rows;
    }
    return rows.stream()
        .map(row -> Arrays.stream(row.split("\\|", -1)).map(JsonCells::cell))
        .map(cells -> cells.collect(Collectors.joining("|")))
        .toList();
  }

  private static String cell(String text) {
    if (!text.startsWith("{") && !text.startsWith("[")) {
      return text;
    }
    try {
      Object value = JSON.readValue(text, Object.class);
      return JSON.writeValueAsString(value).replaceAll("(?<=\\d)\\.0(?=[,\\]}])", "");
    } catch (JsonProcessingException e) {
      return text;
    }
  }
}
