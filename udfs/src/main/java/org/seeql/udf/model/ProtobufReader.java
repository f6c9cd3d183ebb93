package org.seeql.udf.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Goes through the fields of one message of Protocol Buffers. Knows no schema.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">The encoding</a>
 */
final class ProtobufReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;
  private static final int LONGEST_VARINT = 10;

  private final ByteBuffer message;
  private int field;
  private int wireType;
  private long number;
  private ByteBuffer content;

  ProtobufReader(ByteBuffer message) {
    this.message = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    content = message.duplicate().limit(message.position());
  }

  /**
   * Goes to the next field.
   *
   * @return whether there is one
   * @throws IllegalArgumentException if these bytes are no message
   */
  boolean next() {
    if (!message.hasRemaining()) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    wireType = (int) (tag & 7);
    switch (wireType) {
      case VARINT -> number = varint();
      case FIXED64 -> content = take(Long.BYTES);
      case FIXED32 -> content = take(Integer.BYTES);
      case LENGTH_DELIMITED -> content = take(varint());
      default -> throw new IllegalArgumentException("it has a field of wire type " + wireType);
    }
    return true;
  }

  private long varint() {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      if (!message.hasRemaining()) {
        throw new IllegalArgumentException("it ends within a number");
      }
      byte next = message.get();
      value |= (next & 0x7FL) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("it has a number of more than 64 bits");
  }

  private ByteBuffer take(long bytes) {
    if (bytes < 0 || bytes > message.remaining()) {
      throw new IllegalArgumentException("it ends within a field");
    }
    ByteBuffer taken = message.slice(message.position(), (int) bytes);
    message.position(message.position() + (int) bytes);
    return taken;
  }

  /** Whether this is that field, and a message or a text. */
  boolean isMessage(int number) {
    return field == number && wireType == LENGTH_DELIMITED;
  }

  /** Whether this is that field, and a number. */
  boolean isNumber(int fieldNumber) {
    return field == fieldNumber && wireType == VARINT;
  }

  long number() {
    return number;
  }

  /** The bytes of the message in this field. */
  ByteBuffer content() {
    return content.duplicate();
  }

  String text() {
    return StandardCharsets.UTF_8.decode(content.duplicate()).toString();
  }
}
