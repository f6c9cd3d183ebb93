package org.seeql.udf.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.Mat;

class ImageDecoderTest {
  private static final long LIMIT = 100_000_000;

  @ParameterizedTest
  @CsvSource({
    "baseline.jpg, 2",
    "progressive.jpg, 2",
    "grey.jpg, 2",
    "cmyk_adobe.jpg, 3",
    "cmyk_plain.jpg, 3",
    "ycck.jpg, 4",
    "exif_1.jpg, 2",
    "exif_2.jpg, 2",
    "exif_3.jpg, 2",
    "exif_4.jpg, 2",
    "exif_5.jpg, 2",
    "exif_6.jpg, 2",
    "exif_7.jpg, 2",
    "exif_8.jpg, 2",
    "exif_6.png, 0",
    "exif_6.webp, 0",
    "rgb.png, 0",
    "alpha.png, 0",
    "grey.png, 0",
    "palette.png, 0",
    "palette_transparent.png, 0",
    "deep.png, 0",
    "deep_grey.png, 0",
    "lossy.webp, 2",
    "lossless.webp, 0",
    "alpha.webp, 0",
    "plain.bmp, 0",
    "animated.gif, 0"
  })
  void decodesTheSamePixelsAsPillow(String name, int tolerance) throws Exception {
    byte[] seen = decode(TestImages.load(name), ExifRotation.APPLY);

    byte[] expected = TestImages.load(name + ".rgb");
    assertThat(seen).hasSameSizeAs(expected);
    assertThat(largestDifference(seen, expected)).isLessThanOrEqualTo(tolerance);
  }

  @Test
  void keepsAnImageAsStoredIfRequested() throws Exception {
    byte[] seen = decode(TestImages.load("exif_6.jpg"), ExifRotation.IGNORE);

    assertThat(largestDifference(seen, TestImages.load("exif_1.jpg.rgb"))).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exif_6.jpg", "exif_6.png", "exif_6.webp"})
  void reportsTheSizeOfARotatedImage(String name) throws Exception {
    assertThat(ImageSize.of(TestImages.load(name))).isEqualTo(new ImageSize(16, 24));
    assertThat(peek(TestImages.load(name))).isEqualTo(new ImageSize(16, 24));
  }

  @ParameterizedTest
  @ValueSource(strings = {"exif_1.jpg", "plain.bmp", "rgb.png", "lossless.webp", "animated.gif"})
  void reportsTheSameSizeFromTheHeaderAlone(String name) throws Exception {
    assertThat(peek(TestImages.load(name))).isEqualTo(ImageSize.of(TestImages.load(name)));
  }

  @Test
  void readsTheSizeOfATruncatedJpeg() throws Exception {
    assertThat(peek(TestImages.cut("exif_6.jpg", 0.95))).isEqualTo(new ImageSize(16, 24));
  }

  /** The size from a file that is not in memory. */
  private static ImageSize peek(byte[] content) throws IOException, UndecodableImageException {
    ImageFile inMemory = ImageFile.of(content);
    ImageFile file =
        new ImageFile() {
          @Override
          public long length() {
            return content.length;
          }

          @Override
          public int read(long position, byte[] target, int offset, int length) throws IOException {
            return inMemory.read(position, target, offset, length);
          }
        };
    return ImageSize.peek(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "baseline.jpg",
        "progressive.jpg",
        "cmyk_adobe.jpg",
        "rgb.png",
        "lossy.webp",
        "lossless.webp",
        "plain.bmp",
        "animated.gif"
      })
  void refusesATruncatedModel(String name) throws IOException {
    for (double share : new double[] {0.25, 0.5, 0.75, 0.95}) {
      // only the first frame has to be complete
      double part = name.equals("animated.gif") ? share / 2 : share;
      byte[] file = TestImages.cut(name, part);

      assertThatThrownBy(() -> decode(file, ExifRotation.APPLY))
          .as("%s of %s", share, name)
          .isInstanceOf(UndecodableImageException.class)
          .hasMessageMatching(
              "The (JPEG|PNG|WebP|BMP|GIF) file .*(truncated|damaged|ends after).*");
    }
  }

  @Test
  void reportsWhereATruncatedFileEnds() throws IOException {
    byte[] file = TestImages.cut("baseline.jpg", 0.75);

    assertThatThrownBy(() -> decode(file, ExifRotation.APPLY))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage(
            "The JPEG file is truncated: it ends after %d bytes, before the end of its image"
                .formatted(file.length));
  }

  @Test
  void refusesAnEmptyFile() {
    assertThatThrownBy(() -> decode(new byte[0], ExifRotation.APPLY))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage("The file is empty");
  }

  @Test
  void refusesAFileThatIsNotAnImage() {
    byte[] text = "Dear Sir or Madam".getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> decode(text, ExifRotation.APPLY))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage(
            "Not an image: the file starts with 44 65 61 72 20 53 69 72; supported formats: JPEG,"
                + " PNG, WebP, GIF, BMP and TIFF");
  }

  @Test
  void refusesATooLargeImageByItsHeader() throws IOException {
    byte[] png = TestImages.load("rgb.png");
    ByteBuffer.wrap(png).putInt(16, 30_000).putInt(20, 30_000);

    assertThatThrownBy(() -> write(png, LIMIT))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage(
            "The image has 30000x30000 = 900,000,000 pixels, more than the limit of 100,000,000"
                + " (max_pixels)");
  }

  @Test
  void acceptsAnImageOfExactlyTheLimit() throws Exception {
    assertThat(write(TestImages.load("rgb.png"), 24 * 16).imageWidth()).isEqualTo(24);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void survivesAnyDamage(int seed) throws IOException {
    java.util.Random random = new java.util.Random(seed);
    for (String name :
        new String[] {
          "baseline.jpg",
          "rgb.png",
          "lossy.webp",
          "animated.gif",
          "plain.bmp",
          "ycck.jpg",
          "exif_6.jpg"
        }) {
      for (int i = 0; i < 20; i++) {
        byte[] file = TestImages.load(name);
        for (int j = 0; j < 1 + random.nextInt(8); j++) {
          file[random.nextInt(file.length)] = (byte) random.nextInt(256);
        }
        try {
          write(file, LIMIT);
        } catch (UndecodableImageException e) {
          assertThat(e).hasMessageMatching("(The|Not) .+");
        }
      }
    }
  }

  private static Letterbox write(byte[] file, long limit) throws UndecodableImageException {
    InputFormat format = InputFormat.rgb(32, 32);
    try (InputWriter writer = new InputWriter(format);
        InputBuffer buffer = new InputBuffer(format, 1)) {
      return writer.write(file, ExifRotation.APPLY, limit, buffer, 0);
    }
  }

  private static byte[] decode(byte[] file, ExifRotation rotation)
      throws UndecodableImageException {
    try (ImageDecoder decoder = new ImageDecoder()) {
      UndecodedImage image = UndecodedImage.parse(file, rotation, LIMIT);
      Mat pixels = decoder.decode(file, image.header(), image.orientation(), 1);
      assertThat(pixels.cols()).isEqualTo(image.width());
      return TestImages.rgb(pixels);
    }
  }

  private static int largestDifference(byte[] a, byte[] b) {
    int largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(Byte.toUnsignedInt(a[i]) - Byte.toUnsignedInt(b[i])));
    }
    return largest;
  }
}
