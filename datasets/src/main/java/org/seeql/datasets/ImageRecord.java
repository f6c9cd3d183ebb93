package org.seeql.datasets;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.seeql.udf.image.EncodedImage;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.ImageFiles;
import org.seeql.udf.image.ImageSize;
import org.seeql.udf.image.ReadBudget;
import org.seeql.udf.image.ReadBudget.Patience;
import org.seeql.udf.image.RegularFile;
import org.seeql.udf.image.UndecodableImageException;

/**
 * What a table keeps of an image.
 *
 * @param fileName relative to the folder, with slashes
 * @param width in pixels, as the image is seen: turned as its EXIF data says
 * @param height likewise
 * @param bytes the size of the file
 * @param sha256 of the file, in hexadecimal digits
 */
record ImageRecord(String fileName, int width, int height, long bytes, String sha256) {

  /** No image format that is decoded needs more, and a film must not fill the memory. */
  private static final long MOST_BYTES = 256L << 20;

  /**
   * Reads a file and the header of the image in it.
   *
   * @throws UndecodableImageException if it is no image
   */
  static ImageRecord read(Path file, String fileName)
      throws IOException, UndecodableImageException {
    try (ImageFile opened = RegularFile.open(file, RegularFile.Guard.NONE)) {
      long size = opened.length();
      if (size > MOST_BYTES) {
        throw new UndecodableImageException(
            "larger than " + (MOST_BYTES >> 20) + " MiB: " + (size >> 20) + " MiB");
      }
      try (EncodedImage read =
          ImageFiles.read(opened, Long.MAX_VALUE, ReadBudget.ofJvm(), Patience.ENDLESS)) {
        ImageSize image = ImageSize.of(read.bytes());
        return new ImageRecord(
            fileName, image.width(), image.height(), read.bytes().length, sha256(read.bytes()));
      }
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
