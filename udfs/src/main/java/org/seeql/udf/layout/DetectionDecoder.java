package org.seeql.udf.layout;

import java.util.List;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.Letterbox;

/** Reads the detections of one image out of a detector's output. Thread-safe. */
public interface DetectionDecoder {

  /**
   * The detections of an image after non-maximum suppression, the best first.
   *
   * @param image its place in the batch, from 0
   * @param letterbox where the image lies in the model's input
   */
  List<Detection> decode(
      ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds);
}
