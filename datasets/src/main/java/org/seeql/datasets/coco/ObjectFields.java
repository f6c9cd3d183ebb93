package org.seeql.datasets.coco;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.seeql.datasets.record.AnnotationRecord.Box;
import org.seeql.datasets.record.Problem;

/**
 * Reads the fields of one JSON object, from its opening brace to its closing brace. An invalid
 * value is returned as empty, and the first such fault is recorded.
 */
final class ObjectFields {
  private static final int BOX_NUMBERS = 4;
  private static final int LONGEST_QUOTE = 60;

  private final JsonParser json;
  private final JsonCopy extra = new JsonCopy();
  private Optional<Fault> fault = Optional.empty();

  /** The reason why an object is invalid. */
  record Fault(Problem.Kind kind, String reason) {}

  /**
   * @param json at the object's opening brace
   */
  ObjectFields(JsonParser json) {
    this.json = requireNonNull(json, "json is null");
  }

  /** Advances to the next field's value. Returns whether there is one. */
  boolean next() throws IOException {
    if (json.nextToken() == JsonToken.END_OBJECT) {
      return false;
    }
    json.nextToken();
    return true;
  }

  String name() throws IOException {
    return json.currentName();
  }

  Optional<Fault> fault() {
    return fault;
  }

  void fault(Problem.Kind kind, String reason) {
    if (fault.isEmpty()) {
      fault = Optional.of(new Fault(kind, reason));
    }
  }

  /** Adds the field to the {@link #extra} fields. */
  void keep() throws IOException {
    String name = name();
    extra.field(name, json);
    check(extra, name);
  }

  Optional<String> extra() {
    if (extra.isEmpty() || fault.isPresent()) {
      return Optional.empty();
    }
    extra.endObject();
    return Optional.of(extra.text());
  }

  OptionalLong integer() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      try {
        return OptionalLong.of(json.getLongValue());
      } catch (InputCoercionException e) {
        fault(Problem.Kind.BAD_VALUE, "its " + name() + " does not fit into 64 bits: " + quote());
        return OptionalLong.empty();
      }
    }
    wrongType("an integer");
    return OptionalLong.empty();
  }

  /** An integer; empty if it is null. */
  OptionalLong optionalInteger() throws IOException {
    return json.currentToken() == JsonToken.VALUE_NULL ? OptionalLong.empty() : integer();
  }

  OptionalInt smallInteger() throws IOException {
    OptionalLong value = integer();
    if (value.isPresent() && value.getAsLong() != (int) value.getAsLong()) {
      fault(
          Problem.Kind.BAD_VALUE,
          "its " + name() + " does not fit into 32 bits: " + value.getAsLong());
      return OptionalInt.empty();
    }
    return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
  }

  /** 0 or 1, also from a boolean. */
  OptionalInt flag() throws IOException {
    if (json.currentToken().isBoolean()) {
      return OptionalInt.of(json.getBooleanValue() ? 1 : 0);
    }
    OptionalLong value = integer();
    if (value.isPresent() && value.getAsLong() != 0 && value.getAsLong() != 1) {
      fault(Problem.Kind.BAD_VALUE, "its " + name() + " is neither 0 nor 1: " + quote());
      return OptionalInt.empty();
    }
    return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
  }

  OptionalDouble number() throws IOException {
    if (json.currentToken() == null || !json.currentToken().isNumeric()) {
      wrongType("a number");
      return OptionalDouble.empty();
    }
    double value = unsignedZero(json.getDoubleValue());
    if (!Double.isFinite(value)) {
      fault(Problem.Kind.NOT_A_NUMBER, "its " + name() + " is not a finite number: " + quote());
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(value);
  }

  /** A text; empty if it is null. */
  Optional<String> text() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return sound(json.getText());
    }
    if (json.currentToken() != JsonToken.VALUE_NULL) {
      wrongType("a string");
    }
    return Optional.empty();
  }

  /** Any value as text; empty if it is null, a list or an object. */
  Optional<String> anyText() throws IOException {
    if (json.currentToken().isStructStart()) {
      json.skipChildren();
      return Optional.empty();
    }
    return json.currentToken() == JsonToken.VALUE_NULL ? Optional.empty() : sound(json.getText());
  }

  /**
   * Rejects an unpaired surrogate. No character set can encode it, so the database would return a
   * different text.
   */
  private Optional<String> sound(String text) throws IOException {
    if (JsonCopy.hasHalfPair(text)) {
      halfPair(name());
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private void halfPair(String name) {
    fault(Problem.Kind.BAD_VALUE, "its " + name + " contains half of a surrogate pair");
  }

  /** A list or an object as JSON text; empty if it is null. */
  Optional<String> structure() throws IOException {
    if (!json.currentToken().isStructStart()) {
      if (json.currentToken() != JsonToken.VALUE_NULL) {
        wrongType("a list or an object");
      }
      return Optional.empty();
    }
    String name = name();
    JsonCopy copy = new JsonCopy();
    copy.value(json);
    check(copy, name);
    return Optional.of(copy.text());
  }

  private void check(JsonCopy copy, String name) {
    if (copy.isTooLong()) {
      fault(
          Problem.Kind.BAD_VALUE,
          "its " + name + " is longer than " + (JsonCopy.MAX_CHARACTERS >> 20) + " MiB");
    } else if (copy.hasNonNumbers()) {
      fault(Problem.Kind.NOT_A_NUMBER, "its " + name + " contains NaN or infinity");
    } else if (copy.hasHalfPairs()) {
      halfPair(name);
    }
  }

  /** [x, y, width, height]. */
  Optional<Box> box() throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      wrongType("a list of 4 numbers");
      return Optional.empty();
    }
    double[] numbers = new double[BOX_NUMBERS];
    int count = 0;
    boolean numeric = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (!json.currentToken().isNumeric()) {
        numeric = false;
        json.skipChildren();
      } else if (count < BOX_NUMBERS) {
        numbers[count] = unsignedZero(json.getDoubleValue());
        numeric &= isFinite(numbers[count]);
      }
      count++;
    }
    if (!numeric || count != BOX_NUMBERS) {
      fault(
          Problem.Kind.WRONG_TYPE,
          "its bbox is not a list of 4 numbers"
              + (count == BOX_NUMBERS ? "" : ": it has " + count));
      return Optional.empty();
    }
    return Optional.of(new Box(numbers[0], numbers[1], numbers[2], numbers[3]));
  }

  /** Normalizes -0, because databases have only one zero. */
  private static double unsignedZero(double value) {
    return value + 0.0;
  }

  private boolean isFinite(double number) {
    if (!Double.isFinite(number)) {
      fault(Problem.Kind.NOT_A_NUMBER, "its bbox contains " + number);
    }
    return Double.isFinite(number);
  }

  private void wrongType(String wanted) throws IOException {
    String name = json.currentName();
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      fault(Problem.Kind.MISSING_FIELD, "its " + name + " is null");
      return;
    }
    boolean nested = json.currentToken().isStructStart();
    String found =
        nested ? (json.currentToken() == JsonToken.START_ARRAY ? "a list" : "an object") : quote();
    fault(Problem.Kind.WRONG_TYPE, "its " + name + " is not " + wanted + ": " + found);
    if (nested) {
      json.skipChildren();
    }
  }

  private String quote() throws IOException {
    String text = json.getText();
    String cut = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text;
    return json.currentToken() == JsonToken.VALUE_STRING ? '"' + cut + '"' : cut;
  }
}
