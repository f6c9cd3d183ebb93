package org.seeql.udf.image;

import java.util.HexFormat;
import java.util.Optional;

/** The file formats that can be decoded, recognized by their first bytes. */
enum ImageFileFormat {
  JPEG,
  PNG,
  WEBP,
  GIF,
  BMP,
  TIFF;

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final String SUPPORTED = "supported formats: JPEG, PNG, WebP, GIF, BMP and TIFF";
  private static final int SHOWN_BYTES = 8;

  static ImageFileFormat of(Bytes file) throws UndecodableImageException {
    if (file.length() == 0) {
      throw new UndecodableImageException("The file is empty");
    }
    Optional<ImageFileFormat> format = find(file);
    if (format.isPresent()) {
      return format.get();
    }
    Optional<String> foreign = ForeignFormat.find(file);
    throw new UndecodableImageException(
        foreign.isPresent()
            ? "The file is %s, which cannot be decoded; convert it (%s)"
                .formatted(foreign.get(), SUPPORTED)
            : "Not an image: the file starts with %s; %s"
                .formatted(HEX.formatHex(file.first(SHOWN_BYTES)), SUPPORTED));
  }

  private static Optional<ImageFileFormat> find(Bytes file) {
    if (file.startsWith(0, "\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (file.startsWith(0, "\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (file.startsWith(0, "RIFF") && file.startsWith(8, "WEBP")) {
      return Optional.of(WEBP);
    }
    if (file.startsWith(0, "GIF87a") || file.startsWith(0, "GIF89a")) {
      return Optional.of(GIF);
    }
    if (TiffHeader.isTiff(file)) {
      return Optional.of(TIFF);
    }
    return file.startsWith(0, "BM") ? Optional.of(BMP) : Optional.empty();
  }

  /** The name in its usual spelling. */
  @Override
  public String toString() {
    return this == WEBP ? "WebP" : name();
  }
}
