package org.seeql.udf.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process of 512 MiB and 200 files of up to 500 MiB, which are sparse and use no disk space. */
class LargeFilesIT {
  private static final int FILES = 200;
  private static final String HEAP = "512m";

  /** Less than a quarter of the heap, because the JVM reserves a part of it. */
  private static final long SURELY_READ = 120L << 20;

  /** Just above half of the heap. */
  private static final long SURELY_TOO_LARGE = 257L << 20;

  @TempDir private Path directory;

  private static byte[] picture(String format) throws IOException {
    BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 1, 0xFF0000);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(image, format, file);
    return file.toByteArray();
  }

  private static byte[] tooManyPixels() throws IOException {
    byte[] png = picture("png");
    ByteBuffer.wrap(png).putInt(16, 30_000).putInt(20, 30_000);
    return png;
  }

  /** A file whose bytes are zero except at its start. */
  private void write(String name, byte[] beginning, long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve(name).toFile(), "rw")) {
      file.write(beginning);
      file.setLength(bytes);
    }
  }

  @Test
  @Timeout(900)
  void causeAtMostOneFailureEach() throws Exception {
    Random random = new Random(13);
    String[] kinds = {"text", "wide", "jpeg", "png"};
    byte[][] beginnings = {"Dear Sir".getBytes(), tooManyPixels(), picture("jpeg"), picture("png")};
    for (int i = 0; i < FILES; i++) {
      int kind = random.nextInt(kinds.length);
      long bytes = (1L << 20) + (long) (random.nextDouble() * (499L << 20));
      write("%03d_%s_%d".formatted(i, kinds[kind], bytes), beginnings[kind], bytes);
    }

    List<String> lines = run();

    assertThat(lines).hasSize(FILES + 1).last().isEqualTo("reserved at the end: 0");
    for (String line : lines.subList(0, FILES)) {
      String[] parts = line.split("[_:]", 4);
      long bytes = Long.parseLong(parts[2]);
      switch (parts[1]) {
        case "text" -> assertThat(line).contains(": Not an image: the file starts with 44 65");
        case "wide" -> assertThat(line).contains(": The image has 30000x30000 = 900,000,000 pix");
        default -> {
          if (bytes <= SURELY_READ) {
            assertThat(line).endsWith(": inferred");
          } else if (bytes >= SURELY_TOO_LARGE) {
            assertThat(line).contains(" bytes, more than this process can hold for one file (");
          } else {
            // read alone, or refused if the heap is too fragmented
            assertThat(line)
                .matches(
                    ".*(inferred|this process can hold for|does not fit into the free memory).*");
          }
        }
      }
    }
  }

  private List<String> run() throws IOException, InterruptedException {
    File out = directory.resolveSibling(directory.getFileName() + ".out").toFile();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LargeImageFiles.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(out)
            .start();
    try {
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("ended").isTrue();
      assertThat(process.exitValue()).isZero();
      return Files.readAllLines(out.toPath());
    } finally {
      process.destroyForcibly();
      Files.delete(out.toPath());
    }
  }
}
