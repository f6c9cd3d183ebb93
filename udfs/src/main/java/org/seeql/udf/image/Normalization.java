package org.seeql.udf.image;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The usual means and standard deviations of pixel values of 0 to 1, with which models are trained.
 *
 * @see <a href="https://docs.pytorch.org/vision/stable/models.html">torchvision's models</a>
 * @see <a
 *     href="https://github.com/huggingface/pytorch-image-models/blob/main/timm/data/constants.py">timm's
 *     constants</a>
 */
public enum Normalization {
  NONE,
  /** Of torchvision, and of most models of timm. */
  IMAGENET,
  /** Values of -1 to 1: of Inception, of many vision transformers, and of models of TensorFlow. */
  HALF,
  CLIP;

  /** Per channel, in that order. */
  public List<Double> mean(ColorOrder color) {
    return ordered(
        color,
        switch (this) {
          case NONE -> List.of(0.0, 0.0, 0.0);
          case IMAGENET -> List.of(0.485, 0.456, 0.406);
          case HALF -> List.of(0.5, 0.5, 0.5);
          case CLIP -> List.of(0.48145466, 0.4578275, 0.40821073);
        });
  }

  /** Per channel, in that order. */
  public List<Double> std(ColorOrder color) {
    return ordered(
        color,
        switch (this) {
          case NONE -> List.of(1.0, 1.0, 1.0);
          case IMAGENET -> List.of(0.229, 0.224, 0.225);
          case HALF -> List.of(0.5, 0.5, 0.5);
          case CLIP -> List.of(0.26862954, 0.26130258, 0.27577711);
        });
  }

  private static List<Double> ordered(ColorOrder color, List<Double> rgb) {
    List<Double> ordered = new ArrayList<>(rgb);
    if (color == ColorOrder.BGR) {
      Collections.reverse(ordered);
    }
    return List.copyOf(ordered);
  }
}
