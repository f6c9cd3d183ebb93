package org.seeql.udf.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seeql.udf.InferenceException;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.MemoryLayout;
import org.seeql.udf.image.PixelType;
import org.seeql.udf.layout.Activation;
import org.seeql.udf.layout.DetectorLayout;
import org.seeql.udf.layout.ModelOutputs;
import org.seeql.udf.layout.OutputLayout;
import org.seeql.udf.layout.OutputLayouts;
import org.seeql.udf.layout.OutputTensor;

/** Runs one model file on blank images, to determine its inputs and outputs. */
final class FileProbe {
  private final String name;
  private final Engine engine;
  private final ModelRuntime runtime;
  private final ModelOptions options;

  private FileProbe(String name, Engine engine, ModelRuntime runtime, ModelOptions options) {
    this.name = name;
    this.engine = engine;
    this.runtime = runtime;
    this.options = options;
  }

  static ProbedFile probe(String name, Engine engine, Path file, ModelOptions options) {
    check(engine, file);
    try (ModelRuntime runtime = ModelRuntime.open(engine, file, Device.CPU, 1)) {
      return new FileProbe(name, engine, runtime, options).probe();
    }
  }

  /** Checks a file for forbidden operations before a library loads it. */
  private static void check(Engine engine, Path file) {
    try {
      switch (engine) {
        case ONNX -> OnnxFile.check(file);
        case TORCHSCRIPT -> TorchArchive.check(file);
      }
    } catch (ForbiddenModelException e) {
      throw new InferenceException(
          "Cannot load %s as %s model: %s"
              .formatted(file, engine == Engine.ONNX ? "an ONNX" : "a TorchScript", e.getMessage()),
          e);
    }
  }

  private ProbedFile probe() {
    List<InputFormat> candidates = candidates();
    RuntimeLibraryException refusal = null;
    for (InputFormat candidate : candidates) {
      ByteBuffer blank = blank(candidate, images(candidate));
      try (ModelOutputs outputs = runtime.run(blank, candidate, images(candidate))) {
        return describe(candidate, outputs.tensors());
      } catch (RuntimeLibraryException e) {
        refusal = e;
      }
    }
    throw new InferenceException(
        "Cannot run model %s (%s) on a blank image of %s: %s;"
                .formatted(name, engine, sizes(candidates), refusal.reason())
            + " input_size, batch, precision or axes may be wrong",
        refusal);
  }

  /** Images of zeros, without OpenCV, which takes longer to load than everything else here. */
  private ByteBuffer blank(InputFormat input, int images) {
    long bytes = (long) images * input.bytesPerImage();
    if (bytes > Integer.MAX_VALUE) {
      throw new InferenceException(
          "Cannot use model %s (%s): its input of %d images of %dx%d takes %d MiB (at most 2048)"
              .formatted(name, engine, images, input.width(), input.height(), bytes >> 20));
    }
    return ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
  }

  private static String sizes(List<InputFormat> candidates) {
    return String.join(
        ", ", candidates.stream().map(c -> c.width() + "x" + c.height()).distinct().toList());
  }

  private static int images(InputFormat candidate) {
    return candidate.fixedBatch().orElse(1);
  }

  /** The inputs that the file or the options allow, the most probable first. */
  private List<InputFormat> candidates() {
    ModelMetadata metadata = runtime.metadata();
    if (metadata.shape().size() == 4) {
      return declared(metadata);
    }
    if (!metadata.shape().isEmpty()) {
      throw new InferenceException(
          "Cannot use model %s (%s): its input is %s, but images have four axes"
              .formatted(name, engine, metadata.shape()));
    }
    List<InputFormat> candidates = new ArrayList<>();
    List<PixelType> types =
        options
            .precision()
            .map(List::of)
            .orElse(List.of(PixelType.FLOAT32, PixelType.FLOAT16, PixelType.UINT8));
    for (ModelOptions.Size size : sizesToTry()) {
      for (PixelType type : types) {
        candidates.add(format(size, type, options.axes().orElse(MemoryLayout.NCHW), 0));
      }
    }
    return candidates;
  }

  /** If neither the file nor the options specify a size: the usual ones. */
  private List<ModelOptions.Size> sizesToTry() {
    if (options.inputSize().isPresent()) {
      return List.of(options.inputSize().get());
    }
    return options
        .layout()
        .map(OutputLayout::usualSides)
        .orElse(DetectorLayout.USUAL_SIDES)
        .stream()
        .map(side -> new ModelOptions.Size(side, side))
        .toList();
  }

