package org.seeql.udf.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seeql.udf.detect.Geometry;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.image.Placement;

/** Expected values: {@code make_masks.py}, with OpenCV and pycocotools. */
class MaskPrototypesTest {
  /**
   * The expected values are interpolated twice, as in Ultralytics, if the padding does not end at a
   * cell.
   */
  private static final double MOST_DIFFERENT = 0.02;

  @ParameterizedTest
  @MethodSource("exact")
  void masksEqualThoseOfOpenCv(JsonNode expected) {
    Geometry.Mask mask = mask(expected);

    assertThat(mask.width()).isEqualTo(expected.get("image").get(0).asInt());
    assertThat(mask.height()).isEqualTo(expected.get("image").get(1).asInt());
    assertThat(mask.counts()).isEqualTo(expected.get("counts").asText());
  }

  @ParameterizedTest
  @MethodSource("close")
  void masksAreCloseIfThePaddingEndsInACell(JsonNode expected) {
    BitSet pixels = pixels(mask(expected).counts());
    BitSet all = pixels(expected.get("counts").asText());
    int inBoth = all.cardinality();

    BitSet different = (BitSet) pixels.clone();
    different.xor(all);

    assertThat(different.cardinality() / (double) inBoth).isLessThan(MOST_DIFFERENT);
  }

  private static Stream<JsonNode> exact() throws IOException {
    return cases("exact");
  }

  private static Stream<JsonNode> close() throws IOException {
    return cases("close");
  }

  private static Stream<JsonNode> cases(String kind) throws IOException {
    JsonNode cases;
    try (InputStream file = MaskPrototypesTest.class.getResourceAsStream("masks.json")) {
      cases = new ObjectMapper().readTree(file).get(kind);
    }
    assertThat(cases).isNotEmpty();
    return StreamSupport.stream(cases.spliterator(), false);
  }

  /** The mask of the second image of a batch. */
  private static Geometry.Mask mask(JsonNode test) {
    JsonNode planes = test.get("prototypes");
    long[] shape = {2, planes.size(), planes.get(0).size(), planes.get(0).get(0).size()};
    List<Float> values = new ArrayList<>();
    planes.forEach(plane -> plane.forEach(row -> row.forEach(v -> values.add(v.floatValue()))));
    FloatBuffer buffer = FloatBuffer.allocate(2 * values.size());
    buffer.position(values.size());
    values.forEach(buffer::put);
    buffer.clear();
    InputFormat input =
        InputFormat.rgb(test.get("input").get(0).asInt(), test.get("input").get(1).asInt())
            .withPlacement(
                Placement.valueOf(test.get("placement").asText().toUpperCase(Locale.ROOT)));
    Letterbox letterbox =
        Letterbox.of(test.get("image").get(0).asInt(), test.get("image").get(1).asInt(), input);
    float[] coefficients = floats(test.get("coefficients"));
    float[] box = floats(test.get("box"));
    return new MaskPrototypes(
            OutputTensor.of("output1", shape, buffer, OutputTensor.Numbers.FRACTIONS),
            1,
            input,
            letterbox)
        .mask(coefficients, new Candidates.PixelBox(box[0], box[1], box[2], box[3]));
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).floatValue();
    }
    return values;
  }

  /** The decoded pixels, column by column. */
  private static BitSet pixels(String counts) {
    List<Integer> lengths = new ArrayList<>();
    int position = 0;
    while (position < counts.length()) {
      int value = 0;
      int shift = 0;
      int group;
      do {
        group = counts.charAt(position++) - 48;
        value |= (group & 0x1f) << shift;
        shift += 5;
      } while ((group & 0x20) != 0);
      if ((group & 0x10) != 0) {
        value |= -1 << shift;
      }
      lengths.add(lengths.size() > 2 ? value + lengths.get(lengths.size() - 2) : value);
    }
    BitSet pixels = new BitSet();
    int start = 0;
    for (int i = 0; i < lengths.size(); i++) {
      pixels.set(start, start + lengths.get(i), i % 2 == 1);
      start += lengths.get(i);
    }
    return pixels;
  }
}
