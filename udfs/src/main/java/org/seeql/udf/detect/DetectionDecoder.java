package org.seeql.udf.detect;

import java.util.List;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelOutputs;

/** Reads the detections of one image out of a detector's output. Thread-safe. */
public interface DetectionDecoder {

  /** The decoder of a detector's layout. */
  static DetectionDecoder of(ModelDescription model) {
    return switch (model.layout()) {
      case YOLOV5 -> new YoloV5Decoder(model.labels());
      case YOLOV8 -> new YoloV8Decoder(model.labels());
      case YOLOX -> new YoloXDecoder(model.labels(), model.input());
      case TORCHVISION -> new TorchvisionDecoder(model.labels());
      case CLASSIFICATION ->
          throw new IllegalArgumentException("Model " + model.name() + " does not detect");
    };
  }

  /**
   * The detections of an image after non-maximum suppression, the best first.
   *
   * @param image its place in the batch, from 0
   * @param letterbox where the image lies in the model's input
   */
  List<Detection> decode(
      ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds);
}
