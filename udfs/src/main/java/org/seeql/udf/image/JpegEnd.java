package org.seeql.udf.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import org.seeql.udf.image.ImageHeader.Ending;

/**
 * Distinguishes truncated JPEG files from complete ones without an end marker, which some cameras
 * and frame grabbers write. The JDK's reader reports missing pixels; OpenCV does not.
 */
final class JpegEnd {
  /** libjpeg's warning when a decoder has to fill in missing pixels. */
  private static final String PIXELS_ARE_MISSING = "premature end of data";

  private JpegEnd() {}

  /**
   * Decodes a file without an end marker, to check that its pixels are complete.
   *
   * @param header whose size the caller has already accepted
   */
  static void requirePixels(byte[] file, ImageHeader header) throws UndecodableImageException {
    if (header.ending() == Ending.WITHOUT_MARKER && !hasAllPixels(file, header)) {
      throw ImageHeader.truncated(header.format(), file.length);
    }
  }

  private static boolean hasAllPixels(byte[] file, ImageHeader header) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
    if (!readers.hasNext()) {
      return false;
    }
    ImageReader reader = readers.next();
    List<String> warnings = new ArrayList<>();
    IIOReadWarningListener listener = (source, warning) -> warnings.add(warning);
    try (ArrayInput in = new ArrayInput(file, (byte) 0xFF, (byte) JpegHeader.EOI)) {
      reader.addIIOReadWarningListener(listener);
      reader.setInput(in, true, true);
      ImageReadParam few = reader.getDefaultReadParam();
      // keeping one column saves memory; the reader still decodes all pixels
      few.setSourceSubsampling(header.width(), 1, 0, 0);
      reader.readRaster(0, few);
      return warnings.stream().noneMatch(warning -> warning.contains(PIXELS_ARE_MISSING));
    } catch (IOException | RuntimeException e) {
      return false;
    } finally {
      reader.dispose();
    }
  }
}
