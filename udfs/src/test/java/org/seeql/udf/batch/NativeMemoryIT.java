package org.seeql.udf.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelLoader;
import org.seeql.udf.model.ModelProbe;
import org.seeql.udf.model.TestModels;

/** Checks the process's memory outside the Java heap, as reported by the system. */
class NativeMemoryIT {
  private static final Path MAPPINGS = Path.of("/proc/self/smaps");
  private static final Pattern MAPPING = Pattern.compile("^([0-9a-f]+)-[0-9a-f]+ ");

  /** The JVM places heaps below 32 GB at addresses that fit into 36 bits. */
  private static final long ABOVE_JAVA = 1L << 40;

  private static final int WARM_UP = 4_000;
  private static final int MORE = 16_000;

  /** A leak of one small image (24 x 16 pixels) per call would be 18 MB; of one input 190 MB. */
  private static final long ALLOWED_KIB = 60 << 10;

  @Test
  void staysFlatOverTwentyThousandImages() throws IOException {
    assumeTrue(Files.exists(MAPPINGS), "no " + MAPPINGS + " to read the memory from");
    List<byte[]> files =
        List.of(
            image("baseline.jpg"),
            image("exif_6.jpg"),
            image("alpha.png"),
            image("lossy.webp"),
            image("cmyk_adobe.jpg"),
            image("animated.gif"),
            new byte[100]);
    ModelDescription model =
        ModelProbe.probe(
            "m",
            TestModels.files("logits.onnx"),
            Map.of(
                "labels", TestModels.LABELS, "normalization", "none", "layout", "classification"));
    try (InferencePipeline pipeline =
        InferencePipeline.over(
            ModelLoader.load(model, TestModels.files("logits.onnx"), Device.CPU, 1), 2)) {
      run(pipeline, files, WARM_UP);
      long before = nativeKib();

      run(pipeline, files, MORE);

      assertThat(nativeKib() - before).isLessThan(ALLOWED_KIB);
    }
  }

  private static void run(InferencePipeline pipeline, List<byte[]> files, int images) {
    Iterator<Stored> sources =
        IntStream.range(0, images)
            .mapToObj(i -> new Stored(i, files.get(i % files.size())))
            .iterator();
    StageTimes times = new StageTimes();
    try (var results = pipeline.run(sources, PipelineOptions.DEFAULT, times)) {
      results.forEachRemaining(result -> assertThat(result.prediction()).isNotNull());
    }
    assertThat(times.images()).isEqualTo(images);
    assertThat(times.failed()).isEqualTo(images / files.size());
  }

  private static byte[] image(String name) throws IOException {
    try (var in = NativeMemoryIT.class.getResourceAsStream("/org/seeql/udf/image/" + name)) {
      return in.readAllBytes();
    }
  }

  /** Excludes Java's heap and classes, which are at lower addresses than all other mappings. */
  private static long nativeKib() throws IOException {
    long total = 0;
    boolean above = false;
    for (String line : Files.readAllLines(MAPPINGS)) {
      Matcher mapping = MAPPING.matcher(line);
      if (mapping.find()) {
        above = Long.parseUnsignedLong(mapping.group(1), 16) >= ABOVE_JAVA;
      } else if (above && line.startsWith("Rss:")) {
        total += Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return total;
  }

  private record Stored(long row, byte[] file) implements ImageSource {
    @Override
    public ImageFile open() {
      return ImageFile.of(file);
    }
  }
}
