package org.seeql.udf.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files come from {@code make_exif.py}, which writes them with Pillow. */
class PhotoMetadataTest {
  private static byte[] file(String name) throws IOException {
    try (InputStream in = PhotoMetadataTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exif.jpg", "exif.png", "exif.webp"})
  void readsWhenWithWhatAndWhereAPhotoWasTaken(String name) throws IOException {
    PhotoMetadata metadata = PhotoMetadata.of(file(name));

    assertThat(metadata.taken()).contains(LocalDateTime.of(2024, 2, 29, 23, 59, 58));
    assertThat(metadata.camera()).contains("Kamera X100");
    assertThat(metadata.position()).isPresent();
    // 52° 0' 21.6" N, 4° 22' 12" W
    assertThat(metadata.position().get().latitude()).isCloseTo(52.006, within(1e-9));
    assertThat(metadata.position().get().longitude()).isCloseTo(-4.37, within(1e-9));
  }

  @Test
  void leavesOutWhatIsNoValue() throws IOException {
    PhotoMetadata metadata = PhotoMetadata.of(file("exif-invalid.jpg"));

    // "0000:00:00 00:00:00", a model that begins with the maker, and a latitude of 91°
    assertThat(metadata.taken()).isEmpty();
    assertThat(metadata.camera()).contains("Canon EOS R5");
    assertThat(metadata.position()).isEmpty();
  }

  @Test
  void readsNothingFromAFileWithoutExif() {
    assertThat(PhotoMetadata.of(new byte[0])).isEqualTo(PhotoMetadata.NONE);
    assertThat(PhotoMetadata.of("no image".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
        .isEqualTo(PhotoMetadata.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exif.jpg", "exif.png", "exif.webp"})
  void survivesDamagedFiles(String name) throws IOException {
    byte[] whole = file(name);
    Random random = new Random(1);
    for (int length = 0; length < whole.length; length += 7) {
      assertThat(PhotoMetadata.of(Arrays.copyOf(whole, length))).isNotNull();
    }
    for (int i = 0; i < 5_000; i++) {
      byte[] damaged = whole.clone();
      for (int j = 0; j < 8; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      assertThat(PhotoMetadata.of(damaged)).isNotNull();
    }
  }
}
