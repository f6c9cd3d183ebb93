package org.seeql.udf.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seeql.udf.image.InputFormat;

/** Tells a model's layout by its output, where that is certain. */
final class LayoutGuess {
  private static final int[] STRIDES = {8, 16, 32, 64};

  private LayoutGuess() {}

  /** The layout of the outputs for an input of that format, if no other is thinkable. */
  static Optional<OutputLayout> find(List<OutputTensor> outputs, InputFormat input) {
    if (isTorchvision(outputs)) {
      return Optional.of(OutputLayout.TORCHVISION);
    }
    for (OutputTensor tensor : outputs) {
      if (tensor.shape().size() == 3) {
        return findYolo(tensor, input);
      }
    }
    boolean classes = outputs.size() == 1 && outputs.get(0).shape().size() == 2;
    return classes ? Optional.of(OutputLayout.CLASSIFICATION) : Optional.empty();
  }

  /** Triples of [N, 4], [N] and [N]. */
  static boolean isTorchvision(List<OutputTensor> outputs) {
    long images = outputs.stream().filter(LayoutGuess::isBoxes).count();
    long lists = outputs.stream().filter(tensor -> tensor.shape().size() == 1).count();
    return images > 0 && lists == 2 * images && outputs.size() == images + lists;
  }

  private static boolean isBoxes(OutputTensor tensor) {
    return tensor.shape().size() == 2 && tensor.size(1) == 4;
  }

  private static Optional<OutputLayout> findYolo(OutputTensor tensor, InputFormat input) {
    int rows = tensor.size(1);
    int columns = tensor.size(2);
    Set<Integer> cells = cells(input);
    if (rows > columns && columns > 5) {
      if (rows % 3 == 0 && cells.contains(rows / 3)) {
        return Optional.of(OutputLayout.YOLOV5);
      }
      if (rows == yoloxCells(input)) {
        return Optional.of(isRaw(tensor, input) ? OutputLayout.YOLOX : OutputLayout.YOLOV5);
      }
    }
    boolean transposed = columns > rows && rows > 4 && cells.contains(columns);
    return transposed ? Optional.of(OutputLayout.YOLOV8) : Optional.empty();
  }

  /** The number of cells of the grids of strides 8, 16 and 32. */
  static int yoloxCells(InputFormat input) {
    return cells(input, 8) + cells(input, 16) + cells(input, 32);
  }

  /** The sums that any choice of strides gives, for tiny and large variants leave some out. */
  private static Set<Integer> cells(InputFormat input) {
    Set<Integer> sums = new HashSet<>();
    for (int chosen = 1; chosen < 1 << STRIDES.length; chosen++) {
      int sum = 0;
      for (int i = 0; i < STRIDES.length; i++) {
        sum += (chosen >> i & 1) * cells(input, STRIDES[i]);
      }
      sums.add(sum);
    }
    return sums;
  }

  private static int cells(InputFormat input, int stride) {
    return (input.width() / stride) * (input.height() / stride);
  }

  /** Decoded centres span the whole input; raw ones are offsets of a cell or two. */
  private static boolean isRaw(OutputTensor tensor, InputFormat input) {
    float largest = 0;
    for (int row = 0; row < tensor.size(1); row++) {
      largest = Math.max(largest, Math.abs(tensor.values().get(row * tensor.size(2))));
    }
    return largest < input.width() / 4f;
  }
}
