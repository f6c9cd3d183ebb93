package org.seeql.bench;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Any number of distinct 640 × 480 JPEG files, cropped from a few photos at random positions. */
final class BenchImages {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final float QUALITY = 0.9f;
  private static final double SMALLEST_PART = 0.6;

  private BenchImages() {}

  /** The files. Missing ones are created, with the same content on every machine. */
  static List<Path> in(Path folder, Path photos, int count) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(folder.resolve("%06d.jpg".formatted(i)));
    }
    if (!Files.exists(files.get(count - 1))) {
      List<BufferedImage> sources = read(photos);
      for (int i = 0; i < count; i++) {
        write(cut(sources, new Random(i)), files.get(i));
      }
    }
    return files;
  }

  private static List<BufferedImage> read(Path photos) throws IOException {
    try (Stream<Path> files = Files.list(photos)) {
      return files
          .filter(f -> f.toString().endsWith(".jpg"))
          .sorted()
          .map(BenchImages::one)
          .toList();
    }
  }

  private static BufferedImage one(Path photo) {
    try {
      return ImageIO.read(photo.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage cut(List<BufferedImage> sources, Random random) {
    BufferedImage source = sources.get(random.nextInt(sources.size()));
    double part = SMALLEST_PART + (1 - SMALLEST_PART) * random.nextDouble();
    int width =
        (int) (part * Math.min(source.getWidth(), source.getHeight() * WIDTH / (double) HEIGHT));
    int height = width * HEIGHT / WIDTH;
    int x = random.nextInt(source.getWidth() - width + 1);
    int y = random.nextInt(source.getHeight() - height + 1);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(source, 0, 0, WIDTH, HEIGHT, x, y, x + width, y + height, null);
    graphics.dispose();
    return image;
  }

  private static void write(BufferedImage image, Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam quality = writer.getDefaultWriteParam();
    quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    quality.setCompressionQuality(QUALITY);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), quality);
    } finally {
      writer.dispose();
    }
  }
}
