package org.seeql.udf.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/** The first frame of a GIF file, which OpenCV does not read, through the JDK's reader. */
final class GifDecoder {
  private GifDecoder() {}

  static void decode(byte[] file, Mat target) throws UndecodableImageException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("gif");
    ImageReader reader = readers.next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in, true, true);
      BufferedImage frame = reader.read(0);
      copy(frame, target);
    } catch (IOException | RuntimeException e) {
      throw new UndecodableImageException(
          "The GIF file of %d bytes is truncated or damaged".formatted(file.length), e);
    } finally {
      reader.dispose();
    }
  }

  private static void copy(BufferedImage frame, Mat target) {
    int width = frame.getWidth();
    target.create(frame.getHeight(), width, CvType.CV_8UC3);
    int[] argb = new int[width];
    byte[] bgr = new byte[3 * width];
    for (int y = 0; y < frame.getHeight(); y++) {
      frame.getRGB(0, y, width, 1, argb, 0, width);
      for (int x = 0; x < width; x++) {
        bgr[3 * x] = (byte) argb[x];
        bgr[3 * x + 1] = (byte) (argb[x] >> 8);
        bgr[3 * x + 2] = (byte) (argb[x] >> 16);
      }
      target.put(y, 0, bgr);
    }
  }
}
