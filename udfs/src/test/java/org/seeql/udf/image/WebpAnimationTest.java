package org.seeql.udf.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

class WebpAnimationTest {
  static {
    OpenCv.load();
  }

  private static final int CANVAS = 16;

  /** The chunk with the pixels of a single-colour image, lossless. */
  private static byte[] pixels(int width, int height, int red, int green, int blue) {
    Mat picture = new Mat(height, width, CvType.CV_8UC3, new Scalar(blue, green, red));
    MatOfByte file = new MatOfByte();
    Imgcodecs.imencode(".webp", picture, file, new MatOfInt(Imgcodecs.IMWRITE_WEBP_QUALITY, 101));
    byte[] webp = file.toArray();
    return Arrays.copyOfRange(webp, 12, webp.length);
  }

  private static byte[] chunk(String kind, byte[]... contents) {
    int length = Arrays.stream(contents).mapToInt(content -> content.length).sum();
    ByteBuffer chunk = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
    chunk.put(kind.getBytes(StandardCharsets.US_ASCII)).putInt(length);
    Arrays.stream(contents).forEach(chunk::put);
    return chunk.array();
  }

  private static byte[] frame(int left, int top, int width, int height, byte[] pixels) {
    byte[] header = new byte[16];
    header[0] = (byte) (left / 2);
    header[3] = (byte) (top / 2);
    header[6] = (byte) (width - 1);
    header[9] = (byte) (height - 1);
    header[12] = 100;
    return chunk("ANMF", header, pixels);
  }

  private static byte[] animation(byte[]... frames) {
    byte[] size = {2, 0, 0, 0, CANVAS - 1, 0, 0, CANVAS - 1, 0, 0};
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(chunk("VP8X", size));
    all.writeBytes(chunk("ANIM", new byte[6]));
    Arrays.stream(frames).forEach(all::writeBytes);
    return chunk("RIFF", all.toByteArray());
  }

  @Test
  void decodesTheFirstFrame() throws Exception {
    byte[] first = frame(0, 0, CANVAS, CANVAS, pixels(CANVAS, CANVAS, 200, 40, 30));
    byte[] second = frame(0, 0, CANVAS, CANVAS, pixels(CANVAS, CANVAS, 1, 2, 3));

    byte[] file = animation(first, second);

    assertThat(ImageDescription.of(file))
        .isEqualTo(new ImageDescription("WebP", CANVAS, CANVAS, 1));
    byte[] seen = Decoded.of(file);
    assertThat(seen).hasSize(3 * CANVAS * CANVAS);
    for (int i = 0; i < seen.length; i += 3) {
      assertThat(Arrays.copyOfRange(seen, i, i + 3)).containsExactly(200, 40, 30);
    }
  }

  @Test
  void placesASmallerFrameOnBlack() throws Exception {
    byte[] seen = Decoded.of(animation(frame(4, 10, 8, 6, pixels(8, 6, 200, 40, 30))));

    for (int y = 0; y < CANVAS; y++) {
      for (int x = 0; x < CANVAS; x++) {
        int at = 3 * (y * CANVAS + x);
        boolean inside = x >= 4 && x < 12 && y >= 10;
        assertThat(Arrays.copyOfRange(seen, at, at + 3))
            .as("%d, %d", x, y)
            .containsExactly(inside ? 200 : 0, inside ? 40 : 0, inside ? 30 : 0);
      }
    }
  }

  @Test
  void refusesAMissingFrame() {
    byte[] outside = animation(frame(4, 4, CANVAS, CANVAS, pixels(CANVAS, CANVAS, 1, 2, 3)));
    byte[] empty = animation(frame(0, 0, CANVAS, CANVAS, new byte[0]));

    assertThatThrownBy(() -> Decoded.of(outside))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage(
            "The WebP file of %d bytes is damaged: its 16x16 pixels cannot be decoded"
                .formatted(outside.length));
    assertThatThrownBy(() -> Decoded.of(empty))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage("Not a valid WebP file: its first frame has no pixels");
  }
}
