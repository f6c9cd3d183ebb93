package org.seeql.job.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.jsonType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.seeql.database.RefusalException;

/**
 * A column of a Parquet file: its type, and how its values are written. The types are those of the
 * <a href="https://parquet.apache.org/docs/file-format/types/logicaltypes/">specification</a>.
 */
record ParquetColumn(FileColumn column) {
  // The most digits that 32 and 64 bits can hold
  private static final int DIGITS_OF_INT32 = 9;
  private static final int DIGITS_OF_INT64 = 18;

  PrimitiveType type() {
    String name = column.name();
    return switch (column.kind()) {
      case BOOLEAN, BIT -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
      case INT8 -> Types.optional(INT32).as(intType(8, true)).named(name);
      case INT16 -> Types.optional(INT32).as(intType(16, true)).named(name);
      case INT32 -> Types.optional(INT32).as(intType(32, true)).named(name);
      case INT64 -> Types.optional(INT64).as(intType(64, true)).named(name);
      case UINT8 -> Types.optional(INT32).as(intType(8, false)).named(name);
      case UINT16 -> Types.optional(INT32).as(intType(16, false)).named(name);
      case UINT32 -> Types.optional(INT32).as(intType(32, false)).named(name);
      case UINT64, BITS -> Types.optional(INT64).as(intType(64, false)).named(name);
      case FLOAT -> Types.optional(PrimitiveTypeName.FLOAT).named(name);
      case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
      case DECIMAL -> decimal();
      case DATE -> Types.optional(INT32).as(dateType()).named(name);
      case DATETIME -> Types.optional(INT64).as(timestampType(false, TimeUnit.MICROS)).named(name);
      case TIMESTAMP -> Types.optional(INT64).as(timestampType(true, TimeUnit.MICROS)).named(name);
      case TEXT -> Types.optional(BINARY).as(stringType()).named(name);
      case JSON -> Types.optional(BINARY).as(jsonType()).named(name);
      case BYTES -> Types.optional(BINARY).named(name);
    };
  }

  private PrimitiveType decimal() {
    int precision = column.precision();
    if (precision <= DIGITS_OF_INT64) {
      return Types.optional(precision <= DIGITS_OF_INT32 ? INT32 : INT64)
          .as(decimalType(column.scale(), precision))
          .named(column.name());
    }
    return Types.optional(FIXED_LEN_BYTE_ARRAY)
        .length(decimalBytes())
        .as(decimalType(column.scale(), precision))
        .named(column.name());
  }

  /** The bytes of the largest number with all digits, and of its sign. */
  private int decimalBytes() {
    return BigInteger.TEN.pow(column.precision()).bitLength() / Byte.SIZE + 1;
  }

  /**
   * Writes a value that is not null.
   *
   * @throws RefusalException if Parquet has no such value
   */
  void write(Object value, RecordConsumer out) {
    try {
      switch (column.kind()) {
        case BOOLEAN -> out.addBoolean((Boolean) value);
        case BIT -> out.addBoolean(bits(value) != 0);
        case BITS -> out.addLong(bits(value));
        case INT8, INT16, INT32, UINT8, UINT16, UINT32 -> out.addInteger((int) integer(value));
        case INT64, UINT64 -> out.addLong(integer(value));
        case FLOAT -> out.addFloat(Float.parseFloat(value.toString()));
        case DOUBLE -> out.addDouble(Double.parseDouble(value.toString()));
        case DECIMAL -> writeDecimal(new BigDecimal(value.toString()), out);
        case DATE -> out.addInteger(Math.toIntExact(LocalDate.parse(text(value)).toEpochDay()));
        case DATETIME, TIMESTAMP -> out.addLong(micros(text(value)));
        case TEXT, JSON -> out.addBinary(Binary.fromConstantByteArray(text(value).getBytes(UTF_8)));
        case BYTES -> out.addBinary(Binary.fromConstantByteArray((byte[]) value));
      }
    } catch (DateTimeException e) {
      throw new RefusalException(
          "Parquet has no date %s (column %s); replace it, for example by NULL, or export to .csv or .jsonl"
              .formatted(value, column.name()));
    }
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes ? new String(bytes, UTF_8) : value.toString();
  }

  /** The lower 64 bits, which a reader interprets by the type. */
  private static long integer(Object value) {
    return value instanceof Integer || value instanceof Long
        ? ((Number) value).longValue()
        : new BigInteger(value.toString()).longValue();
  }

  private static long bits(Object value) {
    return new BigInteger(1, (byte[]) value).longValue();
  }

  private static long micros(String text) {
    LocalDateTime time = LocalDateTime.parse(text.replace(' ', 'T'));
    return Math.addExact(
        Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), 1_000_000L),
        time.getLong(ChronoField.MICRO_OF_SECOND));
  }

  private void writeDecimal(BigDecimal value, RecordConsumer out) {
    BigInteger digits = value.setScale(column.scale()).unscaledValue();
    if (column.precision() <= DIGITS_OF_INT32) {
      out.addInteger(digits.intValueExact());
    } else if (column.precision() <= DIGITS_OF_INT64) {
      out.addLong(digits.longValueExact());
    } else {
      byte[] shortest = digits.toByteArray();
      byte[] bytes = new byte[decimalBytes()];
      Arrays.fill(bytes, (byte) (digits.signum() < 0 ? -1 : 0));
      System.arraycopy(shortest, 0, bytes, bytes.length - shortest.length, shortest.length);
      out.addBinary(Binary.fromConstantByteArray(bytes));
    }
  }
}
