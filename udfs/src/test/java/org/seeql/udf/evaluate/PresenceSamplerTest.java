package org.seeql.udf.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PresenceSamplerTest {
  private static final List<String> IDS =
      IntStream.range(0, 1_000).mapToObj("image-%d"::formatted).toList();

  @Test
  void keepsTheSameImagesInWhateverOrderTheyCome() {
    List<String> backwards = new ArrayList<>(IDS);
    Collections.reverse(backwards);

    assertThat(sample(IDS, 100)).hasSize(100).isEqualTo(sample(backwards, 100));
  }

  @Test
  void favoursNoPartOfTheImages() {
    long early = sample(IDS, 200).stream().filter(id -> IDS.indexOf(id) < IDS.size() / 2).count();

    // 100 expected; the tolerance is five standard deviations without replacement
    assertThat(early).isBetween(70L, 130L);
  }

  @Test
  void keepsAllWhereThereAreFew() {
    assertThat(sample(IDS.subList(0, 5), 10))
        .containsExactlyInAnyOrderElementsOf(IDS.subList(0, 5));
  }

  @Test
  void keepsWhatAnImageShowsThoughTheCallerGoesOnWithTheSet() {
    PresenceSampler sampler = new PresenceSampler(1);
    BitSet labelled = BitSet.valueOf(new long[] {5});
    float[] scores = {0.5f};

    sampler.add("a", labelled, new BitSet(), scores);
    labelled.clear();
    scores[0] = 0;

    assertThat(sampler.images().get(0).labelled()).isEqualTo(BitSet.valueOf(new long[] {5}));
    assertThat(sampler.images().get(0).scores()).containsExactly(0.5f);
  }

  private static List<String> sample(List<String> ids, int most) {
    PresenceSampler sampler = new PresenceSampler(most);
    ids.forEach(id -> sampler.add(id, new BitSet(), new BitSet(), new float[0]));
    return sampler.images().stream().map(SampledImage::id).toList();
  }
}
