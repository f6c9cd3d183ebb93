package org.seeql.udf.image;

import java.util.Optional;

/** Finds out which library decodes JPEG files. */
public final class JpegLibrary {
  private JpegLibrary() {}

  /** Whether libjpeg-turbo decodes; otherwise OpenCV does, which is slower. */
  public static boolean isTurbo() {
    Optional<TurboJpeg> decoder = TurboJpeg.open();
    decoder.ifPresent(TurboJpeg::close);
    return decoder.isPresent();
  }
}
