package org.seeql.udf.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;

/**
 * Decodes the first frame of a GIF file with the JDK's reader, because OpenCV does not support GIF.
 */
final class GifDecoder {
  private GifDecoder() {}

  /** Decodes the frame onto a black screen with the size of the header. */
  static void decode(byte[] file, ImageHeader header, Mat target) throws UndecodableImageException {
    target.create(header.height(), header.width(), CvType.CV_8UC3);
    target.setTo(Scalar.all(0));
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ArrayInput in = new ArrayInput(file)) {
      reader.setInput(in, true, true);
      copy(reader.read(0), GifHeader.place(Bytes.of(file)), target);
    } catch (IOException | RuntimeException e) {
      throw new UndecodableImageException(
          "The GIF file of %d bytes is truncated or damaged".formatted(file.length), e);
    } finally {
      reader.dispose();
    }
  }

  private static void copy(BufferedImage frame, Rect place, Mat target) {
    int width = frame.getWidth();
    int[] argb = new int[width];
    byte[] bgr = new byte[3 * width];
    for (int y = 0; y < frame.getHeight(); y++) {
      frame.getRGB(0, y, width, 1, argb, 0, width);
      for (int x = 0; x < width; x++) {
        bgr[3 * x] = (byte) argb[x];
        bgr[3 * x + 1] = (byte) (argb[x] >> 8);
        bgr[3 * x + 2] = (byte) (argb[x] >> 16);
      }
      target.put(place.y + y, place.x, bgr);
    }
  }
}
