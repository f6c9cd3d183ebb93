package org.seeql.udf.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares written values with Pillow's pixels of the same file, placed and scaled by hand. */
class TensorWriterTest {
  private static final int WIDTH = 24;
  private static final int HEIGHT = 16;

  @Test
  void writesPlanesOfRedGreenAndBlueFromZeroToOne() throws Exception {
    FloatBuffer values = floats(write(format -> format));

    assertPixel(values, 0, 0, pillow(0, 0), 1 / 255f);
    assertPixel(values, 23, 15, pillow(23, 15), 1 / 255f);
    assertPixel(values, 7, 9, pillow(7, 9), 1 / 255f);
  }

  @Test
  void writesBlueFirstIfRequested() throws Exception {
    FloatBuffer values = floats(write(format -> format.withColor(ColorOrder.BGR).withScale(1)));

    int[] rgb = pillow(20, 3);
    assertPixel(values, 20, 3, new int[] {rgb[2], rgb[1], rgb[0]}, 1);
  }

  @Test
  void normalisesEachChannelByItsOwnMeanAndDeviation() throws Exception {
    List<Double> mean = List.of(0.485, 0.456, 0.406);
    List<Double> std = List.of(0.229, 0.224, 0.225);

    for (MemoryLayout layout : MemoryLayout.values()) {
      FloatBuffer values =
          floats(write(format -> format.withNormalization(mean, std).withMemoryLayout(layout)));

      for (int c = 0; c < 3; c++) {
        int place = layout == MemoryLayout.NCHW ? c * 384 + 9 * 24 + 7 : (9 * 24 + 7) * 3 + c;
        assertThat((double) values.get(place))
            .isCloseTo((pillow(7, 9)[c] / 255.0 - mean.get(c)) / std.get(c), within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(MemoryLayout.class)
  void writesBytesAsTheyAre(MemoryLayout layout) throws Exception {
    ByteBuffer values =
        write(
            format -> format.withPixelType(PixelType.UINT8).withScale(1).withMemoryLayout(layout));

    for (int c = 0; c < 3; c++) {
      int place = layout == MemoryLayout.NCHW ? c * 384 + 9 * 24 + 7 : (9 * 24 + 7) * 3 + c;
      assertThat(Byte.toUnsignedInt(values.get(place))).isEqualTo(pillow(7, 9)[c]);
    }
  }

  @Test
  void writesHalfPrecision() throws Exception {
    ByteBuffer values = write(format -> format.withPixelType(PixelType.FLOAT16));

    for (int c = 0; c < 3; c++) {
      short half = values.getShort(2 * (c * 384 + 9 * 24 + 7));
      assertThat(floatOf(half)).isCloseTo(pillow(7, 9)[c] / 255f, within(1e-3f));
    }
  }

  @ParameterizedTest
  @CsvSource({"CENTERED, 0, 4", "TOP_LEFT, 0, 0"})
  void padsWithGreyWhereTheImageIsNot(Placement placement, int left, int top) throws Exception {
    FloatBuffer values =
        floats(write(format -> format.withSize(24, 24).withPlacement(placement).withScale(1)));

    int outside = placement == Placement.CENTERED ? 0 : 23;
    for (int c = 0; c < 3; c++) {
      assertThat(values.get(c * 576 + outside * 24 + 5)).isEqualTo(114);
      assertThat(values.get(c * 576 + (top + 9) * 24 + left + 7)).isEqualTo(pillow(7, 9)[c]);
    }
  }

  @Test
  void cutsOffBothSidesToCover() throws Exception {
    FloatBuffer values =
        floats(
            write(
                format ->
                    format.withSize(16, 16).withPlacement(Placement.CENTER_CROP).withScale(1)));

    for (int c = 0; c < 3; c++) {
      assertThat(values.get(c * 256 + 9 * 16)).isEqualTo(pillow(4, 9)[c]);
    }
  }

  @Test
  void writesEachSlotToItsOwnPlaceAndClearsThePreviousImage() throws Exception {
    InputFormat format = InputFormat.rgb(24, 24).withScale(1);
    try (InputWriter writer = new InputWriter(format);
        InputBuffer buffer = new InputBuffer(format, 2)) {
      byte[] tall = TestImages.load("exif_6.png");
      writer.write(tall, ExifRotation.APPLY, 1000, buffer, 1);
      writer.write(TestImages.load("rgb.png"), ExifRotation.APPLY, 1000, buffer, 0);
      FloatBuffer values = buffer.bytes().asFloatBuffer();

      assertThat(values.get(5)).isEqualTo(114);
      assertThat(values.get((4 + 9) * 24 + 7)).isEqualTo(pillow(7, 9)[0]);
      assertThat(values.get(3 * 576)).isEqualTo(114);
      buffer.move(1, 0);
      assertThat(values.get(5)).isNotEqualTo(114);
    }
  }

  /** The mean of a large image does not depend on the resolution at which it is decoded. */
  @Test
  void decodesLargeJpegFilesInPart() throws Exception {
    BufferedImage large = new BufferedImage(1000, 1000, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 1000; y++) {
      for (int x = 0; x < 1000; x++) {
        large.setRGB(x, y, (x / 4) << 16 | (y / 4) << 8 | 100);
      }
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(large, "jpeg", jpeg);

    for (int side : new int[] {20, 60, 120, 250, 500, 1000}) {
      InputFormat format = InputFormat.rgb(side, side).withScale(1);
      try (InputWriter writer = new InputWriter(format);
          InputBuffer buffer = new InputBuffer(format, 1)) {
        writer.write(jpeg.toByteArray(), ExifRotation.APPLY, 1_000_000, buffer, 0);
        FloatBuffer values = buffer.bytes().asFloatBuffer();

        int at = side / 4 * side + side / 2;
        assertThat(values.get(at)).isCloseTo(125, within(8f));
        assertThat(values.get(at + side * side)).isCloseTo(62, within(8f));
        assertThat(values.get(at + 2 * side * side)).isCloseTo(100, within(8f));
      }
    }
  }

  private static ByteBuffer write(UnaryOperator<InputFormat> change) throws Exception {
    InputFormat format = change.apply(InputFormat.rgb(WIDTH, HEIGHT));
    try (InputWriter writer = new InputWriter(format);
        InputBuffer buffer = new InputBuffer(format, 1)) {
      writer.write(TestImages.load("rgb.png"), ExifRotation.APPLY, 1000, buffer, 0);
      ByteBuffer copy = ByteBuffer.allocate(format.bytesPerImage()).order(buffer.bytes().order());
      return copy.put(buffer.bytes()).flip();
    }
  }

  private static FloatBuffer floats(ByteBuffer bytes) {
    return bytes.asFloatBuffer();
  }

  private static int[] pillow(int x, int y) throws Exception {
    byte[] rgb = TestImages.load("rgb.png.rgb");
    int at = 3 * (y * WIDTH + x);
    return new int[] {
      Byte.toUnsignedInt(rgb[at]), Byte.toUnsignedInt(rgb[at + 1]), Byte.toUnsignedInt(rgb[at + 2])
    };
  }

  private static void assertPixel(FloatBuffer values, int x, int y, int[] channels, float scale) {
    for (int c = 0; c < 3; c++) {
      assertThat(values.get(c * WIDTH * HEIGHT + y * WIDTH + x))
          .isCloseTo(channels[c] * scale, within(1e-6f));
    }
  }

  /** IEEE 754 binary16, for positive normal numbers and zero. */
  private static float floatOf(short half) {
    int exponent = (half >> 10) & 31;
    float fraction = (half & 1023) / 1024f;
    return exponent == 0
        ? fraction * (float) Math.pow(2, -14)
        : (1 + fraction) * (float) Math.pow(2, exponent - 15);
  }
}
