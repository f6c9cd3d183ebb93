package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import org.opencv.core.Mat;

/**
 * Turns an image's file into one slot of a model's input: decodes, turns upright, resizes, pads,
 * scales. Keeps its native buffers from one image to the next. One thread's; close it.
 */
public final class InputWriter implements AutoCloseable {
  private final InputFormat format;
  private final ImageDecoder decoder = new ImageDecoder();
  private final TensorWriter tensors;

  public InputWriter(InputFormat format) {
    this.format = requireNonNull(format, "format is null");
    tensors = new TensorWriter(format);
  }

  /**
   * Writes one image.
   *
   * @param slot of the target, from 0
   * @param maxPixels above which an image is refused, before it is decoded
   * @return where the image lies in the input
   * @throws UndecodableImageException when the file gives no whole image; the slot may be spoilt
   */
  public Letterbox write(
      byte[] file, ExifRotation rotation, long maxPixels, InputBuffer target, int slot)
      throws UndecodableImageException {
    ImageHeader header = ImageHeader.parse(file);
    if ((long) header.width() * header.height() > maxPixels) {
      throw new UndecodableImageException(
          "The image has %dx%d = %,d pixels, more than the limit of %,d (max_pixels)"
              .formatted(
                  header.width(),
                  header.height(),
                  (long) header.width() * header.height(),
                  maxPixels));
    }
    Orientation orientation =
        rotation == ExifRotation.APPLY ? header.orientation() : Orientation.UPRIGHT;
    Letterbox letterbox = letterbox(header, orientation);
    Mat pixels = decoder.decode(file, header, orientation, reduction(header, letterbox));
    tensors.write(pixels, letterbox, target, slot);
    return letterbox;
  }

  private Letterbox letterbox(ImageHeader header, Orientation orientation) {
    return orientation.turnsSideways()
        ? Letterbox.of(header.height(), header.width(), format)
        : Letterbox.of(header.width(), header.height(), format);
  }

  /**
   * How much of a JPEG need not be decoded. Its inverse DCT gives an image of a half, a quarter or
   * an eighth at less cost; what is left to resize must not become larger.
   */
  private static int reduction(ImageHeader header, Letterbox letterbox) {
    if (header.format() != ImageFileFormat.JPEG) {
      return 1;
    }
    int reduction = 8;
    while (reduction > 1
        && (letterbox.width() * reduction > letterbox.imageWidth()
            || letterbox.height() * reduction > letterbox.imageHeight())) {
      reduction /= 2;
    }
    return reduction;
  }

  @Override
  public void close() {
    decoder.close();
    tensors.close();
  }
}
