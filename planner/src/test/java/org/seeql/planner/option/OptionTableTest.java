package org.seeql.planner.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptionTableTest {
  @ParameterizedTest
  @EnumSource(OptionScope.class)
  void givesEveryNameOneMeaningInAScope(OptionScope scope) {
    // refuses two options with one name
    OptionList options = OptionTable.of(scope);

    assertThat(options).isNotEmpty();
    assertThat(options).allSatisfy(option -> assertThat(option.meaning(scope)).isNotBlank());
  }

  @Test
  void namesEveryOptionByAConstant() {
    List<Object> constants =
        Arrays.stream(OptionTable.class.getFields())
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .map(OptionTableTest::value)
            .toList();

    assertThat(OptionTable.all()).isNotEmpty();
    assertThat(constants).containsExactlyElementsOf(OptionTable.all());
  }

  private static Object value(Field field) {
    try {
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void givesOptionsOfTheCommandLineALabel() {
    assertThat(OptionTable.of(OptionScope.COMMAND_LINE))
        .allSatisfy(option -> assertThat(option.label()).isNotEqualTo("VALUE"));
  }

  /** The options of a statement take precedence over the command line, so it must have them too. */
  @Test
  void givesTheCommandLineOnlyOptionsOfRuns() {
    assertThat(OptionTable.of(OptionScope.COMMAND_LINE).notIn(OptionScope.RUN)).isEmpty();
  }

  /**
   * Stored fingerprints of requests contain these options. A different set invalidates them: every
   * image would be new, or {@code only_new} would mix answers. An option that is added later is not
   * stored with its default value, and not listed here.
   */
  @Test
  void changesAnswersByTheSameOptionsAsEarlierVersions() {
    assertThat(names(AnswerKind.DETECTION))
        .containsExactlyInAnyOrder(
            "exif_rotation", "accuracy", "class_coverage", "confidence", "iou", "max_detections");
    assertThat(names(AnswerKind.CLASSIFICATION))
        .containsExactlyInAnyOrder("exif_rotation", "accuracy", "class_coverage", "top_k");
    assertThat(names(AnswerKind.TAGGING))
        .containsExactlyInAnyOrder("exif_rotation", "accuracy", "class_coverage", "confidence");
    assertThat(names(AnswerKind.EMBEDDING))
        .containsExactlyInAnyOrder("exif_rotation", "accuracy", "class_coverage");
    assertThat(names(AnswerKind.SEARCH))
        .containsExactlyInAnyOrder(
            "exif_rotation", "accuracy", "class_coverage", "iou", "max_detections");
  }

  @ParameterizedTest
  @EnumSource(AnswerKind.class)
  void changesEveryKindOfAnswerByOptionsOfTheImageAndTheClasses(AnswerKind kind) {
    assertThat(names(kind)).contains("exif_rotation", "accuracy", "class_coverage");
  }

  @Test
  void changesAnswersOnlyByOptionsOfRuns() {
    assertThat(OptionTable.all())
        .filteredOn(option -> !option.isIn(OptionScope.RUN))
        .allSatisfy(
            option ->
                assertThat(AnswerKind.values())
                    .allSatisfy(k -> assertThat(option.changes(k)).isFalse()));
  }

  private static List<String> names(AnswerKind kind) {
    List<String> names = new ArrayList<>();
    for (OptionDefinition<?> option : OptionTable.of(OptionScope.RUN).thatChange(kind)) {
      if (isStoredWithDefault(option)) {
        names.add(option.name());
      }
    }
    return names;
  }

  private static <T> boolean isStoredWithDefault(OptionDefinition<T> option) {
    return option.defaultValue().map(option::isStored).orElse(true);
  }

  @Test
  void readsEveryDefaultBack() {
    assertThat(OptionTable.all()).allSatisfy(OptionTableTest::readsItsDefaultBack);
  }

  private static <T> void readsItsDefaultBack(OptionDefinition<T> option) {
    option
        .defaultValue()
        .filter(value -> !List.of().equals(value))
        .ifPresent(
            value ->
                assertThat(option.type().parse(option.type().text(value)))
                    .as(option.name())
                    .isEqualTo(value));
  }

  @Test
  void knowsAliases() {
    assertThat(OptionSet.canonicalName("WRITE-MODE")).isEqualTo("mode");
    assertThat(OptionSet.canonicalName(" batch-size")).isEqualTo("batch_size");
    assertThat(OptionSet.canonicalName("other")).isEqualTo("other");
  }
}
