package org.seeql.udf.model;

import java.util.List;
import java.util.Optional;
import org.seeql.udf.image.ColorOrder;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.MemoryLayout;
import org.seeql.udf.image.PixelType;
import org.seeql.udf.image.Placement;
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
    Optional<ColorOrder> color,
    Optional<Placement> placement,
    Optional<Integer> padding,
    Optional<Double> scale,
    Optional<List<Double>> mean,
    Optional<List<Double>> std,
    Optional<PixelType> precision,
    Optional<MemoryLayout> axes,
    Optional<Integer> batch,
    Optional<Activation> activation) {

  /** The size of an input in pixels. */
  record Size(int width, int height) {
    @Override
    public String toString() {
      return width + "x" + height;
    }
  }

  /** A layout's usual input with all specified options; size, batch and types do not change. */
  InputFormat complete(InputFormat found, OutputLayout of) {
    InputFormat defaults = of.defaultInput(found.width(), found.height());
    double defaultScale = found.pixelType() == PixelType.UINT8 ? 1 : defaults.scale();
    return defaults
        .withPixelType(found.pixelType())
        .withMemoryLayout(found.memoryLayout())
        .withBatch(found.batch())
        .withColor(color.orElse(defaults.color()))
        .withPlacement(placement.orElse(defaults.placement()))
        .withPadding(padding.orElse(defaults.padding()))
        .withScale(scale.orElse(defaultScale))
        .withNormalization(mean.orElse(defaults.mean()), std.orElse(defaults.std()));
  }
}
