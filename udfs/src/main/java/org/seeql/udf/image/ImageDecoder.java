package org.seeql.udf.image;

import static org.opencv.imgcodecs.Imgcodecs.IMREAD_COLOR;
import static org.opencv.imgcodecs.Imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.opencv.imgcodecs.Imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.opencv.imgcodecs.Imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.opencv.imgcodecs.Imgcodecs.IMREAD_REDUCED_COLOR_8;

import java.util.Optional;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * Decodes image files into BGR pixels, 8 bits a channel; transparency is dropped, as Pillow's
 * {@code convert("RGB")} does. One thread's; close it.
 */
final class ImageDecoder implements AutoCloseable {
  static {
    OpenCv.load();
  }

  /** Buffers above this size are not kept for the next image. */
  private static final long KEPT_BYTES = 64L << 20;

  private static final int CMYK = 4;
  private static final int SMALLEST_FILE_BUFFER = 1 << 20;

  private final Optional<TurboJpeg> turbo = TurboJpeg.open();
  private final Mat pixels = new Mat();
  private final Mat upright = new Mat();
  private Mat file = new Mat();

  /**
   * Decodes a file.
   *
   * @param reduction 1, 2, 4 or 8: one pixel for so many each way, of a JPEG; 1 of other formats
   * @return pixels that belong to this decoder and hold until its next call
   */
  Mat decode(byte[] bytes, ImageHeader header, Orientation orientation, int reduction)
      throws UndecodableImageException {
    release(KEPT_BYTES);
    try {
      decodeAsStored(bytes, header, reduction);
    } catch (CvException e) {
      throw new UndecodableImageException(damaged(bytes.length, header), e);
    }
    if (orientation == Orientation.UPRIGHT) {
      return pixels;
    }
    orientation.apply(pixels, upright);
    return upright;
  }

  /** {@link #decode}, into a matrix of its own that the caller has to release. */
  Mat decodeToKeep(byte[] bytes, ImageHeader header, Orientation orientation, int reduction)
      throws UndecodableImageException {
    Mat decoded = decode(bytes, header, orientation, reduction);
    Mat kept = new Mat();
    decoded.assignTo(kept); // the same pixels: only the owner changes
    decoded.release();
    return kept;
  }

  private void decodeAsStored(byte[] bytes, ImageHeader header, int reduction)
      throws UndecodableImageException {
    if (header.format() == ImageFileFormat.GIF) {
      GifDecoder.decode(bytes, header, pixels);
    } else {
      fill(bytes);
      boolean done =
          isTurbo(header)
              && turbo.orElseThrow().decode(file, bytes.length, header, reduction, pixels);
      if (!done) {
        decodeByOpenCv(bytes.length, header, reduction);
      }
    }
  }

  /** TurboJPEG does not turn CMYK into colours; OpenCV does, with inverted ink as Pillow. */
  private boolean isTurbo(ImageHeader header) {
    return turbo.isPresent()
        && header.format() == ImageFileFormat.JPEG
        && header.channels() != CMYK;
  }

  /** Copies the file to native memory, which is reused. */
  private void fill(byte[] bytes) {
    if (file.cols() < bytes.length) {
      file.release();
      file = new Mat(1, Math.max(bytes.length, SMALLEST_FILE_BUFFER), CvType.CV_8UC1);
    }
    file.put(0, 0, bytes);
  }

  private void decodeByOpenCv(int length, ImageHeader header, int reduction)
      throws UndecodableImageException {
    int flags =
        switch (reduction) {
          case 2 -> IMREAD_REDUCED_COLOR_2;
          case 4 -> IMREAD_REDUCED_COLOR_4;
          case 8 -> IMREAD_REDUCED_COLOR_8;
          default -> IMREAD_COLOR;
        };
    Mat exact = file.colRange(0, length);
    Mat decoded = Imgcodecs.imdecode(exact, flags | IMREAD_IGNORE_ORIENTATION);
    exact.release();
    if (decoded.empty()) {
      decoded.release();
      throw new UndecodableImageException(damaged(length, header));
    }
    decoded.assignTo(pixels);
    decoded.release();
  }

  private static String damaged(int length, ImageHeader header) {
    return "The %s file of %d bytes is damaged: its %dx%d pixels cannot be decoded"
        .formatted(header.format(), length, header.width(), header.height());
  }

  private void release(long keptBytes) {
    if (pixels.total() * 3 > keptBytes) {
      pixels.release();
    }
    if (upright.total() * 3 > keptBytes) {
      upright.release();
    }
    if (file.total() > keptBytes) {
      file.release();
    }
  }

  @Override
  public void close() {
    turbo.ifPresent(TurboJpeg::close);
    release(0);
  }
}
