package org.seeql.udf.image;

/**
 * The position of an image in a model's input. All sizes are in pixels.
 *
 * @param imageWidth of the original, upright
 * @param imageHeight of the original, upright
 * @param left of the resized image in the input; negative if it extends beyond the input
 * @param top of the resized image in the input; negative if it extends beyond the input
 * @param width of the resized image
 * @param height of the resized image
 */
public record Letterbox(int imageWidth, int imageHeight, int left, int top, int width, int height) {

  /**
   * The position of an image, rounded as in YOLOv5 (centred) and YOLOX (upper left).
   *
   * @see <a
   *     href="https://github.com/ultralytics/yolov5/blob/v7.0/utils/augmentations.py#L111">YOLOv5's
   *     letterbox</a>
   * @see <a
   *     href="https://github.com/Megvii-BaseDetection/YOLOX/blob/0.3.0/yolox/data/data_augment.py#L142">YOLOX's
   *     preproc</a>
   */
  public static Letterbox of(int imageWidth, int imageHeight, InputFormat input) {
    double across = input.width() / (double) imageWidth;
    double down = input.height() / (double) imageHeight;
    return switch (input.conversion().placement()) {
      case CENTERED -> {
        double scale = Math.min(across, down);
        int width = atLeastOne(Math.rint(imageWidth * scale));
        int height = atLeastOne(Math.rint(imageHeight * scale));
        int left = (int) Math.rint((input.width() - width) / 2.0 - 0.1);
        int top = (int) Math.rint((input.height() - height) / 2.0 - 0.1);
        yield new Letterbox(imageWidth, imageHeight, left, top, width, height);
      }
      case TOP_LEFT -> {
        double scale = Math.min(across, down);
        int width = atLeastOne(Math.floor(imageWidth * scale));
        int height = atLeastOne(Math.floor(imageHeight * scale));
        yield new Letterbox(imageWidth, imageHeight, 0, 0, width, height);
      }
      case STRETCH -> new Letterbox(imageWidth, imageHeight, 0, 0, input.width(), input.height());
      case CENTER_CROP -> {
        double scale = Math.max(across, down);
        int width = Math.max(input.width(), (int) Math.rint(imageWidth * scale));
        int height = Math.max(input.height(), (int) Math.rint(imageHeight * scale));
        int left = -((width - input.width()) / 2);
        int top = -((height - input.height()) / 2);
        yield new Letterbox(imageWidth, imageHeight, left, top, width, height);
      }
    };
  }

  private static int atLeastOne(double size) {
    return Math.max(1, (int) size);
  }

  /** Converts the input's x to the original's, clipped to the image. */
  public float imageX(float x) {
    return clip(unclippedX(x), imageWidth);
  }

  /** Converts the input's y to the original's, clipped to the image. */
  public float imageY(float y) {
    return clip(unclippedY(y), imageHeight);
  }

  /** Converts the input's x to the original's, also outside the image. */
  public float unclippedX(float x) {
    return (x - left) * imageWidth / width;
  }

  /** Converts the input's y to the original's, also outside the image. */
  public float unclippedY(float y) {
    return (y - top) * imageHeight / height;
  }

  private static float clip(float value, int size) {
    return Math.min(Math.max(value, 0), size);
  }
}
