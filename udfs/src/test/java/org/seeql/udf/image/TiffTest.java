package org.seeql.udf.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pixels are generated here, and the compressed files by the JDK's writer, which does not use
 * libtiff.
 */
class TiffTest {
  private static final int WIDTH = 6;
  private static final int HEIGHT = 4;

  /** For each pixel: its column, its row, and a constant value. */
  private static byte[] pixels() {
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      rgb[3 * i] = (byte) (40 * (i % WIDTH));
      rgb[3 * i + 1] = (byte) (60 * (i / WIDTH));
      rgb[3 * i + 2] = (byte) 200;
    }
    return rgb;
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "LZW", "Deflate", "ZLib", "PackBits"})
  void decodesTheFirstPage(String compression) throws Exception {
    BufferedImage first = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    byte[] pixels = pixels();
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      first.setRGB(
          i % WIDTH,
          i / WIDTH,
          (pixels[3 * i] & 0xff) << 16
              | (pixels[3 * i + 1] & 0xff) << 8
              | (pixels[3 * i + 2] & 0xff));
    }
    BufferedImage second = new BufferedImage(3, 3, BufferedImage.TYPE_INT_RGB);

    byte[] file = write(compression, first, second);

    assertThat(ImageDescription.of(file)).isEqualTo(new ImageDescription("TIFF", WIDTH, HEIGHT, 1));
    assertThat(Decoded.of(file)).isEqualTo(pixels);
  }

  private static byte[] write(String compression, BufferedImage... pages) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam how = writer.getDefaultWriteParam();
      if (!compression.equals("none")) {
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionType(compression);
      }
      writer.prepareWriteSequence(null);
      for (BufferedImage page : pages) {
        writer.writeToSequence(new IIOImage(page, null, null), how);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 5, 0",
    "2, 5, 0, 0, 0",
    "3, 5, 3, 0, 3",
    "4, 0, 3, 5, 3",
    "5, 0, 0, 0, 3",
    "6, 0, 3, 0, 0",
    "7, 5, 3, 5, 0",
    "8, 5, 0, 5, 3"
  })
  void rotatesItAccordingToItsTag(
      int orientation, int cornerColumn, int cornerRow, int rightColumn, int rightRow)
      throws Exception {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      byte[] file =
          TiffBuilder.rgb(WIDTH, HEIGHT, pixels()).with(274, orientation).in(order).build();
      boolean sideways = orientation > 4;
      int width = sideways ? HEIGHT : WIDTH;

      assertThat(ImageDescription.of(file))
          .isEqualTo(new ImageDescription("TIFF", width, sideways ? WIDTH : HEIGHT, orientation));
      byte[] upright = Decoded.of(file);
      assertThat(pixel(upright, 0)).isEqualTo(stored(cornerColumn, cornerRow));
      assertThat(pixel(upright, width - 1)).isEqualTo(stored(rightColumn, rightRow));
      assertThat(Decoded.of(file, ExifRotation.IGNORE)).isEqualTo(pixels());
    }
  }

  private static byte[] pixel(byte[] rgb, int index) {
    return Arrays.copyOfRange(rgb, 3 * index, 3 * index + 3);
  }

  private static byte[] stored(int column, int row) {
    return new byte[] {(byte) (40 * column), (byte) (60 * row), (byte) 200};
  }

  @Test
  void usesTheUpperByteOfSixteenBits() throws Exception {
    ByteBuffer grey = ByteBuffer.allocate(2 * 4).order(ByteOrder.LITTLE_ENDIAN);
    grey.putShort((short) 0).putShort((short) 0x40FF).putShort((short) 0x8000).putShort((short) -1);

    byte[] seen = Decoded.of(TiffBuilder.grey(4, 1, 16, grey.array()).build());

    assertThat(seen).containsExactly(0, 0, 0, 0x40, 0x40, 0x40, 0x80, 0x80, 0x80, 0xFF, 0xFF, 0xFF);
  }

  @Test
  void refusesATruncatedFile() {
    byte[] whole = TiffBuilder.rgb(WIDTH, HEIGHT, pixels()).build();
    byte[] withoutDirectory = Arrays.copyOf(whole, 70);
    byte[] withoutPixels = TiffBuilder.rgb(WIDTH, HEIGHT, pixels()).with(279, 5_000).build();

    for (byte[] file : new byte[][] {withoutDirectory, withoutPixels}) {
      assertThatThrownBy(() -> Decoded.of(file))
          .isInstanceOf(UndecodableImageException.class)
          .hasMessage(
              "The TIFF file is truncated: it ends after %d bytes, before the end of its image"
                  .formatted(file.length));
    }
  }

  @Test
  void refusesAFileThatWouldDecodeToAnotherImage() {
    byte[] preview = TiffBuilder.rgb(WIDTH, HEIGHT, pixels()).with(254, 1).build();
    byte[] dng = TiffBuilder.rgb(WIDTH, HEIGHT, pixels()).with(50_706, 1).build();
    byte[] cr2 = pixels();
    cr2[0] = 'C';
    cr2[1] = 'R';
    byte[] deep = TiffBuilder.grey(2, 1, 32, new byte[8]).build();
    byte[] unknown = TiffBuilder.rgb(WIDTH, HEIGHT, pixels()).with(259, 4711).build();

    for (byte[] raw : new byte[][] {preview, dng, TiffBuilder.rgb(WIDTH, HEIGHT, cr2).build()}) {
      assertThatThrownBy(() -> Decoded.of(raw))
          .isInstanceOf(UndecodableImageException.class)
          .hasMessage(
              "The file is a raw camera image, and only its preview could be decoded; convert it");
    }
    assertThatThrownBy(() -> Decoded.of(deep))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage(
            "The TIFF file has 32 bits per sample, and at most 16 can be decoded; convert it");
    assertThatThrownBy(() -> Decoded.of(unknown))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage("The TIFF file has an unknown compression (4711); convert it");
  }

  @Test
  void refusesPixelsThatCannotBeDecompressed() throws Exception {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    java.util.Random random = new java.util.Random(4);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, random.nextInt(1 << 24));
    }
    byte[] file = write("Deflate", image);
    assertThat(Decoded.of(file)).hasSize(3 * 64 * 64);
    Arrays.fill(file, 2_000, 2_200, (byte) 0xAA);

    assertThatThrownBy(() -> Decoded.of(file))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage(
            "The TIFF file of %d bytes is damaged: its pixels cannot be decompressed"
                .formatted(file.length));
  }

  /** The work to read a part does not depend on the number of entries. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void inflatesManyPartsOfAFileWithManyEntries() throws Exception {
    int entries = 0xFFFF;
    int parts = 250_000;
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(row)) {
      deflater.write(0);
    }
    int directory = 8 + 12;
    int offsets = directory + 2 + 12 * entries + 4;
    ByteBuffer file = ByteBuffer.allocate(offsets + 2 * 4 * parts).order(ByteOrder.LITTLE_ENDIAN);
    file.put("II*\0".getBytes(US_ASCII)).putInt(directory).put(row.toByteArray());
    file.position(directory).putShort((short) entries);
    int[][] last = {
      {256, 1, 1},
      {257, 1, parts},
      {258, 1, 8},
      {259, 1, 8},
      {278, 1, 1},
      {273, parts, offsets},
      {279, parts, offsets + 4 * parts}
    };
    for (int i = 0; i < entries; i++) {
      int[] entry =
          i < entries - last.length ? new int[] {1, 1, 0} : last[i - entries + last.length];
      file.putShort((short) entry[0]).putShort((short) 4).putInt(entry[1]).putInt(entry[2]);
    }
    file.putInt(0);
    for (int i = 0; i < parts; i++) {
      file.putInt(offsets + 4 * i, 8).putInt(offsets + 4 * (parts + i), row.size());
    }
    Bytes bytes = Bytes.of(file.array());

    assertThatCode(() -> new TiffParts(bytes).requirePixels(TiffHeader.parse(bytes)))
        .doesNotThrowAnyException();
    file.putShort(8 + 5, (short) -1);
    assertThatThrownBy(() -> new TiffParts(bytes).requirePixels(TiffHeader.parse(bytes)))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage(
            "The TIFF file of %d bytes is damaged: its pixels cannot be decompressed"
                .formatted(bytes.length()));
  }

  @Test
  void survivesAnyDamage() {
    java.util.Random random = new java.util.Random(3);
    byte[] whole = TiffBuilder.rgb(WIDTH, HEIGHT, pixels()).build();
    for (int i = 0; i < 500; i++) {
      byte[] file = whole.clone();
      for (int j = 0; j < 1 + random.nextInt(6); j++) {
        // the directory is the last part
        file[file.length - 1 - random.nextInt(140)] = (byte) random.nextInt(256);
      }
      try {
        Decoded.of(file);
      } catch (UndecodableImageException e) {
        assertThat(e).hasMessageMatching("(The|Not) .+");
      }
    }
  }
}
