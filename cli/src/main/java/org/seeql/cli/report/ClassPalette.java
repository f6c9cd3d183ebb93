package org.seeql.cli.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Assigns one colour per class for bars, histogram and boxes. The most frequent classes have their
 * own colours. The others share a grey, because readers cannot distinguish thirty colours.
 *
 * <p>The colours maximise the smallest pairwise distance in OKLab (B. Ottosson, 2020). Distances
 * are taken for normal sight and for three kinds of colour blindness, simulated after Machado,
 * Oliveira and Fernandes (2009). The test computes that distance.
 */
final class ClassPalette {

  /** In the order of use: every prefix of the list also has large pairwise distances. */
  static final List<Colour> COLOURS =
      List.of(
          new Colour("#5b79f7"),
          new Colour("#d24011"),
          new Colour("#b3ca65"),
          new Colour("#73419f"),
          new Colour("#d58207"),
          new Colour("#2cb2be"),
          new Colour("#9c066a"),
          new Colour("#14dcb6"),
          new Colour("#e491fd"),
          new Colour("#38804b"),
          new Colour("#9b6aab"),
          new Colour("#93a777"));

  static final Colour SHARED = new Colour("#8b919b");

  /** A colour as {@code #rrggbb}. */
  record Colour(String hex) {

    /** Black or white: the text colour with the higher contrast ratio (WCAG 2.2). */
    String ink() {
      double luminance = luminance();
      double onBlack = (luminance + 0.05) / 0.05;
      double onWhite = 1.05 / (luminance + 0.05);
      return onBlack > onWhite ? "#000" : "#fff";
    }

    private double luminance() {
      int rgb = Integer.parseInt(hex.substring(1), 16);
      return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    private static double linear(int channel) {
      double value = (channel & 0xff) / 255.0;
      return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
  }

  private final Map<String, Integer> order = new HashMap<>();

  /**
   * @param labels by descending frequency
   */
  ClassPalette(List<String> labels) {
    for (String label : labels) {
      order.putIfAbsent(label, order.size());
    }
  }

  /** The CSS class that sets the colours of a label. */
  String css(String label) {
    int place = order.getOrDefault(label, Integer.MAX_VALUE);
    return place < COLOURS.size() ? "c" + place : "cx";
  }

  /** The number of a label in the page's script; -1 for a label that is not counted. */
  int key(String label) {
    return order.getOrDefault(label, -1);
  }
}
