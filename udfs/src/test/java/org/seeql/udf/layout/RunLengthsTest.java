package org.seeql.udf.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLengthsTest {
  /** Expected values: {@code encode} of pycocotools 2.0. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10||:",
        "10|0-10|0:",
        "10|0-3|037",
        "10|3-10|37",
        "10|2-4,4-6|244",
        "1000|5-300,320-321,400-999|5W9d0jFk1fb0bM",
        "100000|31-32,16000-99999|o01Pc?nPb2Q]@",
        "200|0-1,2-3,100-101,150-199|0110P30`N`1`N",
      })
  void encodesRunsAsPycocotools(int pixels, String runs, String expected) {
    RunLengths lengths = new RunLengths();

    if (runs != null) {
      for (String run : runs.split(",")) {
        String[] ends = run.split("-");
        lengths.add(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
      }
    }

    assertThat(lengths.text(pixels)).isEqualTo(expected);
  }
}
