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
 * Tells a JPEG file that lacks nothing but its end marker, as some cameras and grabbers write it,
 * from one that was broken off. The JDK's reader tells where the pixels run out; OpenCV does not.
 */
final class JpegEnd {
  /** libjpeg's words where a decoder has to fill in for pixels that are missing. */
  private static final String PIXELS_ARE_MISSING = "premature end of data";

  private JpegEnd() {}

  /**
   * Decodes a file that has no end marker, to see whether its pixels are all there.
   *
   * @param header whose size the caller has found acceptable
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
      // a column of pixels is enough to keep: all of them are decoded
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
