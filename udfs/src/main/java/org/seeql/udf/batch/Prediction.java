package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.seeql.udf.detect.ClassScore;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Proposal;

/** The result for one image. */
public sealed interface Prediction extends Serializable {
  /** Why there is no prediction; empty if there is one. */
  default Optional<Failure> failure() {
    return Optional.empty();
  }

  /**
   * The objects of an image, best first.
   *
   * @param width of the original in pixels, rotated according to EXIF unless that is ignored
   */
  record Detections(int width, int height, List<Detection> detections) implements Prediction {
    public Detections {
      detections = List.copyOf(detections);
    }
  }

  /**
   * The objects of an image with all class probabilities, best first.
   *
   * @param width of the original in pixels, rotated according to EXIF unless that is ignored
   */
  record Proposals(int width, int height, List<Proposal> proposals) implements Prediction {
    public Proposals {
      proposals = List.copyOf(proposals);
    }
  }

  /**
   * The classes of an image, best first.
   *
   * @param width of the original in pixels, rotated according to EXIF unless that is ignored
   */
  record Classification(int width, int height, List<ClassScore> scores) implements Prediction {
    public Classification {
      scores = List.copyOf(scores);
    }
  }

  /**
   * The classes of an image that reach the minimum score, best first. An image can have none.
   *
   * @param width of the original in pixels, rotated according to EXIF unless that is ignored
   */
  record Tags(int width, int height, List<ClassScore> scores) implements Prediction {
    public Tags {
      scores = List.copyOf(scores);
    }
  }

  /**
   * The vector of an image.
   *
   * @param width of the original in pixels, rotated according to EXIF unless that is ignored
   * @param vector one number per dimension; must not be changed
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Embedding(int width, int height, float[] vector) implements Prediction {}

  /**
   * An image without a prediction.
   *
   * @param stage {@code read}, {@code decode} or {@code model}
   * @param reason a sentence for people
   */
  record Failure(String stage, String reason) implements Prediction {
    public Failure {
      requireNonNull(stage, "stage is null");
      requireNonNull(reason, "reason is null");
    }

    @Override
    public Optional<Failure> failure() {
      return Optional.of(this);
    }
  }
}
