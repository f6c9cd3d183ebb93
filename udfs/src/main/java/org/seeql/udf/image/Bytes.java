package org.seeql.udf.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers in a file; reading beyond its end is an {@link IndexOutOfBoundsException}. */
final class Bytes {
  private final ByteBuffer bytes;

  private Bytes(byte[] file, ByteOrder order) {
    bytes = ByteBuffer.wrap(file).order(order);
  }

  static Bytes littleEndian(byte[] file) {
    return new Bytes(file, ByteOrder.LITTLE_ENDIAN);
  }

  static Bytes bigEndian(byte[] file) {
    return new Bytes(file, ByteOrder.BIG_ENDIAN);
  }

  int u8(int offset) {
    return Byte.toUnsignedInt(bytes.get(offset));
  }

  int u16(int offset) {
    return Short.toUnsignedInt(bytes.getShort(offset));
  }

  int s32(int offset) {
    return bytes.getInt(offset);
  }

  long u32(int offset) {
    return Integer.toUnsignedLong(bytes.getInt(offset));
  }

  int length() {
    return bytes.capacity();
  }
}
