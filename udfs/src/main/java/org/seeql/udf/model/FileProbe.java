package org.seeql.udf.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.seeql.udf.InferenceException;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.MemoryLayout;
import org.seeql.udf.image.Normalization;
import org.seeql.udf.image.PixelType;
import org.seeql.udf.image.TensorFormat;
import org.seeql.udf.layout.Activation;
import org.seeql.udf.layout.ChosenOptions;
import org.seeql.udf.layout.ExportMetadata;
import org.seeql.udf.layout.LayoutGuess;
import org.seeql.udf.layout.ModelOutputs;
import org.seeql.udf.layout.OutputLayout;
import org.seeql.udf.layout.OutputLayouts;
import org.seeql.udf.layout.OutputSample;
import org.seeql.udf.layout.OutputTensor;

/** Runs one model file on blank images, to determine its inputs and outputs. */
final class FileProbe {
  private static final long SEED = 1;

  /** The bits of the number 1 in half precision; smaller ones are numbers of 0 to 1. */
  private static final int HALF_OF_ONE = 0x3C00;

  private final String name;
  private final Engine engine;
  private final ModelRuntime runtime;
  private final ModelOptions options;
  private final ExportMetadata export;

  private FileProbe(
      String name,
      Engine engine,
      ModelRuntime runtime,
      ModelOptions options,
      ExportMetadata ofOther) {
    this.name = name;
    this.engine = engine;
    this.runtime = runtime;
    this.options = options;
    this.export = runtime.metadata().export().orElse(ofOther);
  }

