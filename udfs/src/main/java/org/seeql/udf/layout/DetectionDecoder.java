package org.seeql.udf.layout;

import java.util.List;
import java.util.Optional;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Proposal;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.Letterbox;

/** Decodes the detections of one image from a detector's output. Thread-safe. */
public interface DetectionDecoder {

  /**
   * The detections of an image, after non-maximum suppression if the layout needs it, the best
   * first.
   *
   * @param image its index in the batch, from 0
   * @param letterbox the position of the image in the model's input
   */
  List<Detection> decode(
      ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds);

  /**
   * The same decoder for callers that use only the boxes; a geometry that is expensive is left out.
   */
  default DetectionDecoder boxesOnly() {
    return this;
  }

  /** A decoder that keeps all class probabilities; empty if the layout has no objectness. */
  default Optional<ProposalDecoder> proposals() {
    return Optional.empty();
  }

  /** Decodes the same detections, with all class probabilities. Thread-safe. */
  interface ProposalDecoder {
    List<Proposal> decode(
        ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds);
  }
}
