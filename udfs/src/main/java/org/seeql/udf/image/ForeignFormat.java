package org.seeql.udf.image;

import java.util.List;
import java.util.Optional;

/** Detects unsupported formats that often have the file name of a supported image. */
final class ForeignFormat {
  private static final String FILE_TYPE = "ftyp";
  private static final int BRANDS = 8;
  private static final int BRAND = 4;
  private static final int LAST_BRAND = 256;

  private static final List<Signature> SIGNATURES =
      List.of(
          new Signature("\u00ff\n", "a JPEG XL image"),
          new Signature("\0\0\0\fJXL \r\n\u0087\n", "a JPEG XL image"),
          new Signature("\0\0\0\fjP  \r\n\u0087\n", "a JPEG 2000 image"),
          new Signature("\u00ffO\u00ffQ", "a JPEG 2000 image"),
          new Signature("8BPS", "a Photoshop image"),
          new Signature("IIRO", "a raw camera image (ORF)"),
          new Signature("IIU\0", "a raw camera image (RW2)"),
          new Signature("FUJIFILMCCD-RAW", "a raw camera image (RAF)"),
          new Signature("%PDF-", "a PDF document"),
          new Signature("<svg", "an SVG drawing"),
          new Signature("<!DOCTYPE html", "a web page"),
          new Signature("<!doctype html", "a web page"),
          new Signature("<html", "a web page"));

  private ForeignFormat() {}

  private record Signature(String start, String name) {}

  /** The file's format with its article, such as "an AVIF image". */
  static Optional<String> find(Bytes file) {
    if (file.startsWith(4, FILE_TYPE)) {
      return isoMedia(file);
    }
    return SIGNATURES.stream()
        .filter(signature -> file.startsWith(0, signature.start()))
        .map(Signature::name)
        .findFirst();
  }

  /**
   * The brands of a file type box: the major brand, a version, and the compatible brands.
   *
   * @see <a href="https://nokiatech.github.io/heif/technical.html">HEIF, technical information</a>
   */
  private static Optional<String> isoMedia(Bytes file) {
    long end = Math.min(file.u32(0), file.length());
    boolean heif = false;
    for (long at = BRANDS; at + BRAND <= Math.min(end, LAST_BRAND); at += BRAND) {
      if (file.startsWith(at, "avif") || file.startsWith(at, "avis")) {
        return Optional.of("an AVIF image");
      }
      heif |=
          file.startsWith(at, "mif1")
              || file.startsWith(at, "msf1")
              || file.startsWith(at, "hei")
              || file.startsWith(at, "hev");
    }
    return Optional.of(heif ? "a HEIC image" : "a video or another ISO media file");
  }
}
