package org.seeql.datasets.voc;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.seeql.datasets.record.Problem;

/** Reads values of a document. The first invalid value is recorded as the fault. */
final class VocFields {
  private final VocValues values;
  private Optional<Fault> fault = Optional.empty();

  /** The reason why a value is invalid. */
  record Fault(Problem.Kind kind, String reason) {}

  VocFields(VocValues values) {
    this.values = requireNonNull(values, "values is null");
  }

  Optional<Fault> fault() {
    return fault;
  }

  Optional<String> text(String name) {
    if (values.ambiguous().contains(name)) {
      fault(Problem.Kind.BAD_VALUE, "it has more than one " + name);
    }
    return Optional.ofNullable(values.texts().get(name)).filter(value -> !value.isEmpty());
  }

  String requiredText(String name) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      fault(Problem.Kind.MISSING_FIELD, "it has no " + name);
    }
    return text.orElse("");
  }

  /** A number that may have decimals, as some tools write it. */
  double requiredNumber(String name) {
    OptionalDouble number = number(name, requiredText(name));
    return number.orElse(0);
  }

  int requiredInteger(String name) {
    double number = requiredNumber(name);
    if (fault.isEmpty() && number != (int) number) {
      fault(Problem.Kind.WRONG_TYPE, "its " + name + " is not an integer: " + text(name).get());
    }
    return (int) number;
  }

  OptionalInt integer(String name) {
    return text(name).isPresent() ? OptionalInt.of(requiredInteger(name)) : OptionalInt.empty();
  }

  /** 0 or 1; empty for other values, which some tools write for "unknown". */
  OptionalInt flag(String name) {
    return text(name).filter(value -> value.equals("0") || value.equals("1")).stream()
        .mapToInt(Integer::parseInt)
        .findFirst();
  }

  private OptionalDouble number(String name, String text) {
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return OptionalDouble.of(number);
      }
      fault(Problem.Kind.NOT_A_NUMBER, "its " + name + " is not a finite number: " + text);
    } catch (NumberFormatException e) {
      fault(Problem.Kind.WRONG_TYPE, "its " + name + " is not a number: " + text);
    }
    return OptionalDouble.empty();
  }

  private void fault(Problem.Kind kind, String reason) {
    if (fault.isEmpty()) {
      fault = Optional.of(new Fault(kind, reason));
    }
  }
}
