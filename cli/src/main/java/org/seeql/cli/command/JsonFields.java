package org.seeql.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seeql.planner.message.NearestNames;

/** The fields of a JSON object. Unknown fields and values of a wrong type are errors. */
final class JsonFields {
  private final String what;
  private final JsonNode object;

  /**
   * @param what the name of the object, as the start of an error message
   * @param known the allowed field names; none means that all are allowed
   */
  JsonFields(String what, JsonNode object, String... known) {
    this.what = what;
    this.object = object;
    if (!object.isObject()) {
      throw new InputException("%s is not an object".formatted(what));
    }
    for (String name : names()) {
      if (known.length > 0 && !Arrays.asList(known).contains(name)) {
        throw new InputException(
            what + ": " + NearestNames.unknown("field", name, Arrays.asList(known)));
      }
    }
  }

  /** An invalid document: an error in the user's input. */
  static final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InputException(String message) {
      super(message);
    }

    InputException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  String what() {
    return what;
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  boolean has(String name) {
    return object.has(name);
  }

  private JsonNode required(String name) {
    if (!object.has(name)) {
      throw new InputException("%s has no '%s'".formatted(what, name));
    }
    return object.get(name);
  }

  private String place(String name) {
    return "'" + name + "' of " + what;
  }

  String text(String name) {
    JsonNode value = required(name);
    if (!value.isTextual()) {
      throw invalid(name, value, "a string");
    }
    return value.textValue();
  }

  /** A number from 0 to {@code most}. */
  double number(String name, double most) {
    JsonNode value = required(name);
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (!(number >= 0 && number <= most)) {
      throw invalid(name, value, most == 1 ? "a number from 0 to 1" : "a finite number from 0");
    }
    return number;
  }

  /** A number between 0 and 1, both exclusive. */
  double openFraction(String name) {
    double number = number(name, 1);
    if (number == 0 || number == 1) {
      throw invalid(name, object.get(name), "a number between 0 and 1, both exclusive");
    }
    return number;
  }

  <E extends Enum<E>> E choice(String name, E byDefault) {
    if (!object.has(name)) {
      return byDefault;
    }
    E[] all = byDefault.getDeclaringClass().getEnumConstants();
    List<String> words = Arrays.stream(all).map(e -> e.name().toLowerCase(Locale.ROOT)).toList();
    int at = words.indexOf(object.get(name).textValue());
    if (at < 0) {
      throw invalid(name, object.get(name), String.join(", ", words));
    }
    return all[at];
  }

  /** A nested object. */
  JsonFields fields(String name, String... known) {
    return new JsonFields(place(name), required(name), known);
  }

  Optional<JsonFields> findFields(String name, String... known) {
    return object.has(name) ? Optional.of(fields(name, known)) : Optional.empty();
  }

  List<JsonNode> list(String name) {
    JsonNode value = required(name);
    if (!value.isArray()) {
      throw invalid(name, value, "a list");
    }
    List<JsonNode> elements = new ArrayList<>();
    value.elements().forEachRemaining(elements::add);
    return elements;
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list(name)) {
      if (!element.isTextual()) {
        throw invalid(name, element, "texts");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  private InputException invalid(String name, JsonNode value, String allowed) {
    String shown = value.isNumber() ? value.asText() : value.toString();
    return new InputException(
        "Invalid %s: %s (%s)"
            .formatted(
                place(name), shown.length() > 60 ? shown.substring(0, 59) + "…" : shown, allowed));
  }
}
