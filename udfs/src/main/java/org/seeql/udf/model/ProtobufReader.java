package org.seeql.udf.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Iterates over the fields of one Protocol Buffers message, without a schema.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">The encoding</a>
 */
final class ProtobufReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;
  private static final int LONGEST_VARINT = 10;

  /** A tag has 32 bits: the number of the field, and its wire type. */
  private static final int LONGEST_TAG = 5;

  private static final int WIRE_TYPE_BITS = 3;
  private static final int WIRE_TYPES = (1 << WIRE_TYPE_BITS) - 1;

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
   * Advances to the next field.
   *
   * @return whether there is one
   * @throws IllegalArgumentException if these bytes are not a message
   */
  boolean next() {
    if (!message.hasRemaining()) {
      return false;
    }
    int tag = tag();
    field = tag >>> WIRE_TYPE_BITS;
    wireType = tag & WIRE_TYPES;
    switch (wireType) {
      case VARINT -> number = varint();
      case FIXED64 -> content = take(Long.BYTES);
      case FIXED32 -> content = take(Integer.BYTES);
      case LENGTH_DELIMITED -> content = take(varint());
      default -> throw new IllegalArgumentException("it has a field of wire type " + wireType);
    }
    return true;
  }

  /**
   * Reads a tag strictly. Other readers take the lower 32 bits of a longer tag, and would see a
   * field that is skipped here.
   */
  private int tag() {
    int start = message.position();
    long tag = varint();
    boolean tooLong = message.position() - start > LONGEST_TAG || tag >>> Integer.SIZE != 0;
    if (tooLong || tag >>> WIRE_TYPE_BITS == 0) {
      throw new IllegalArgumentException("it has an invalid tag");
    }
    return (int) tag;
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

  /** Whether the current field has that number, and is a message or a string. */
  boolean isMessage(int number) {
    return field == number && wireType == LENGTH_DELIMITED;
  }

  /** Whether the current field has that number, and is a number. */
  boolean isNumber(int fieldNumber) {
    return field == fieldNumber && wireType == VARINT;
  }

  long number() {
    return number;
  }

  /** The bytes of the message in the current field. */
  ByteBuffer content() {
    return content.duplicate();
  }

  String text() {
    return StandardCharsets.UTF_8.decode(content.duplicate()).toString();
  }
}
