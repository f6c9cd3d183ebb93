package org.seeql.udf.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.seeql.udf.train.ImageSplit.Image;
import org.seeql.udf.train.ImageSplit.Part;

class ImageSplitTest {
  private static Image image(String content, Optional<Part> part, int... classes) {
    BitSet shown = new BitSet();
    for (int number : classes) {
      shown.set(number);
    }
    return new Image(content, shown, part);
  }

  private static List<Image> images(int count, int classes) {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(image("content " + i, Optional.empty(), i % classes));
    }
    return images;
  }

  private static long count(List<Part> parts, Part part) {
    return parts.stream().filter(part::equals).count();
  }

  @Test
  void givesEachClassItsShareOfEachPart() {
    List<Part> parts = new ImageSplit(0.25, 1).split(images(120, 3));

    assertThat(count(parts, Part.HOLDOUT)).isEqualTo(30);
    assertThat(count(parts, Part.VALIDATION)).isEqualTo(18);
    for (int c = 0; c < 3; c++) {
      int number = c;
      List<Part> own = new ArrayList<>();
      for (int i = number; i < parts.size(); i += 3) {
        own.add(parts.get(i));
      }
      assertThat(count(own, Part.HOLDOUT)).isEqualTo(10);
    }
  }

  @Test
  void putsCopiesOfAnImageIntoOnePart() {
    List<Image> images = new ArrayList<>(images(50, 2));
    images.addAll(images(50, 5));

    List<Part> parts = new ImageSplit(0.4, 1).split(images);

    assertThat(parts.subList(0, 50)).isEqualTo(parts.subList(50, 100));
  }

  @Test
  void dependsOnTheSeedAndNotOnTheOrder() {
    List<Image> images = images(60, 2);
    List<Image> shuffled = new ArrayList<>(images);
    Collections.shuffle(shuffled, new Random(5));
    List<Part> parts = new ImageSplit(0.3, 1).split(images);
    List<Part> ofShuffled = new ImageSplit(0.3, 1).split(shuffled);
    Map<String, Part> byContent = new HashMap<>();
    for (int i = 0; i < 60; i++) {
      byContent.put(shuffled.get(i).content(), ofShuffled.get(i));
    }

    assertThat(images.stream().map(image -> byContent.get(image.content())).toList())
        .isEqualTo(parts);
    assertThat(new ImageSplit(0.3, 2).split(images)).isNotEqualTo(parts);
  }

  @Test
  void obeysTheUserAndKeepsCopiesOutOfTraining() {
    List<Image> images = new ArrayList<>(images(40, 2));
    images.add(image("held", Optional.of(Part.HOLDOUT), 0));
    images.add(image("held", Optional.of(Part.TRAINING), 0));

    List<Part> parts = new ImageSplit(0.5, 1).split(images);

    assertThat(parts.subList(40, 42)).containsOnly(Part.HOLDOUT);
    assertThat(count(parts, Part.HOLDOUT)).isEqualTo(2);
    assertThat(count(parts, Part.VALIDATION)).isEqualTo(8);
  }

  @Test
  void assignsAnImageOfSeveralClassesToTheRarest() {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      images.add(image("content " + i, Optional.empty(), i < 5 ? new int[] {0, 1} : new int[] {0}));
    }

    List<Part> parts = new ImageSplit(0.2, 1).split(images);

    assertThat(count(parts.subList(0, 5), Part.HOLDOUT)).isEqualTo(1);
    assertThat(count(parts.subList(0, 5), Part.VALIDATION)).isEqualTo(1);
  }
}
