package org.seeql.udf.layout;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The supported layouts. */
public final class OutputLayouts {
  private static final List<OutputLayout> ALL =
      List.of(
          new YoloV5Layout(),
          new YoloV8Layout(),
          new YoloXLayout(),
          new YoloXDecodedLayout(),
          new EndToEndLayout(EndToEndLayout.Form.PIXELS),
          new EndToEndLayout(EndToEndLayout.Form.FRACTIONS),
          new EndToEndLayout(EndToEndLayout.Form.CENTRES),
          new SegmentLayout(),
          new PoseLayout(PoseLayout.Form.CONFIDENCE),
          new PoseLayout(PoseLayout.Form.POSITION),
          new ObbLayout(),
          new TorchvisionLayout(),
          new DetrLayout(),
          new DetrFinalLayout(),
          new SsdLayout(),
          new EfficientNmsLayout(),
          new ClassificationLayout(),
          new TaggingLayout(),
          new EmbeddingLayout());

  private OutputLayouts() {}

  /** The layout with that name or alias, ignoring case. */
  public static Optional<OutputLayout> find(String name) {
    String lower = name.trim().toLowerCase(Locale.ROOT);
    return ALL.stream()
        .filter(layout -> layout.name().equals(lower) || layout.aliases().contains(lower))
        .findFirst();
  }

  /**
   * The layout with that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static OutputLayout of(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("unknown layout: " + name));
  }

  /** The layouts that a model's outputs can have. */
  public static LayoutGuess guess(OutputSample sample) {
    return LayoutGuess.of(ALL, sample);
  }

  /** The names of all layouts for messages: {@code a, b or c}. */
  public static String names() {
    int last = ALL.size() - 1;
    return ALL.subList(0, last).stream().map(OutputLayout::name).collect(joining(", "))
        + " or "
        + ALL.get(last).name();
  }
}
