package org.seeql.udf.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageDescriptionTest {
  @ParameterizedTest
  @CsvSource({
    "baseline.jpg, JPEG, 24, 16, 1",
    "exif_1.jpg, JPEG, 24, 16, 1",
    "exif_4.jpg, JPEG, 24, 16, 4",
    "exif_5.jpg, JPEG, 16, 24, 5",
    "exif_8.jpg, JPEG, 16, 24, 8",
    "exif_6.png, PNG, 16, 24, 6",
    "exif_6.webp, WebP, 16, 24, 6",
    "plain.bmp, BMP, 24, 16, 1",
    "animated.gif, GIF, 24, 16, 1"
  })
  void describesTheHeader(String name, String format, int width, int height, int orientation)
      throws Exception {
    assertThat(ImageDescription.of(TestImages.load(name)))
        .isEqualTo(new ImageDescription(format, width, height, orientation));
  }

  @Test
  void refusesHalfAFile() throws Exception {
    byte[] half = TestImages.cut("baseline.jpg", 0.5);

    assertThatThrownBy(() -> ImageDescription.of(half))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage(
            "The JPEG file is truncated: it ends after %d bytes, before the end of its image"
                .formatted(half.length));
  }
}
