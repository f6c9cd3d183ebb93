package org.seeql.launcher.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPatchTest {
  private static JsonNode patched(String document, String operation) {
    JsonNode node = ManifestFiles.parse(document);
    JsonPatch.apply(ManifestFiles.parse(operation), node);
    return node;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{a: 1}          | {op: add, path: /b~1c, value: 2}    | {a: 1, b/c: 2}",
        "{a: 1}          | {op: replace, path: /a, value: 2}   | {a: 2}",
        "{a: [1, 2]}     | {op: add, path: /a/1, value: 3}     | {a: [1, 3, 2]}",
        "{a: [1, 2]}     | {op: add, path: /a/-, value: 3}     | {a: [1, 2, 3]}",
        "{a: [1, {b: 2}]}| {op: replace, path: /a/1/b, value: 3}| {a: [1, {b: 3}]}",
        "{a: [1, 2]}     | {op: replace, path: /a/0, value: 3} | {a: [3, 2]}",
      })
  void addsAndReplaces(String document, String operation, String result) {
    assertThat(patched(document, operation)).isEqualTo(ManifestFiles.parse(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{op: remove, path: /a}           ",
        "{op: replace, path: /b, value: 1}",
        "{op: add, path: /b/c, value: 1}  ",
        "{op: add, path: /a/b, value: 1}  ",
      })
  void refusesAPathThatDoesNotExist(String operation) {
    assertThatThrownBy(() -> patched("{a: 1}", operation))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Cannot apply {\"op\":");
  }

  @Test
  void doesNotChangeTheDocumentOnRefusal() {
    JsonNode node = ManifestFiles.parse("{a: 1}");

    assertThatThrownBy(
            () -> JsonPatch.apply(ManifestFiles.parse("{op: move, from: /a, path: /b}"), node))
        .isExactlyInstanceOf(IllegalStateException.class);
    assertThat(node).isEqualTo(ManifestFiles.parse("{a: 1}"));
  }
}
