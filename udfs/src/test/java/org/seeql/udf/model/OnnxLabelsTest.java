package org.seeql.udf.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OnnxLabelsTest {
  @Test
  void readsDictionariesAndLists() {
    assertThat(OnnxLabels.parse("{0: 'red', 1: \"gr'een\", 2: 'bl\\'ue'}"))
        .containsExactly("red", "gr'een", "bl'ue");
    assertThat(OnnxLabels.parse("['class 1', '2: b']")).containsExactly("class 1", "2: b");
  }

  @Test
  void readsNothingElse() {
    assertThat(OnnxLabels.parse("{1: 'red', 2: 'green'}")).isEmpty();
    assertThat(OnnxLabels.parse("{0: 'red', 1: 'green")).isEmpty();
    assertThat(OnnxLabels.parse("")).isEmpty();
  }

  @Test
  void readsLabelsOfAnyLength() {
    String plain = "x".repeat(100_000);
    String quotes = "\\'".repeat(100_000);

    assertThat(OnnxLabels.parse("['" + plain + "', '" + quotes + "']"))
        .containsExactly(plain, "'".repeat(100_000));
  }
}
