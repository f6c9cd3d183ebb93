package org.seeql.chaos.input;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import nu.pattern.OpenCV;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/** Small undamaged images in all formats. */
final class Encodings {
  private static final int WIDTH = 96;
  private static final int HEIGHT = 72;
  private static final int PICTURES = 4;

  private Encodings() {}

  /** An encoded image. */
  static final class Encoded {
    private final String extension;
    private final byte[] bytes;

    Encoded(String extension, byte[] bytes) {
      this.extension = extension;
      this.bytes = bytes;
    }

    /** The file extension, without a dot. */
    String extension() {
      return extension;
    }

    byte[] bytes() {
      return bytes.clone();
    }
  }

  /** Encodes a few pictures of a folder in each format. */
  static List<Encoded> of(Path folder) throws IOException {
    OpenCV.loadLocally();
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted().limit(PICTURES).toList();
    }
    List<Encoded> encoded = new ArrayList<>();
    for (Path file : files) {
      BufferedImage picture = small(ImageIO.read(file.toFile()), BufferedImage.TYPE_3BYTE_BGR);
      for (String format : List.of("jpg", "png", "bmp", "gif", "tiff")) {
        encoded.add(new Encoded(format, write(picture, format, false)));
      }
      encoded.add(new Encoded("jpg", write(picture, "jpg", true)));
      encoded.add(
          new Encoded("png", write(small(picture, BufferedImage.TYPE_BYTE_INDEXED), "png", false)));
      encoded.add(
          new Encoded("png", write(small(picture, BufferedImage.TYPE_USHORT_GRAY), "png", false)));
      encoded.add(
          new Encoded("bmp", write(small(picture, BufferedImage.TYPE_BYTE_INDEXED), "bmp", false)));
      encoded.add(new Encoded("webp", webp(picture)));
    }
    return List.copyOf(encoded);
  }

  private static BufferedImage small(BufferedImage picture, int type) {
    BufferedImage small = new BufferedImage(WIDTH, HEIGHT, type);
    Graphics2D graphics = small.createGraphics();
    graphics.drawImage(picture, 0, 0, WIDTH, HEIGHT, null);
    graphics.dispose();
    return small;
  }

  private static byte[] write(BufferedImage picture, String format, boolean progressive)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    if (progressive) {
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static byte[] webp(BufferedImage picture) {
    Mat pixels = new Mat(HEIGHT, WIDTH, CvType.CV_8UC3);
    MatOfByte bytes = new MatOfByte();
    try {
      pixels.put(0, 0, (byte[]) picture.getRaster().getDataElements(0, 0, WIDTH, HEIGHT, null));
      Imgcodecs.imencode(".webp", pixels, bytes);
      return bytes.toArray();
    } finally {
      pixels.release();
      bytes.release();
    }
  }
}
