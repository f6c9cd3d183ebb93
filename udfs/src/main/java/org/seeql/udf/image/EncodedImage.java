package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An image's file in memory. Closing it returns its memory to the budget; no reference to the bytes
 * should remain after that.
 */
public final class EncodedImage implements AutoCloseable {
  private final byte[] bytes;
  private final Optional<ReadBudget.Reservation> room;

  EncodedImage(byte[] bytes, Optional<ReadBudget.Reservation> room) {
    this.bytes = requireNonNull(bytes, "bytes is null");
    this.room = requireNonNull(room, "room is null");
  }

  public byte[] bytes() {
    return bytes;
  }

  @Override
  public void close() {
    room.ifPresent(ReadBudget.Reservation::close);
  }
}
