package org.seeql.udf.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.udf.image.ReadBudget.WaitPolicy;

class ImageFilesTest {
  private static final long LIMIT = 1_000_000;
  private static final int PAGE = 64 << 10;

  private final ReadBudget budget =
      new ReadBudget(new ReadSettings(8 << 20, 64 << 20, Duration.ofMinutes(1)));

  @AfterEach
  void leavesNothingReserved() {
    assertThat(budget.used()).isZero();
  }

  /** A file with the given first bytes, followed by zeros. */
  private static final class PartlyZero implements ImageFile {
    private final byte[] start;
    private final long length;
    private long read;

    PartlyZero(byte[] start, long length) {
      this.start = start;
      this.length = length;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int count) {
      if (position >= length) {
        return -1;
      }
      int reading = (int) Math.min(count, length - position);
      for (int i = 0; i < reading; i++) {
        long at = position + i;
        target[offset + i] = at < start.length ? start[(int) at] : 0;
      }
      read += reading;
      return reading;
    }
  }

  private static byte[] png(int width, int height) throws IOException {
    byte[] png = TestImages.load("rgb.png");
    ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    return png;
  }

  /** A JPEG with more data before its size than the first read covers. */
  private static byte[] jpegWithLongRemarks(String name) throws IOException {
    byte[] jpeg = TestImages.load(name);
    byte[] remark = new byte[2 + 65_000];
    ByteBuffer.wrap(remark).putShort((short) 0xFFFE).putShort((short) 65_000);
    ByteBuffer file = ByteBuffer.allocate(jpeg.length + 3 * remark.length);
    file.put(jpeg, 0, 2).put(remark).put(remark).put(remark).put(jpeg, 2, jpeg.length - 2);
    return file.array();
  }

  private EncodedImage read(ImageFile file) throws IOException, UndecodableImageException {
    return ImageFiles.read(file, LIMIT, budget, WaitPolicy.UNLIMITED);
  }

  @ParameterizedTest
  @ValueSource(ints = {752, PAGE - 1, PAGE, PAGE + 1, 3 << 20})
  void readsAFileToItsEnd(int length) throws Exception {
    byte[] start = TestImages.load("baseline.jpg");
    PartlyZero file = new PartlyZero(start, length);

    try (EncodedImage read = read(file)) {
      assertThat(read.bytes()).isEqualTo(Arrays.copyOf(start, length));
      assertThat(file.read).isEqualTo(length);
      assertThat(budget.used()).isEqualTo(length);
    }
  }

  @Test
  void readsOnlyTheFirstPageOfAFileThatIsNotAnImage() {
    PartlyZero file = new PartlyZero("Dear Sir".getBytes(US_ASCII), 5L << 20);

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessageStartingWith("Not an image: the file starts with 44 65 61 72 20 53 69 72; ");
    assertThat(file.read).isEqualTo(PAGE);
  }

  @Test
  void readsOnlyTheHeaderOfATooLargeImage() throws Exception {
    PartlyZero png = new PartlyZero(png(30_000, 30_000), 5L << 20);
    byte[] wide = jpegWithLongRemarks("baseline.jpg");
    ByteBuffer.wrap(wide).putInt(indexOfFrame(wide) + 5, 0xEA60_EA60);
    PartlyZero jpeg = new PartlyZero(wide, 50L << 20);

    for (PartlyZero file : new PartlyZero[] {png, jpeg}) {
      assertThatThrownBy(() -> read(file))
          .isInstanceOf(UndecodableImageException.class)
          .hasMessageContaining("pixels, more than the limit of 1,000,000 (max_pixels)");
      assertThat(file.read).isLessThan(8 * PAGE);
    }
  }

  private static int indexOfFrame(byte[] jpeg) {
    for (int i = 0; i + 1 < jpeg.length; i++) {
      if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xC0) {
        return i;
      }
    }
    throw new AssertionError("no frame");
  }

  @Test
  void findsTheSizeAfterLongComments() throws Exception {
    byte[] jpeg = jpegWithLongRemarks("progressive.jpg");

    try (EncodedImage read = read(new PartlyZero(jpeg, jpeg.length))) {
      assertThat(ImageSize.of(read.bytes())).isEqualTo(new ImageSize(24, 16));
    }
  }

  @Test
  void findsTheDirectoryOfATiffAtItsEnd() throws Exception {
    byte[] tiff = TiffBuilder.rgb(200, 300, new byte[3 * 200 * 300]).build();
    byte[] huge = TiffBuilder.rgb(60_000, 60_000, new byte[3 * 200 * 300]).build();

    try (EncodedImage read = read(new PartlyZero(tiff, tiff.length))) {
      assertThat(read.bytes()).isEqualTo(tiff);
    }
    PartlyZero refused = new PartlyZero(huge, huge.length);
    assertThatThrownBy(() -> read(refused))
        .hasMessage(
            "The image has 60000x60000 = 3,600,000,000 pixels, more than the limit of 1,000,000"
                + " (max_pixels)");
    assertThat(refused.read).isLessThanOrEqualTo(2L * PAGE);
  }

  @Test
  void refusesAFileThatIsTooLargeForTheHeap() throws Exception {
    PartlyZero file = new PartlyZero(TestImages.load("baseline.jpg"), 65 << 20);

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "The file has 68,157,440 bytes, more than this process can hold for one file"
                + " (67,108,864, half of its heap); increase its memory, for example with"
                + " SEEQL_JAVA_OPTS=-Xmx4g");
    assertThat(file.read).isEqualTo(PAGE);
  }

  @Test
  void acceptsAFileThatBecomesShorter() throws Exception {
    byte[] start = TestImages.load("baseline.jpg");
    ImageFile file =
        new ImageFile() {
          private final PartlyZero rest = new PartlyZero(start, 200_000);

          @Override
          public long length() {
            return 300_000;
          }

          @Override
          public int read(long position, byte[] target, int offset, int count) {
            return rest.read(position, target, offset, count);
          }
        };

    try (EncodedImage read = read(file)) {
      assertThat(read.bytes()).isEqualTo(Arrays.copyOf(start, 200_000));
    }
  }

  @Test
  void releasesItsMemoryWhenReadingFails() throws Exception {
    byte[] start = TestImages.load("baseline.jpg");
    ImageFile file =
        new ImageFile() {
          @Override
          public long length() {
            return 300_000;
          }

          @Override
          public int read(long position, byte[] target, int offset, int count) throws IOException {
            if (position >= PAGE) {
              throw new IOException("The disk is broken");
            }
            return new PartlyZero(start, 300_000).read(position, target, offset, count);
          }
        };

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IOException.class)
        .hasMessage("The disk is broken");
  }
}
