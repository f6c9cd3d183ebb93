package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An image's file in memory. Closing it returns its memory to the budget; no reference to the bytes
 * should remain after that.
 */
public final class EncodedImage implements AutoCloseable {
  private final byte[] bytes;
  private final Optional<ReadBudget.Reservation> reservation;

  EncodedImage(byte[] bytes, Optional<ReadBudget.Reservation> reservation) {
    this.bytes = requireNonNull(bytes, "bytes is null");
    this.reservation = requireNonNull(reservation, "reservation is null");
  }

  public byte[] bytes() {
    return bytes;
  }

  @Override
  public void close() {
    reservation.ifPresent(ReadBudget.Reservation::close);
  }
}
