package org.seeql.udf.image;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignFormatTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "00000018 'ftypheic' 00000000 'mif1heic', a HEIC image",
        "00000014 'ftypmif1' 00000000 'heix', a HEIC image",
        "00000018 'ftypavif' 00000000 'avifmif1', an AVIF image",
        "00000018 'ftypmif1' 00000000 'mif1avif', an AVIF image",
        "00000014 'ftypisom' 00000000 'mp42', a video or another ISO media file",
        "FF0A 'fa7f', a JPEG XL image",
        "0000000C 'jP  ' 0D0A870A, a JPEG 2000 image",
        "'8BPS' 0001, a Photoshop image",
        "'%PDF-1.7', a PDF document",
        "'<svg xmlns', an SVG drawing"
      })
  void namesWhatCannotBeDecoded(String start, String name) {
    assertThatThrownBy(() -> ImageSize.of(bytes(start)))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage(
            "The file is %s, which cannot be decoded; convert it (supported formats: JPEG,"
                    .formatted(name)
                + " PNG, WebP, GIF, BMP and TIFF)");
  }

  /** Hexadecimal digits, and text in quotes. */
  private static byte[] bytes(String notation) {
    StringBuilder latin1 = new StringBuilder();
    boolean isText = false;
    for (String part : notation.split("'", -1)) {
      String digits = isText ? "" : part.replace(" ", "");
      for (int i = 0; i < digits.length(); i += 2) {
        latin1.append((char) Integer.parseInt(digits.substring(i, i + 2), 16));
      }
      latin1.append(isText ? part : "");
      isText = !isText;
    }
    return latin1.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