  /**
   * Runs a file.
   *
   * @param ofOther the metadata of another file of the same model, for a file without metadata
   */
  static ProbedFile probe(
      String name, Engine engine, Path file, ModelOptions options, ExportMetadata ofOther) {
    check(engine, file);
    try (ModelRuntime runtime = ModelRuntime.open(engine, file, Device.CPU, 1)) {
      return new FileProbe(name, engine, runtime, options, ofOther).probe();
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
      int images = images(candidate);
      try (ModelOutputs blank = runtime.run(blank(candidate, images), candidate, images);
          ModelOutputs noise = runtime.run(noise(candidate, images), candidate, images)) {
        return describe(
            new OutputSample(
                candidate,
                List.of(blank.tensors(), noise.tensors()),
                export,
                new ChosenOptions(options.labels().isPresent(), options.activation()),
                runtime.imageSizes()));
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

  /** Pixels of an image without structure, as the most frequent input of a model. */
  private ByteBuffer noise(InputFormat input, int images) {
    ByteBuffer noise = blank(input, images);
    Random random = new Random(SEED);
    while (noise.hasRemaining()) {
      switch (input.tensor().pixelType()) {
        case FLOAT32 -> noise.putFloat(random.nextFloat());
        case FLOAT16 -> noise.putShort((short) random.nextInt(HALF_OF_ONE));
        case UINT8 -> noise.put((byte) random.nextInt());
      }
    }
    return noise.flip();
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
    for (PixelType type : types) {
      candidates.add(format(size(), type, options.axes().orElse(MemoryLayout.NCHW), 0));
    }
    return candidates;
  }

  /** The size that the options or the exporter's metadata specify. */
  private ModelOptions.Size size() {
    return options
        .inputSize()
        .or(this::recordedSize)
        .orElseThrow(
            () ->
                new InferenceException(
                    "Cannot determine the input size of model %s (%s): the file does not specify it;"
                            .formatted(name, engine)
                        + " set input_size to the size with which the model was trained, for example"
                        + " input_size=640 or input_size='640x480' (width x height)"));
  }

  private Optional<ModelOptions.Size> recordedSize() {
    List<Integer> size = export.imageSize();
    return size.isEmpty()
            || size.stream().anyMatch(side -> side < 1 || side > TensorFormat.MAX_SIDE)
        ? Optional.empty()
        : Optional.of(new ModelOptions.Size(size.get(size.size() - 1), size.get(0)));
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
    int height = declared(shape, nhwc ? 1 : 2, TensorFormat.MAX_SIDE);
    int width = declared(shape, nhwc ? 2 : 3, TensorFormat.MAX_SIDE);
    int batch = declared(shape, 0, ModelOptionsParser.MAX_BATCH);
    ModelOptions.Size size =
        width > 0 && height > 0 ? new ModelOptions.Size(width, height) : size();
    InputFormat declared =
        format(size, metadata.pixelType(), nhwc ? MemoryLayout.NHWC : MemoryLayout.NCHW, batch);
    refuseContradictions(declared, batch);
    return List.of(declared);
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
    contradiction("precision", options.precision(), declared.tensor().pixelType());
    contradiction("axes", options.axes(), declared.tensor().memoryLayout());
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

  private ProbedFile describe(OutputSample sample) throws RuntimeLibraryException {
    List<Evidence> evidence = new ArrayList<>();
    OutputLayout layout = options.layout().orElseGet(() -> guess(sample, evidence));
    OutputCheck check = new OutputCheck(name, engine, layout, sample);
    List<String> labels = check.labels(options.labels());
    ClassLabels.checkLengths(name, labels);
    if (options.labels().isEmpty() && layout.hasClasses()) {
      evidence.add(new Evidence("labels", "the file names %d classes".formatted(labels.size())));
    }
    Activation activation =
        options.activation().orElseGet(() -> activation(layout, sample, labels.size(), evidence));
    check.checkActivation(activation);
    InputFormat input = sample.input();
    InputFormat batched = takesAnyBatch(input, layout) ? input : input.withBatch(fixedBatch(input));
    return new ProbedFile(
        complete(batched, layout, evidence),
        layout,
        labels,
        activation,
        evidence,
        export.completed(input.width(), input.height(), labels));
  }

  private OutputLayout guess(OutputSample sample, List<Evidence> evidence) {
    LayoutGuess guess = OutputLayouts.guess(sample);
    OutputLayout layout = guess.certain().orElseThrow(() -> unknownLayout(sample, guess));
    evidence.add(new Evidence("layout", guess.evidence()));
    return layout;
  }

  private Activation activation(
      OutputLayout layout, OutputSample sample, int classes, List<Evidence> evidence) {
    Activation activation = layout.activation(sample, classes);
    if (!layout.hasClasses()) {
      return activation;
    }
    evidence.add(new Evidence("activation", layout.activationEvidence(sample, classes)));
    return activation;
  }

  private InputFormat complete(InputFormat found, OutputLayout layout, List<Evidence> evidence) {
    if (options.inputSize().isEmpty()) {
      evidence.add(new Evidence("input_size", "the file specifies it"));
    }
    refuseNormalizedBytes(found);
    ExportMetadata metadata = export;
    if (!options.preparation().determinesValues()) {
      evidence.add(new Evidence("normalization", normalizationEvidence(found, layout, metadata)));
    }
    InputFormat defaults = layout.defaultInput(found.width(), found.height(), metadata);
    return options.complete(found.tensor(), defaults.conversion());
  }

  private void refuseNormalizedBytes(InputFormat input) {
    Optional<Normalization> normalization = options.preparation().normalization();
    if (input.tensor().pixelType() == PixelType.UINT8
        && normalization.filter(chosen -> chosen != Normalization.NONE).isPresent()) {
      throw new InferenceException(
          "Invalid normalization for model %s: %s (the %s file's input consists of bytes, which the model normalizes itself)"
              .formatted(name, normalization.get().name().toLowerCase(Locale.ROOT), engine));
    }
  }

  /** Wrong values give wrong results without an error. */
  private String normalizationEvidence(
      InputFormat input, OutputLayout layout, ExportMetadata metadata) {
    if (input.tensor().pixelType() == PixelType.UINT8) {
      return "the input consists of bytes";
    }
    return layout
        .normalizationEvidence(metadata)
        .orElseThrow(
            () ->
                new InferenceException(
                    "Cannot determine the normalization of model %s (%s): models with layout %s"
                            .formatted(name, engine, layout)
                        + " require different ones; set normalization='imagenet' (torchvision, most of"
                        + " timm), 'half' (-1 to 1), 'clip' or 'none' (0 to 1), or set scale, mean and"
                        + " std"));
  }

  private InferenceException unknownLayout(OutputSample sample, LayoutGuess guess) {
    return new InferenceException(
        "Cannot determine the layout of model %s (%s): for an input of %dx%d its output is %s%s"
            .formatted(
                name,
                engine,
                sample.input().width(),
                sample.input().height(),
                sample.outputs(),
                guess.question()));
  }

  private int fixedBatch(InputFormat input) {
    return input.fixedBatch().orElse(export.mostImages().orElse(1));
  }

  /** Whether a batch of two gives the output of two images. */
  private boolean takesAnyBatch(InputFormat input, OutputLayout layout) {
    if (input.fixedBatch().isPresent() || export.mostImages().isPresent()) {
      return false;
    }
    try (ModelOutputs outputs = runtime.run(noise(input, 2), input, 2)) {
      return layout.images(outputs.tensors()) == 2
          && layout.tensorOfEachImage(outputs.tensors()).filter(FileProbe::hasOneImage).isEmpty();
    } catch (RuntimeLibraryException e) {
      return false;
    }
  }

  /** Some exports accept several images, but process only the first: the others have zeros. */
  private static boolean hasOneImage(OutputTensor tensor) {
    FloatBuffer values = tensor.values();
    int half = values.limit() / 2;
    return !areZeros(values, 0, half) && areZeros(values, half, values.limit());
  }

  private static boolean areZeros(FloatBuffer values, int start, int end) {
    for (int i = start; i < end; i++) {
      if (values.get(i) != 0) {
        return false;
      }
    }
    return true;
  }
}
