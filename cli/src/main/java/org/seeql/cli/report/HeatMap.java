package org.seeql.cli.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Colours the maps of explanations: from transparent through yellow to red. */
final class HeatMap {
  private static final int WHITE = 255;
  private static final int ALPHA_BITS = 24;
  private static final int RED_BITS = 16;
  private static final int GREEN_BITS = 8;

  private HeatMap() {}

  /**
   * A coloured map as a PNG image in Base64.
   *
   * @param png the map as stored: 8 bits for each pixel, white where the answer depends most
   * @throws UncheckedIOException if the bytes are not an image
   */
  static String coloured(byte[] png) {
    try {
      BufferedImage map = ImageIO.read(new ByteArrayInputStream(png));
      if (map == null) {
        throw new IOException("a map is not a PNG image");
      }
      BufferedImage heat =
          new BufferedImage(map.getWidth(), map.getHeight(), BufferedImage.TYPE_INT_ARGB);
      for (int y = 0; y < map.getHeight(); y++) {
        for (int x = 0; x < map.getWidth(); x++) {
          heat.setRGB(x, y, argb(map.getRaster().getSample(x, y, 0)));
        }
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(heat, "png", bytes);
      return Base64.getEncoder().encodeToString(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Low values are a transparent yellow, so that noise is hardly visible; high ones turn red. */
  private static int argb(int value) {
    int alpha = value * value / WHITE;
    int green = Math.min(WHITE, 2 * (WHITE - value));
    return (alpha << ALPHA_BITS) | (WHITE << RED_BITS) | (green << GREEN_BITS);
  }
}
