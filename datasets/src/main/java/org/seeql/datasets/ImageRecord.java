package org.seeql.datasets;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.seeql.udf.image.EncodedImage;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.ImageFiles;
import org.seeql.udf.image.ImageSize;
import org.seeql.udf.image.PhotoMetadata;
import org.seeql.udf.image.ReadBudget;
import org.seeql.udf.image.ReadBudget.WaitPolicy;
import org.seeql.udf.image.UndecodableImageException;

/**
 * The values of an image that a table stores.
 *
 * @param fileName relative to the folder, with slashes
 * @param width of the displayed image in pixels: rotated according to its EXIF data
 * @param height of the displayed image in pixels
 * @param bytes the size of the file
 * @param sha256 of the file, in hexadecimal digits
 */
record ImageRecord(
    String fileName, int width, int height, long bytes, String sha256, PhotoMetadata metadata) {

  /** No supported image format needs more, and a video file must not fill the memory. */
  private static final long MAX_BYTES = 256L << 20;

  ImageRecord {
    requireNonNull(fileName, "fileName is null");
    requireNonNull(sha256, "sha256 is null");
    requireNonNull(metadata, "metadata is null");
  }

  /**
   * Reads a file, and the header and the metadata of its image.
   *
   * @throws UndecodableImageException if it is not an image
   */
  static ImageRecord read(FileTree files, String name)
      throws IOException, UndecodableImageException {
    try (ImageFile opened = files.open(name)) {
      long size = opened.length();
      if (size > MAX_BYTES) {
        throw new UndecodableImageException(
            "larger than " + (MAX_BYTES >> 20) + " MiB: " + (size >> 20) + " MiB");
      }
      try (EncodedImage read =
          ImageFiles.read(opened, Long.MAX_VALUE, ReadBudget.ofJvm(), WaitPolicy.UNLIMITED)) {
        byte[] content = read.bytes();
        ImageSize image = ImageSize.of(content);
        return new ImageRecord(
            name,
            image.width(),
            image.height(),
            content.length,
            sha256(content),
            PhotoMetadata.of(content));
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
