package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.seeql.udf.image.ExifRotation;
import org.seeql.udf.image.ImageSize;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.InputWriter;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.image.MemoryLayout;
import org.seeql.udf.image.PixelType;
import org.seeql.udf.image.Placement;
import org.seeql.udf.image.UndecodableImageException;

/**
 * Scales pictures of any format down, with the rotation and the size limit of the run. Not
 * thread-safe.
 */
final class Thumbnails {

  /** The longer side in pixels: a third of a wide screen with two device pixels per CSS pixel. */
  private static final int LONGEST_SIDE = 600;

  private static final float QUALITY = 0.8f;

  /** Larger pictures are decoded at twice the size and then halved, which avoids jagged edges. */
  private static final int OVERSAMPLING = 2;

  private final ExifRotation rotation;
  private final long maxPixels;

  Thumbnails(ExifRotation rotation, long maxPixels) {
    this.rotation = requireNonNull(rotation, "rotation is null");
    this.maxPixels = maxPixels;
  }

  /**
   * @param width of the original in pixels, after the run's rotation
   * @param jpeg in Base64
   */
  record Thumbnail(int width, int height, String jpeg) {}

  /**
   * Scales a picture down. A small picture keeps its size.
   *
   * @param file the content of the image file
   * @throws UndecodableImageException if the file cannot be decoded completely
   */
  Thumbnail shrink(byte[] file) throws UndecodableImageException {
    ImageSize size = ImageSize.of(file);
    int longest = Math.max(size.width(), size.height());
    int side = Math.min(LONGEST_SIDE, longest);
    int factor = longest >= LONGEST_SIDE * OVERSAMPLING ? OVERSAMPLING : 1;
    InputFormat format = square(side * factor);
    try (InputWriter writer = new InputWriter(format);
        InputBuffer buffer = new InputBuffer(format, 1)) {
      Letterbox place = writer.write(file, rotation, maxPixels, buffer, 0);
      BufferedImage pixels =
          image(buffer.bytes(), format.width()).getSubimage(0, 0, place.width(), place.height());
      return new Thumbnail(place.imageWidth(), place.imageHeight(), jpeg(shrunk(pixels, factor)));
    }
  }

  private static InputFormat square(int side) {
    return InputFormat.rgb(side, side)
        .withPlacement(Placement.TOP_LEFT)
        .withScale(1)
        .withPixelType(PixelType.UINT8)
        .withMemoryLayout(MemoryLayout.NHWC);
  }

  private static BufferedImage image(ByteBuffer rgb, int side) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int at = 3 * (y * side + x);
        row[x] =
            (rgb.get(at) & 0xff) << 16 | (rgb.get(at + 1) & 0xff) << 8 | (rgb.get(at + 2) & 0xff);
      }
      image.setRGB(0, y, side, 1, row, 0, side);
    }
    return image;
  }

  /**
   * An independent copy, reduced by the factor. Each pixel is the mean of a factor × factor block.
   */
  private static BufferedImage shrunk(BufferedImage image, int factor) {
    int width = Math.max(1, image.getWidth() / factor);
    int height = Math.max(1, image.getHeight() / factor);
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return small;
  }

  private static String jpeg(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to memory", e);
    } finally {
      writer.dispose();
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
