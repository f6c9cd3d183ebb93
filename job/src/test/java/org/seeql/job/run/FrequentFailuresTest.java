package org.seeql.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seeql.job.FrequentFailure;

class FrequentFailuresTest {
  @Test
  void reasonsThatDifferInPathsNumbersAndQuotedValuesAreTheSame() {
    List<FrequentFailure> failures = new ArrayList<>();
    failures.add(failure("decode", "The PNG file of 17 bytes is damaged", "b.png"));
    for (int i = 0; i < 4; i++) {
      String path = "my photos/" + i + " (old).jpg";
      failures.add(failure("read", "There is no such file: /data/" + path, path));
      failures.add(failure("decode", "The PNG file of " + i + " bytes is damaged", i + ".png"));
    }
    failures.add(failure("read", "The path '../a.jpg' leaves the image root /data", "../a.jpg"));
    failures.add(failure("read", "The path '../b.jpg' leaves the image root /data", "../b.jpg"));
    failures.add(failure("read", "The path is NULL", ""));

    assertThat(FrequentFailures.among(failures))
        .containsExactly(
            new FrequentFailure(5, "decode", "The PNG file of 17 bytes is damaged", "b.png"),
            new FrequentFailure(
                4,
                "read",
                "There is no such file: /data/my photos/0 (old).jpg",
                "my photos/0 (old).jpg"),
            new FrequentFailure(
                2, "read", "The path '../a.jpg' leaves the image root /data", "../a.jpg"));
  }

  @Test
  void sameReasonsInDifferentStagesAreDifferent() {
    List<FrequentFailure> failures = List.of(failure("read", "x", ""), failure("decode", "x", ""));

    assertThat(FrequentFailures.among(failures)).isEqualTo(failures);
    assertThat(FrequentFailures.among(List.of())).isEmpty();
  }

  @Test
  void namesAnExampleUnlessTheReasonDoes() {
    assertThat(failure("decode", "The file is empty", "a.jpg").text())
        .isEqualTo("decode: The file is empty, for example 'a.jpg'");
    assertThat(failure("read", "There is no such file: /x/a.jpg", "a.jpg").text())
        .isEqualTo("read: There is no such file: /x/a.jpg");
    assertThat(failure("read", "The path is NULL", "").text()).isEqualTo("read: The path is NULL");
  }

  private static FrequentFailure failure(String stage, String reason, String path) {
    return new FrequentFailure(1, stage, reason, path);
  }
}
