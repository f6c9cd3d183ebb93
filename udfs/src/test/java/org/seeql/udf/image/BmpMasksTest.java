package org.seeql.udf.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BmpMasksTest {
  private static final int RED = 200;
  private static final int GREEN = 40;
  private static final int BLUE = 30;

  /**
   * An image of two columns and two rows. The upper left pixel has the three colour values, as
   * close as the masks allow; the others are black.
   */
  private static byte[] file(int bits, int red, int green, int blue, boolean fromTop) {
    int stride = (2 * bits + 31) / 32 * 4;
    ByteBuffer file = ByteBuffer.allocate(66 + 2 * stride).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(file.capacity()).putInt(0).putInt(66);
    file.putInt(40).putInt(2).putInt(fromTop ? -2 : 2).putShort((short) 1).putShort((short) bits);
    file.putInt(3).putInt(0).putInt(0).putInt(0).putInt(0).putInt(0);
    file.putInt(red).putInt(green).putInt(blue);
    int pixel = part(RED, red) | part(GREEN, green) | part(BLUE, blue);
    file.position(66 + (fromTop ? 0 : stride));
    if (bits == 16) {
      file.putShort((short) pixel);
    } else {
      file.putInt(pixel);
    }
    return file.array();
  }

  private static int part(int value, int mask) {
    int shift = Integer.numberOfTrailingZeros(mask);
    long max = Integer.toUnsignedLong(mask >>> shift);
    return (int) (Math.round(value * max / 255.0) << shift);
  }

  @ParameterizedTest
  @CsvSource({
    "32, FF000000, 00FF0000, 0000FF00, 0", // RGBX
    "32, 000000FF, 0000FF00, 00FF0000, 0", // BGR in reverse order
    "32, 00FF0000, 0000FF00, 000000FF, 0", // the usual
    "32, 3FF00000, 000FFC00, 000003FF, 1", // ten bits each
    "16, 0000F800, 000007E0, 0000001F, 8", // the usual
    "16, 00007C00, 000003E0, 0000001F, 8", // the usual
    "16, 00000F00, 000000F0, 0000000F, 9", // four bits each
    "16, 0000001F, 000007E0, 0000F800, 5"
  })
  void readsColoursWhereTheMasksSay(int bits, String red, String green, String blue, int tolerance)
      throws Exception {
    for (boolean fromTop : new boolean[] {false, true}) {
      byte[] seen =
          Decoded.of(
              file(
                  bits,
                  Integer.parseUnsignedInt(red, 16),
                  Integer.parseUnsignedInt(green, 16),
                  Integer.parseUnsignedInt(blue, 16),
                  fromTop));

      assertThat(seen).hasSize(12);
      assertThat(Byte.toUnsignedInt(seen[0])).isBetween(RED - tolerance, RED + tolerance);
      assertThat(Byte.toUnsignedInt(seen[1])).isBetween(GREEN - tolerance, GREEN + tolerance);
      assertThat(Byte.toUnsignedInt(seen[2])).isBetween(BLUE - tolerance, BLUE + tolerance);
      for (int i = 3; i < seen.length; i++) {
        assertThat(seen[i]).isZero();
      }
    }
  }

  @Test
  void refusesATruncatedFile() {
    byte[] whole = file(32, 0xFF000000, 0xFF0000, 0xFF00, false);
    byte[] file = java.util.Arrays.copyOf(whole, whole.length - 1);

    assertThatThrownBy(() -> Decoded.of(file))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage(
            "The BMP file is truncated: it ends after 81 bytes, before the end of its image");
  }
}
