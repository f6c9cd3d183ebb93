package org.seeql.planner.statement;

import java.math.BigDecimal;
import java.util.List;

/** The value of an attribute. */
public sealed interface AttributeValue {

  /** The value as a command-line option: lists with commas, no quotes. */
  String text();

  record NumberValue(BigDecimal value) implements AttributeValue {
    @Override
    public String text() {
      return value.toPlainString();
    }
  }

  /** A string, or an unquoted word. */
  record StringValue(String value) implements AttributeValue {
    @Override
    public String text() {
      return value;
    }
  }

  record BooleanValue(boolean value) implements AttributeValue {
    @Override
    public String text() {
      return Boolean.toString(value);
    }
  }

  record ListValue(List<AttributeValue> values) implements AttributeValue {
    public ListValue {
      values = List.copyOf(values);
    }

    @Override
    public String text() {
      return String.join(",", values.stream().map(AttributeValue::text).toList());
    }
  }

  /** Any other expression, as written: {@code 2 * (3 + 4)}. */
  record ExpressionValue(String source) implements AttributeValue {
    @Override
    public String text() {
      return source;
    }
  }
}
