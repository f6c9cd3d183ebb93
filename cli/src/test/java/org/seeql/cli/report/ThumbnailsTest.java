package org.seeql.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.cli.report.Thumbnails.Thumbnail;
import org.seeql.udf.image.ExifRotation;
import org.seeql.udf.image.UndecodableImageException;

class ThumbnailsTest {

  private final Thumbnails thumbnails = new Thumbnails(ExifRotation.APPLY, 10_000_000);

  @ParameterizedTest
  @CsvSource({
    "png, 90, 60, 90, 60",
    "jpeg, 600, 400, 600, 400",
    "png, 900, 600, 600, 400",
    "jpeg, 1000, 2500, 240, 600",
    "png, 3000, 3, 600, 1",
  })
  void keepsTheAspectRatioAndDoesNotEnlarge(
      String format, int width, int height, int smallWidth, int smallHeight) throws Exception {
    Thumbnail small = thumbnails.shrink(picture(format, width, height));

    assertThat(small.width()).isEqualTo(width);
    assertThat(small.height()).isEqualTo(height);
    BufferedImage pixels = pixels(small);
    assertThat(pixels.getWidth()).isEqualTo(smallWidth);
    assertThat(pixels.getHeight()).isEqualTo(smallHeight);
  }

  @Test
  void keepsColoursAndPositions() throws Exception {
    BufferedImage pixels = pixels(thumbnails.shrink(picture("png", 1400, 1000)));

    Color left = new Color(pixels.getRGB(150, 200));
    Color right = new Color(pixels.getRGB(450, 200));
    assertThat(left.getRed()).isGreaterThan(230);
    assertThat(left.getBlue()).isLessThan(25);
    assertThat(right.getRed()).isLessThan(25);
    assertThat(right.getBlue()).isGreaterThan(230);
  }

  @Test
  void refusesImagesThatTheRunWouldRefuse() throws Exception {
    byte[] large = picture("png", 4000, 3000);

    assertThatThrownBy(() -> thumbnails.shrink(large))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessageContaining("max_pixels");
    assertThatThrownBy(() -> thumbnails.shrink(new byte[] {1, 2, 3}))
        .isInstanceOf(UndecodableImageException.class);
  }

  /** A picture that is red on the left and blue on the right. */
  static byte[] picture(String format, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, width / 2, height);
    graphics.setColor(Color.BLUE);
    graphics.fillRect(width / 2, 0, width - width / 2, height);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  private static BufferedImage pixels(Thumbnail small) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(small.jpeg())));
  }
}
