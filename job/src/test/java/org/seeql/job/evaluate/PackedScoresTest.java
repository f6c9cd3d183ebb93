package org.seeql.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.udf.evaluate.SampledImage;

class PackedScoresTest {
  /** Python 3: {@code zlib.compress(struct.pack('>4f', 0, 1, 0.001, 0.62)).hex()}. */
  private static final String PYTHON = "789c63606060b06f6060b06a16cab797db11040013980365";

  private static final float[] SCORES = {0, 1, 0.001f, 0.62f};

  private static List<SampledImage> sample(float... scores) {
    List<SampledImage> sample = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      sample.add(
          new SampledImage("" + i, new BitSet(), new BitSet(), new float[] {0.5f, scores[i]}));
    }
    return sample;
  }

  @Test
  void readsTheFormatAsAnotherLanguageWritesIt() throws Exception {
    assertThat(PackedScores.unpack(HexFormat.of().parseHex(PYTHON), 4)).isEqualTo(SCORES);
  }

  @Test
  void keepsEveryBitOfAScore() throws Exception {
    Random random = new Random(7);
    float[] scores = new float[10_000];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextFloat();
    }

    assertThat(PackedScores.unpack(PackedScores.column(sample(scores), 1), scores.length))
        .isEqualTo(scores);
    assertThat(PackedScores.unpack(PackedScores.column(sample(), 1), 0)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, 1.5f, -0.25f})
  void refusesAScoreOutsideItsRange(float score) {
    byte[] packed = PackedScores.column(sample(new float[] {0.5f, score}), 1);

    assertThatThrownBy(() -> PackedScores.unpack(packed, 2))
        .isInstanceOf(IOException.class)
        .hasMessage("the column contains the score " + score);
  }

  @Test
  void needsLittleSpaceForARareClass() {
    float[] scores = new float[10_000];
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      scores[random.nextInt(scores.length)] = random.nextFloat();
    }

    // 200 values of 4 bytes, and their places; without compression 40,000 bytes
    assertThat(PackedScores.column(sample(scores), 1).length).isLessThan(2_000);
  }

  @Test
  void refusesBytesThatAreNotOneScoreForEachImage() {
    byte[] packed = PackedScores.column(sample(SCORES), 1);

    assertThatThrownBy(() -> PackedScores.unpack(packed, 3))
        .isInstanceOf(IOException.class)
        .hasMessage("the column contains more bytes, not 12");
    assertThatThrownBy(() -> PackedScores.unpack(packed, 5))
        .isInstanceOf(IOException.class)
        .hasMessage("the column contains 16 bytes, not 20");
    assertThatThrownBy(() -> PackedScores.unpack(Arrays.copyOf(packed, packed.length / 2), 4))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> PackedScores.unpack(new byte[] {1, 2, 3}, 4))
        .isInstanceOf(ZipException.class);
  }
}
