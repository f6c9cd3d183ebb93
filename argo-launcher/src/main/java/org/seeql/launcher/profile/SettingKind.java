package org.seeql.launcher.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kind of a setting's value in a profile. */
public enum SettingKind {
  TEXT("a text or a number") {
    @Override
    Optional<List<String>> read(JsonNode value) {
      return scalar(value);
    }
  },
  NUMBER("a whole number") {
    @Override
    Optional<List<String>> read(JsonNode value) {
      return value.isInt() ? scalar(value) : Optional.empty();
    }
  },
  LIST("a list of texts") {
    @Override
    Optional<List<String>> read(JsonNode value) {
      List<String> texts = new ArrayList<>();
      for (JsonNode item : value) {
        scalar(item).ifPresent(texts::addAll);
      }
      return value.isArray() && texts.size() == value.size()
          ? Optional.of(texts)
          : Optional.empty();
    }
  },
  /** Keys with texts. On the command line: {@code KEY=VALUE}, repeated. */
  MAPPING("a mapping of keys to texts") {
    @Override
    Optional<List<String>> read(JsonNode value) {
      List<String> texts = new ArrayList<>();
      value
          .properties()
          .forEach(
              field ->
                  scalar(field.getValue())
                      .ifPresent(text -> texts.add(field.getKey() + "=" + text.get(0))));
      return value.isObject() && texts.size() == value.size()
          ? Optional.of(texts)
          : Optional.empty();
    }
  };

  private final String description;

  SettingKind(String description) {
    this.description = description;
  }

  /** What a value must be. */
  String description() {
    return description;
  }

  /** The values as on the command line, empty if the value is of another kind. */
  abstract Optional<List<String>> read(JsonNode value);

  private static Optional<List<String>> scalar(JsonNode value) {
    return value.isValueNode() && !value.isNull()
        ? Optional.of(List.of(value.asText()))
        : Optional.empty();
  }
}
