package org.seeql.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.cli.report.ClassPalette.Colour;

class ClassPaletteTest {

  /**
   * Linear RGB with one kind of cone missing: Machado, Oliveira, Fernandes, "A
   * Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, severity 1.
   */
  private static final Map<String, double[]> SIGHT =
      Map.of(
          "normal",
          new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1},
          "protanopia",
          new double[] {
            0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
            1.051998
          },
          "deuteranopia",
          new double[] {
            0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940,
            0.968881
          },
          "tritanopia",
          new double[] {
            1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
            0.303900
          });

  /** About four just-noticeable differences in OKLab. */
  private static final double APART = 0.08;

  @ParameterizedTest
  @ValueSource(strings = {"normal", "protanopia", "deuteranopia", "tritanopia"})
  void usesDistinctColours(String sight) {
    List<double[]> seen =
        ClassPalette.COLOURS.stream().map(colour -> lab(colour, SIGHT.get(sight))).toList();

    for (int i = 0; i < seen.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(distance(seen.get(i), seen.get(j)))
            .as("%s and %s", ClassPalette.COLOURS.get(i), ClassPalette.COLOURS.get(j))
            .isGreaterThan(APART);
      }
    }
  }

  @Test
  void givesTheMostFrequentClassesAColourOfTheirOwn() {
    List<String> labels = IntStream.range(0, 14).mapToObj(i -> "class " + i).toList();
    ClassPalette palette = new ClassPalette(labels);

    assertThat(labels.stream().map(palette::css))
        .containsExactly(
            "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11", "cx", "cx");
  }

  @Test
  void hasNoKeyForAnUncountedLabel() {
    ClassPalette palette = new ClassPalette(List.of("dog"));

    assertThat(palette.key("dog")).isZero();
    assertThat(palette.key("cat")).isEqualTo(-1);
    assertThat(palette.css("cat")).isEqualTo("cx");
  }

  @Test
  void writesBlackOnLightAndWhiteOnDark() {
    assertThat(new Colour("#b3ca65").ink()).isEqualTo("#000");
    assertThat(new Colour("#73419f").ink()).isEqualTo("#fff");
  }

  /** OKLab of a colour (B. Ottosson, "A perceptual color space for image processing", 2020). */
  private static double[] lab(Colour colour, double[] sight) {
    double[] rgb = new double[3];
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(colour.hex().substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      rgb[i] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
    double[] seen = times(sight, rgb);
    for (int i = 0; i < 3; i++) {
      seen[i] = Math.min(1, Math.max(0, seen[i]));
    }
    double[] cones =
        times(
            new double[] {
              0.4122214708,
              0.5363325363,
              0.0514459929,
              0.2119034982,
              0.6806995451,
              0.1073969566,
              0.0883024619,
              0.2817188376,
              0.6299787005
            },
            seen);
    for (int i = 0; i < 3; i++) {
      cones[i] = Math.cbrt(cones[i]);
    }
    return times(
        new double[] {
          0.2104542553,
          0.7936177850,
          -0.0040720468,
          1.9779984951,
          -2.4285922050,
          0.4505937099,
          0.0259040371,
          0.7827717662,
          -0.8086757660
        },
        cones);
  }

  private static double[] times(double[] matrix, double[] vector) {
    double[] product = new double[3];
    for (int i = 0; i < 9; i++) {
      product[i / 3] += matrix[i] * vector[i % 3];
    }
    return product;
  }

  private static double distance(double[] a, double[] b) {
    return Math.sqrt(
        Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
  }
}
