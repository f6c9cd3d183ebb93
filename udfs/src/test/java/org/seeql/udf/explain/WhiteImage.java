package org.seeql.udf.explain;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.seeql.udf.batch.ImageSource;
import org.seeql.udf.image.ImageFile;

/** A white image. */
record WhiteImage(int width, int height) implements ImageSource {
  private static final int WHITE = 0xffffff;

  @Override
  public long row() {
    return 1;
  }

  @Override
  public ImageFile open() throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        image.setRGB(x, y, WHITE);
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return ImageFile.of(png.toByteArray());
  }
}
