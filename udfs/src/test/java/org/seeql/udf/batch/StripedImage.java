package org.seeql.udf.batch;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.seeql.udf.image.ImageFile;

/** An image of black and white stripes; each fake model reads one of them. */
final class StripedImage implements ImageSource {
  private final long row;
  private final int stripes;
  private final Content content;
  private final AtomicInteger reads = new AtomicInteger();

  private StripedImage(long row, int stripes, Content content) {
    this.row = row;
    this.stripes = stripes;
    this.content = content;
  }

  interface Content {
    byte[] read() throws IOException;
  }

  /** An image with random stripes, the same for the same row. */
  static StripedImage random(int row) {
    return striped(row, new Random(row * 31L).nextInt(1 << FakeModel.SIZE));
  }

  static StripedImage white(int row) {
    return striped(row, -1);
  }

  private static StripedImage striped(int row, int stripes) {
    return new StripedImage(row, stripes, () -> png(stripes));
  }

  /** An image with arbitrary content. */
  static StripedImage of(int row, Content content) {
    return new StripedImage(row, 0, content);
  }

  @Override
  public long row() {
    return row;
  }

  boolean isWhite(int stripe) {
    return (stripes >> stripe & 1) == 1;
  }

  AtomicInteger reads() {
    return reads;
  }

  @Override
  public ImageFile open() throws IOException {
    reads.incrementAndGet();
    return ImageFile.of(content.read());
  }

  private static byte[] png(int stripes) throws IOException {
    int size = FakeModel.SIZE;
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < size; x++) {
      for (int y = 0; y < size; y++) {
        image.setRGB(x, y, (stripes >> x & 1) == 1 ? 0xffffff : 0);
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }
}
