package org.seeql.udf.image;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * JPEG files of four channels, CMYK or YCCK. OpenCV takes all of them for Adobe's, which store ink
 * inverted; here only those are that say so. Without colour profiles, as Pillow's {@code
 * convert("RGB")}.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-T.872">ITU-T T.872, section 6.5.3: the APP14
 *     marker</a>
 */
final class CmykJpegDecoder {
  private static final int YCCK = 2;

  private CmykJpegDecoder() {}

  static void decode(byte[] file, Mat target) throws UndecodableImageException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in, true, true);
      copy(reader.readRaster(0, null), findAdobeTransform(file), target);
    } catch (IOException | RuntimeException e) {
      throw new UndecodableImageException(
          "The CMYK JPEG file of %d bytes is damaged: %s".formatted(file.length, e.getMessage()),
          e);
    } finally {
      reader.dispose();
    }
  }

  /** The transform of Adobe's marker; empty when the file is not Adobe's. */
  private static OptionalInt findAdobeTransform(byte[] file) {
    for (int i = 2; i + 16 <= file.length; i++) {
      boolean adobe =
          file[i] == (byte) 0xFF
              && file[i + 1] == (byte) 0xEE
              && ImageFileFormat.startsWith(file, i + 4, "Adobe");
      if (adobe) {
        return OptionalInt.of(Byte.toUnsignedInt(file[i + 15]));
      }
    }
    return OptionalInt.empty();
  }

  private static void copy(Raster raster, OptionalInt adobeTransform, Mat target) {
    int width = raster.getWidth();
    target.create(raster.getHeight(), width, CvType.CV_8UC3);
    int[] samples = new int[4 * width];
    byte[] bgr = new byte[3 * width];
    boolean ycck = adobeTransform.orElse(0) == YCCK;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, samples);
      for (int i = 0; i < samples.length; i += 4) {
        if (ycck) {
          toCmy(samples, i);
        }
        int black = adobeTransform.isPresent() ? samples[i + 3] : 255 - samples[i + 3];
        for (int c = 0; c < 3; c++) {
          int ink = adobeTransform.isPresent() ? samples[i + c] : 255 - samples[i + c];
          bgr[i / 4 * 3 + 2 - c] = (byte) ((ink * black + 127) / 255);
        }
      }
      target.put(y, 0, bgr);
    }
  }

  /** YCC of YCCK is the inverse of CMY as RGB is: the usual conversion, then inverted. */
  private static void toCmy(int[] samples, int i) {
    double y = samples[i];
    double cb = samples[i + 1] - 128.0;
    double cr = samples[i + 2] - 128.0;
    samples[i] = 255 - clamp(y + 1.402 * cr);
    samples[i + 1] = 255 - clamp(y - 0.344136 * cb - 0.714136 * cr);
    samples[i + 2] = 255 - clamp(y + 1.772 * cb);
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, Math.rint(value)));
  }
}