  private InputFormat format(ModelOptions.Size size, PixelType type, MemoryLayout axes, int batch) {
    return InputFormat.rgb(size.width(), size.height())
        .withPixelType(type)
        .withMemoryLayout(axes)
        .withBatch(options.batch().orElse(batch));
  }

  /** The input that the file declares; -1 for dimensions that it leaves open. */
  private List<InputFormat> declared(ModelMetadata metadata) {
    List<Long> shape = metadata.shape();
    boolean nhwc = shape.get(3) == 3 && shape.get(1) != 3;
    if (!nhwc && shape.get(1) != 3 && shape.get(1) != -1) {
      throw new InferenceException(
          "Cannot use model %s (%s): its input is %s, but images have 3 channels"
              .formatted(name, engine, shape));
    }
    int height = declared(shape, nhwc ? 1 : 2, InputFormat.MAX_SIDE);
    int width = declared(shape, nhwc ? 2 : 3, InputFormat.MAX_SIDE);
    int batch = declared(shape, 0, ModelOptionsParser.MAX_BATCH);
    List<InputFormat> candidates = new ArrayList<>();
    for (ModelOptions.Size size :
        width > 0 && height > 0 ? List.of(new ModelOptions.Size(width, height)) : sizesToTry()) {
      InputFormat candidate =
          format(size, metadata.pixelType(), nhwc ? MemoryLayout.NHWC : MemoryLayout.NCHW, batch);
      refuseContradictions(candidate, batch);
      candidates.add(candidate);
    }
    return candidates;
  }

  /** The size of an axis; 0 if the file leaves it open. */
  private int declared(List<Long> shape, int axis, int max) {
    long size = shape.get(axis);
    if (size == 0 || size > max) {
      throw new InferenceException(
          "Cannot use model %s (%s): its input is %s, but the size of axis %d must be 1 to %d"
              .formatted(name, engine, shape, axis, max));
    }
    return (int) Math.max(0, size);
  }

  private void refuseContradictions(InputFormat declared, int batch) {
    ModelOptions.Size size = new ModelOptions.Size(declared.width(), declared.height());
    contradiction("input_size", options.inputSize(), size);
    contradiction("precision", options.precision(), declared.pixelType());
    contradiction("axes", options.axes(), declared.memoryLayout());
    if (batch > 0) {
      contradiction("batch", options.batch(), batch);
    }
  }

  private <T> void contradiction(String option, Optional<T> value, T declared) {
    if (value.isPresent() && !value.get().equals(declared)) {
      throw new InferenceException(
          "Invalid %s for model %s: %s (the %s file's input is %s, %s)"
              .formatted(option, name, value.get(), engine, runtime.metadata().shape(), declared));
    }
  }

  private ProbedFile describe(InputFormat input, List<OutputTensor> outputs)
      throws RuntimeLibraryException {
    OutputLayout layout =
        options
            .layout()
            .or(() -> OutputLayouts.guess(outputs, input))
            .orElseThrow(() -> unknownLayout(input, outputs));
    OutputCheck check = new OutputCheck(name, engine, layout, outputs, input);
    List<String> labels = check.labels(options.labels(), runtime.metadata().labels());
    ClassLabels.checkLengths(name, labels);
    Activation activation = layout.activation(options.activation(), outputs);
    InputFormat batched = takesAnyBatch(input, layout) ? input : input.withBatch(images(input));
    return new ProbedFile(options.complete(batched, layout), layout, labels, activation);
  }

  private InferenceException unknownLayout(InputFormat input, List<OutputTensor> outputs) {
    return new InferenceException(
        "Cannot determine the layout of model %s (%s): for an input of %dx%d its output is %s;"
                .formatted(name, engine, input.width(), input.height(), outputs)
            + " set layout="
            + OutputLayouts.names());
  }

  /** Whether a batch of two gives the output of two images. */
  private boolean takesAnyBatch(InputFormat input, OutputLayout layout) {
    if (input.fixedBatch().isPresent()) {
      return false;
    }
    try (ModelOutputs outputs = runtime.run(blank(input, 2), input, 2)) {
      return layout.images(outputs.tensors()) == 2;
    } catch (RuntimeLibraryException e) {
      return false;
    }
  }
}
