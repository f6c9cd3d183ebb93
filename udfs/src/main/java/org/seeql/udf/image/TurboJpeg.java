package org.seeql.udf.image;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.Optional;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * libjpeg-turbo's own library. It is twice as fast as OpenCV's copy, which is built without SIMD.
 * It is used if the machine has it (Debian: libturbojpeg0). Not thread-safe; must be closed.
 *
 * @see <a href="https://libjpeg-turbo.org/Documentation/Documentation">TurboJPEG C API 2.1</a>
 */
final class TurboJpeg implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TurboJpeg.class);
  private static final boolean AVAILABLE = load();
  private static final int BGR = 1; // TJPF_BGR
  private static final int LIMIT_SCANS = 32768; // TJFLAG_LIMITSCANS: at most 500 progressive scans
  private static final int WARNING = 0; // TJERR_WARNING

  private long handle;

  private TurboJpeg(long handle) {
    this.handle = handle;
  }

  /** A decoder, if the library is installed. */
  static Optional<TurboJpeg> open() {
    if (!AVAILABLE) {
      return Optional.empty();
    }
    long handle = Library.tjInitDecompress();
    return handle == 0 ? Optional.empty() : Optional.of(new TurboJpeg(handle));
  }

  private static boolean load() {
    if (!Boolean.parseBoolean(System.getProperty("seeql.turbojpeg", "true"))) {
      LOG.info("JPEG files are decoded by OpenCV: seeql.turbojpeg is false");
      return false;
    }
    if (Native.POINTER_SIZE != Long.BYTES || Native.LONG_SIZE != Long.BYTES) {
      return false;
    }
    try {
      Library.bind();
      LOG.info("JPEG files are decoded by libjpeg-turbo");
      return true;
    } catch (UnsatisfiedLinkError e) {
      LOG.info(
          "JPEG files are decoded by OpenCV; install libturbojpeg.so.0, which is twice as fast");
      return false;
    }
  }

  /**
   * Decodes into a BGR matrix.
   *
   * @param reduction 1, 2, 4 or 8: the factor by which width and height are reduced
   * @return false if the library cannot decode this file, so that another decoder can try
   */
  boolean decode(Mat file, int length, ImageHeader header, int reduction, Mat target)
      throws UndecodableImageException {
    int width = ceilDiv(header.width(), reduction);
    int height = ceilDiv(header.height(), reduction);
    target.create(height, width, CvType.CV_8UC3);
    int result =
        Library.tjDecompress2(
            handle,
            file.dataAddr(),
            length,
            target.dataAddr(),
            width,
            (int) target.step1(),
            height,
            BGR,
            LIMIT_SCANS);
    if (result == 0) {
      return true;
    }
    String message = Library.tjGetErrorStr2(handle).getString(0);
    if (message.contains("Premature end")) {
      throw new UndecodableImageException("The JPEG file is truncated or damaged: " + message);
    }
    return Library.tjGetErrorCode(handle) == WARNING;
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }

  @Override
  public void close() {
    if (handle != 0) {
      Library.tjDestroy(handle);
      handle = 0;
    }
  }

  /** The C functions; {@code tjhandle}, pointers and {@code unsigned long} are all 64 bits. */
  private static final class Library {
    static void bind() {
      Native.register(Library.class, "libturbojpeg.so.0");
    }

    static native long tjInitDecompress();

    static native int tjDecompress2(
        long handle,
        long jpegBuf,
        long jpegSize,
        long dstBuf,
        int width,
        int pitch,
        int height,
        int pixelFormat,
        int flags);

    static native Pointer tjGetErrorStr2(long handle);

    static native int tjGetErrorCode(long handle);

    static native int tjDestroy(long handle);
  }
}
