package org.seeql.udf.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Proposal;

/** Weights, with expected values by hand. */
class ExplainedAnswerTest {
  private static Detection box(int classId, float score, float left) {
    return new Detection(classId, "class " + classId, score, left, 0, left + 10, 10);
  }

  @Test
  void weighsTheBestOverlapTimesTheScoreOfTheClass() {
    ExplainedAnswer answer = new ExplainedAnswer.Box(box(1, 0.9f, 0));

    // half of the box: IoU 1/3
    assertThat(weight(answer, box(1, 0.6f, 5), box(2, 1f, 0), box(1, 0.5f, 100)))
        .isCloseTo(0.6 / 3, within(1e-6));
    assertThat(weight(answer, box(1, 0.6f, 5), box(1, 0.3f, 0))).isCloseTo(0.3, within(1e-6));
    assertThat(weight(answer, box(2, 1f, 0))).isZero();
    assertThat(answer.wholeWeight()).isCloseTo(0.9, within(1e-6));
  }

  private static double weight(ExplainedAnswer answer, Detection... masked) {
    return answer.weight(new Prediction.Detections(100, 100, List.of(masked)));
  }

  @Test
  void weighsTheBestOverlapTimesTheCosineTimesTheObjectness() {
    ExplainedAnswer answer =
        new ExplainedAnswer.Proposed(new Proposal(box(0, 0.4f, 0), 0.8f, List.of(0.5f, 0f)));

    assertThat(
            weight(
                answer,
                // another class, but a cosine of 0.6
                new Proposal(box(1, 0.32f, 0), 0.4f, List.of(0.6f, 0.8f)),
                // the same class, half of the box
                new Proposal(box(0, 0.3f, 5), 0.6f, List.of(0.5f, 0f))))
        .isCloseTo(0.24, within(1e-6));
    assertThat(weight(answer, new Proposal(box(0, 0.3f, 5), 0.9f, List.of(0.1f, 0f))))
        .isCloseTo(0.3, within(1e-6));
    assertThat(weight(answer, new Proposal(box(1, 0.9f, 0), 0.9f, List.of(0f, 1f)))).isZero();
    assertThat(answer.wholeWeight()).isCloseTo(0.8, within(1e-6));
  }

  private static double weight(ExplainedAnswer answer, Proposal... masked) {
    return answer.weight(new Prediction.Proposals(100, 100, List.of(masked)));
  }
}
