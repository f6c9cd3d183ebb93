package org.seeql.datasets.yolo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import javax.imageio.ImageIO;

/** A small data set in a folder, for tests. */
public final class YoloFolder {
  private final Path folder;

  public YoloFolder(Path folder) {
    this.folder = folder;
  }

  public Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** Writes a black image. The ending of its name is its format. */
  public Path image(String name, int width, int height) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    String format = name.substring(name.lastIndexOf('.') + 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
    return Files.write(file, out.toByteArray());
  }

  /** Writes a JPEG file whose EXIF data rotates it by 90 degrees. */
  public Path rotatedImage(String name, int width, int height) throws IOException {
    Path file = image(name, width, height);
    byte[] jpeg = Files.readAllBytes(file);
    // APP1 of 34 bytes: "Exif", then a TIFF directory with one entry, orientation (0x112) 6
    byte[] exif =
        HexFormat.of()
            .parseHex(
                "ffe10022457869660000"
                    + "4d4d002a00000008"
                    + "0001011200030000000100060000"
                    + "00000000");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(exif);
    out.write(jpeg, 2, jpeg.length - 2);
    return Files.write(file, out.toByteArray());
  }

  public YoloDataSet open(Optional<String> split) {
    return YoloDataSet.open(
        folder.resolve("data.yaml"),
        "data.yaml",
        new YoloDataSet.ReadOptions(Optional.empty(), folder.resolve("elsewhere"), split));
  }
}
