package org.seeql.udf.model;

import java.util.List;
import java.util.Optional;
import org.seeql.udf.image.ColorOrder;
import org.seeql.udf.image.ImageConversion;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.MemoryLayout;
import org.seeql.udf.image.Normalization;
import org.seeql.udf.image.PixelType;
import org.seeql.udf.image.Placement;
import org.seeql.udf.image.TensorFormat;
import org.seeql.udf.layout.Activation;
import org.seeql.udf.layout.OutputLayout;

/**
 * The options that a user specified for a model; the others are determined by probing. See {@link
 * ModelOptionsParser}.
 */
record ModelOptions(
    Optional<OutputLayout> layout,
    Optional<Size> inputSize,
    Optional<List<String>> labels,
    Optional<PixelType> precision,
    Optional<MemoryLayout> axes,
    Optional<Integer> batch,
    Optional<Activation> activation,
    Preparation preparation) {

  /** The size of an input in pixels. */
  record Size(int width, int height) {
    @Override
    public String toString() {
      return width + "x" + height;
    }
  }

  /** How an image is converted to the input. */
  record Preparation(
      Optional<ColorOrder> color,
      Optional<Placement> placement,
      Optional<Integer> padding,
      Optional<Double> scale,
      Optional<Normalization> normalization,
      Optional<List<Double>> mean,
      Optional<List<Double>> std) {

    /** Whether an option determines the range of the input's values. */
    boolean determinesValues() {
      return scale.isPresent() || normalization.isPresent() || mean.isPresent() || std.isPresent();
    }

    private ImageConversion complete(ImageConversion defaults, double defaultScale) {
      ColorOrder order = color.orElse(defaults.color());
      return new ImageConversion(
          order,
          placement.orElse(defaults.placement()),
          padding.orElse(defaults.padding()),
          scale.orElse(defaultScale),
          mean.or(() -> normalization.map(n -> n.mean(order))).orElse(defaults.mean()),
          std.or(() -> normalization.map(n -> n.std(order))).orElse(defaults.std()));
    }
  }

  /**
   * The input with all specified options.
   *
   * @param found its tensor, which does not change
   * @param defaults the layout's usual conversion of an image
   */
  InputFormat complete(TensorFormat found, ImageConversion defaults) {
    double normalized = preparation.normalization().isPresent() ? 1 / 255.0 : defaults.scale();
    double defaultScale = found.pixelType() == PixelType.UINT8 ? 1 : normalized;
    return new InputFormat(found, preparation.complete(defaults, defaultScale));
  }
}
