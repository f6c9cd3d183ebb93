package org.seeql.udf.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegEndTest {
  private static final int END_MARKER = 2;

  private static byte[] jpeg(boolean progressive) throws IOException {
    BufferedImage image = new BufferedImage(100, 75, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(5);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static void assertTruncated(byte[] file) {
    assertThatThrownBy(() -> Decoded.of(file))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage(
            "The JPEG file is truncated: it ends after %d bytes, before the end of its image"
                .formatted(file.length));
    assertThatThrownBy(() -> ImageSize.of(file)).isInstanceOf(UndecodableImageException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsAFileThatLacksNothingButItsEndMarker(boolean progressive) throws Exception {
    byte[] whole = jpeg(progressive);
    byte[] cut = Arrays.copyOf(whole, whole.length - END_MARKER);

    assertThat(ImageSize.of(cut)).isEqualTo(new ImageSize(100, 75));
    assertThat(Decoded.of(cut)).isEqualTo(Decoded.of(whole));
  }

  @Test
  void readsAFilePaddedWithZeros() throws Exception {
    byte[] whole = jpeg(false);
    byte[] filled = Arrays.copyOf(Arrays.copyOf(whole, whole.length - END_MARKER), 64 << 10);

    assertThat(Decoded.of(filled)).isEqualTo(Decoded.of(whole));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesAFileThatAlsoLacksPixels(boolean progressive) throws Exception {
    byte[] whole = jpeg(progressive);

    for (int missing : new int[] {END_MARKER + 40, whole.length / 20, whole.length / 2}) {
      assertTruncated(Arrays.copyOf(whole, whole.length - missing));
    }
  }

  @Test
  void refusesAProgressiveFileThatLacksWholeScans() throws Exception {
    byte[] whole = jpeg(true);
    int lastScan = 0;
    for (int i = 0; i + 1 < whole.length; i++) {
      if (whole[i] == (byte) 0xFF && whole[i + 1] == (byte) JpegHeader.SOS) {
        lastScan = i;
      }
    }

    for (int part = lastScan; part < lastScan + 12; part++) {
      assertTruncated(Arrays.copyOf(whole, part));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"baseline.jpg", "progressive.jpg", "grey.jpg", "cmyk_adobe.jpg", "ycck.jpg"})
  void decodesAllPixelsOrNoneOfATruncatedFile(String name) throws Exception {
    byte[] whole = TestImages.load(name);
    byte[] pixels = Decoded.of(whole);
    int read = 0;
    for (int length = 0; length < whole.length; length++) {
      try {
        byte[] seen = Decoded.of(Arrays.copyOf(whole, length));
        assertThat(Arrays.equals(seen, pixels)).as("%s of %s bytes", length, whole.length).isTrue();
        read++;
      } catch (UndecodableImageException e) {
        // the expected outcome
      }
    }
    // without the end marker, without part of it, and without padding bits
    assertThat(read).isBetween(2, 4);
  }

  @Test
  void refusesTooManyScans() throws Exception {
    byte[] few = withScans(jpeg(true), 60);
    byte[] many = withScans(jpeg(true), 1_000);

    assertThat(Decoded.of(few)).hasSize(3 * 100 * 75);
    assertThatThrownBy(() -> Decoded.of(many))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage("The JPEG file has more than 100 scans, which would take too long to decode");
  }

  /**
   * Repeats the last scan, which is short but makes the decoder process the whole image each time.
   */
  private static byte[] withScans(byte[] progressive, int more) {
    int last = progressive.length - END_MARKER;
    int start = last;
    while (progressive[start] != (byte) 0xFF || progressive[start + 1] != (byte) JpegHeader.SOS) {
      start--;
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(progressive, 0, last);
    for (int i = 0; i < more; i++) {
      file.write(progressive, start, last - start);
    }
    file.write(progressive, last, END_MARKER);
    return file.toByteArray();
  }
}
