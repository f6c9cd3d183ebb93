package org.seeql.udf.image;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** The file formats that can be decoded, known by their first bytes. */
enum ImageFileFormat {
  JPEG,
  PNG,
  WEBP,
  GIF,
  BMP;

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  static ImageFileFormat of(byte[] file) throws UndecodableImageException {
    if (file.length == 0) {
      throw new UndecodableImageException("The file is empty");
    }
    return find(file)
        .orElseThrow(
            () ->
                new UndecodableImageException(
                    "Not an image: the file starts with "
                        + HEX.formatHex(file, 0, Math.min(file.length, 8))
                        + "; JPEG, PNG, WebP, GIF and BMP are known"));
  }

  private static Optional<ImageFileFormat> find(byte[] file) {
    if (startsWith(file, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (startsWith(file, 0, "\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (startsWith(file, 0, "RIFF") && startsWith(file, 8, "WEBP")) {
      return Optional.of(WEBP);
    }
    if (startsWith(file, 0, "GIF87a") || startsWith(file, 0, "GIF89a")) {
      return Optional.of(GIF);
    }
    return startsWith(file, 0, "BM") ? Optional.of(BMP) : Optional.empty();
  }

  static boolean startsWith(byte[] file, int offset, String latin1) {
    byte[] expected = latin1.getBytes(StandardCharsets.ISO_8859_1);
    if (offset < 0 || offset + expected.length > file.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (file[offset + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /** The name as people write it. */
  @Override
  public String toString() {
    return this == WEBP ? "WebP" : name();
  }
}
