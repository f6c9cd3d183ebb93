package org.seeql.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeatMapTest {
  @ParameterizedTest
  @CsvSource({"0, 0, 255, 255, 0", "127, 63, 255, 255, 0", "255, 255, 255, 0, 0"})
  void goesFromTransparentThroughYellowToRed(int value, int alpha, int red, int green, int blue)
      throws IOException {
    BufferedImage map = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    map.getRaster().setSample(5, 7, 0, value);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(map, "png", png);

    byte[] coloured = Base64.getDecoder().decode(HeatMap.coloured(png.toByteArray()));

    BufferedImage heat = ImageIO.read(new ByteArrayInputStream(coloured));
    assertThat(heat.getWidth()).isEqualTo(64);
    assertThat(heat.getRaster().getPixel(5, 7, (int[]) null))
        .containsExactly(red, green, blue, alpha);
  }

  @Test
  void refusesWhatIsNoImage() {
    assertThatThrownBy(() -> HeatMap.coloured(new byte[] {1, 2}))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("java.io.IOException: a map is not a PNG image");
  }
}
