package org.seeql.udf.image;

import static org.opencv.imgcodecs.Imgcodecs.IMREAD_COLOR;
import static org.opencv.imgcodecs.Imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.opencv.imgcodecs.Imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.opencv.imgcodecs.Imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.opencv.imgcodecs.Imgcodecs.IMREAD_REDUCED_COLOR_8;

import java.util.Optional;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;
import org.seeql.udf.image.ImageHeader.Ending;

/**
 * Decodes image files into BGR pixels, 8 bits per channel. Transparency is dropped, as in Pillow's
 * {@code convert("RGB")}. Not thread-safe; must be closed.
 */
final class ImageDecoder implements AutoCloseable {
  static {
    OpenCv.load();
  }

  /** Larger buffers are freed instead of reused for the next image. */
  private static final long KEPT_BYTES = 64L << 20;

  private static final int CMYK = 4;
  private static final byte[] JPEG_END = {(byte) 0xFF, (byte) JpegHeader.EOI};
  private static final int SMALLEST_FILE_BUFFER = 1 << 20;

  private final Optional<TurboJpeg> turbo = TurboJpeg.open();
  private final Mat pixels = new Mat();
  private final Mat upright = new Mat();
  private final Mat part = new Mat();
  private Mat file = new Mat();

  /**
   * Decodes a file.
   *
   * @param reduction 1, 2, 4 or 8: the factor by which width and height of a JPEG are reduced; 1
   *     for other formats
   * @return pixels that belong to this decoder and are valid until its next call
   */
  Mat decode(byte[] bytes, ImageHeader header, Orientation orientation, int reduction)
      throws UndecodableImageException {
    release(KEPT_BYTES);
    try {
      decodeAsStored(bytes, header, reduction);
    } catch (UndecodableImageException e) {
      throw e;
    } catch (Exception e) {
      // OpenCV's methods throw Exception itself when memory is exhausted, without declaring it
      throw new UndecodableImageException(damaged(bytes, header), e);
    } finally {
      releaseFile(KEPT_BYTES);
    }
    Orientation left = left(header, orientation);
    if (left == Orientation.UPRIGHT) {
      return pixels;
    }
    left.apply(pixels, upright);
    return upright;
  }

  /** The remaining rotation: OpenCV always rotates TIFF files upright, whatever its flags. */
  private static Orientation left(ImageHeader header, Orientation wanted) {
    if (header.format() != ImageFileFormat.TIFF) {
      return wanted;
    }
    return wanted == header.orientation() ? Orientation.UPRIGHT : header.orientation().inverse();
  }

  /** {@link #decode}, into a separate matrix that the caller has to release. */
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
    switch (header.format()) {
      case GIF -> GifDecoder.decode(bytes, header, pixels);
      case JPEG -> decodeJpeg(bytes, header, reduction);
      case BMP -> decodeBmp(bytes, header);
      case WEBP -> decodeWebp(bytes, header);
      default -> decodeByOpenCv(bytes, header);
    }
  }

  private void decodeJpeg(byte[] bytes, ImageHeader header, int reduction)
      throws UndecodableImageException {
    int length = fill(bytes, header.ending() == Ending.PROPER ? new byte[0] : JPEG_END);
    boolean done =
        isTurbo(header) && turbo.orElseThrow().decode(file, length, header, reduction, pixels);
    if (!done && !decodeByOpenCv(length, reduction)) {
      throw new UndecodableImageException(damaged(bytes, header));
    }
  }

  private void decodeBmp(byte[] bytes, ImageHeader header) throws UndecodableImageException {
    Optional<BmpMasks> masks = BmpMasks.find(bytes);
    if (masks.isPresent()) {
      masks.get().decode(header, pixels);
    } else {
      decodeByOpenCv(bytes, header);
    }
  }

  private void decodeWebp(byte[] bytes, ImageHeader header) throws UndecodableImageException {
    Optional<WebpAnimation> animation = WebpAnimation.find(bytes);
    if (animation.isEmpty()) {
      decodeByOpenCv(bytes, header);
      return;
    }
    byte[] frame = animation.get().file();
    ImageHeader frameHeader = ImageHeader.parse(frame);
    Rect place = animation.get().place(frameHeader);
    if (place.x + place.width > header.width() || place.y + place.height > header.height()) {
      throw new UndecodableImageException(damaged(bytes, header));
    }
    decodeByOpenCv(frame, frameHeader);
    if (place.width != header.width() || place.height != header.height()) {
      pixels.assignTo(part);
      pixels.release();
      pixels.create(header.height(), header.width(), CvType.CV_8UC3);
      pixels.setTo(Scalar.all(0));
      Mat target = pixels.submat(place);
      part.copyTo(target);
      target.release();
      part.release();
    }
  }

  /** TurboJPEG does not convert CMYK to RGB; OpenCV does, with inverted ink like Pillow. */
  private boolean isTurbo(ImageHeader header) {
    return turbo.isPresent()
        && header.format() == ImageFileFormat.JPEG
        && header.channels() != CMYK;
  }

  /** Copies the file to native memory, which is reused, and returns its length there. */
  private int fill(byte[] bytes, byte... end) {
    int length = Math.addExact(bytes.length, end.length);
    if (file.cols() < length) {
      file.release();
      file = new Mat(1, Math.max(length, SMALLEST_FILE_BUFFER), CvType.CV_8UC1);
    }
    file.put(0, 0, bytes);
    if (end.length > 0) {
      file.put(0, bytes.length, end);
    }
    return length;
  }

  private void decodeByOpenCv(byte[] bytes, ImageHeader header) throws UndecodableImageException {
    if (!decodeByOpenCv(fill(bytes), 1)) {
      throw new UndecodableImageException(damaged(bytes, header));
    }
  }

  private boolean decodeByOpenCv(int length, int reduction) {
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
    boolean done = !decoded.empty();
    if (done) {
      decoded.assignTo(pixels);
    }
    decoded.release();
    return done;
  }

  private static String damaged(byte[] bytes, ImageHeader header) {
    if (header.format() == ImageFileFormat.TIFF) {
      return TiffHeader.undecodable(bytes);
    }
    return "The %s file of %d bytes is damaged: its %dx%d pixels cannot be decoded"
        .formatted(header.format(), bytes.length, header.width(), header.height());
  }

  /** Frees buffers that are too large to keep for the next image. */
  void releaseLarge() {
    release(KEPT_BYTES);
  }

  private void release(long keptBytes) {
    if (pixels.total() * 3 > keptBytes) {
      pixels.release();
    }
    if (upright.total() * 3 > keptBytes) {
      upright.release();
    }
    releaseFile(keptBytes);
  }

  private void releaseFile(long keptBytes) {
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
