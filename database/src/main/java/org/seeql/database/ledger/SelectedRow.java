package org.seeql.database.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.Optional;

/**
 * An image of the selection.
 *
 * @param row from 1
 * @param id of any type; may be null
 * @param path of any type; bytes are UTF-8 text; may be null
 */
public record SelectedRow(long row, Object id, Object path) {
  /** The id in readable form, with bytes in hexadecimal. */
  public Optional<String> idText() {
    return Optional.ofNullable(id)
        .map(
            value ->
                value instanceof byte[] bytes
                    ? HexFormat.of().withUpperCase().formatHex(bytes)
                    : String.valueOf(value));
  }

  public Optional<String> pathText() {
    return Optional.ofNullable(path)
        .map(
            value ->
                value instanceof byte[] bytes ? new String(bytes, UTF_8) : String.valueOf(value));
  }
}
