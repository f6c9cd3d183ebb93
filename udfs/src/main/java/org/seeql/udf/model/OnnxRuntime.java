package org.seeql.udf.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.seeql.udf.InferenceException;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.NativeEnvironment;
import org.seeql.udf.image.PixelType;
import org.seeql.udf.layout.ImageSizes;
import org.seeql.udf.layout.ModelOutputs;
import org.seeql.udf.layout.OutputTensor;

/**
 * A model in ONNX Runtime. One session serves all threads. With one thread per call, a call runs on
 * its caller's thread.
 */
final class OnnxRuntime implements ModelRuntime {
  static {
    // otherwise 1.29 sends telemetry, and crashes if the command line exceeds 4096 bytes
    NativeEnvironment.setUnlessSet("ORT_DISABLE_TELEMETRY", "1");
  }

  /**
   * The second input of the official exports of RT-DETR and D-FINE.
   *
   * @see <a
   *     href="https://github.com/lyuwenyu/RT-DETR/blob/main/rtdetrv2_pytorch/tools/export_onnx.py">RT-DETR's
   *     export</a>
   */
  private static final String IMAGE_SIZES = "orig_target_sizes";

  /** Width and height, in either order. */
  private static final int VALUES_OF_SIZE = 2;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String inputName;
  private final TensorInfo input;
  private final ImageSizes imageSizes;
  private final ModelMetadata metadata;
  private volatile Set<String> outputs;
  private volatile Optional<PinnedOutputs> pinned = Optional.empty();

  private OnnxRuntime(OrtEnvironment environment, OrtSession session) throws OrtException {
    this.environment = environment;
    this.session = session;
    Map<String, NodeInfo> inputs = new LinkedHashMap<>(session.getInputInfo());
    imageSizes = imageSizes(Optional.ofNullable(inputs.remove(IMAGE_SIZES)));
    if (inputs.isEmpty()) {
      throw new InferenceException(
          "Cannot use the ONNX model: its only input is %s, but exactly one tensor of images is required"
              .formatted(IMAGE_SIZES));
    }
    NodeInfo node = inputs.values().iterator().next();
    if (inputs.size() != 1 || !(node.getInfo() instanceof TensorInfo tensor)) {
      throw new InferenceException(
          "Cannot use the ONNX model: it has %d inputs %s, but exactly one tensor of images is required"
              .formatted(inputs.size(), inputs.keySet()));
    }
    inputName = node.getName();
    input = tensor;
    outputs = new LinkedHashSet<>(session.getOutputNames());
    metadata =
        new ModelMetadata(
            Arrays.stream(input.getShape()).boxed().toList(),
            pixelType(input.type),
            ExportMetadataReader.ofOnnx(session.getMetadata().getCustomMetadata()));
  }

  static OnnxRuntime open(Path file, Device device, int threads) {
    if (device.isGpu() && !knowsCuda()) {
      throw new InferenceException(
          "Cannot run an ONNX model on "
              + device
              + ": this ONNX Runtime does not support CUDA; put onnxruntime_gpu on the class path"
              + " instead, or use device=cpu");
    }
    OrtEnvironment environment = OnnxEnvironment.load();
    OrtSession session = null;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      // spinning threads would take the cores from the threads that decode
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      if (device.isGpu()) {
        options.addCUDA(device.index());
      }
      session = environment.createSession(file.toString(), options);
      return new OnnxRuntime(environment, session);
    } catch (OrtException e) {
      closeQuietly(session);
      throw new InferenceException(
          "Cannot load %s on %s as an ONNX model: %s".formatted(file, device, e.getMessage()), e);
    } catch (InferenceException e) {
      closeQuietly(session);
      throw e;
    }
  }

  private static void closeQuietly(OrtSession session) {
    if (session != null) {
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException("Cannot close an ONNX session", e);
      }
    }
  }

  private static ImageSizes imageSizes(Optional<NodeInfo> node) {
    if (node.isEmpty()) {
      return ImageSizes.NONE;
    }
    if (node.get().getInfo() instanceof TensorInfo tensor
        && tensor.type == OnnxJavaType.INT64
        && tensor.getShape().length == 2
        && (tensor.getShape()[1] == VALUES_OF_SIZE || tensor.getShape()[1] == -1)) {
      return ImageSizes.ONES;
    }
    throw new InferenceException(
        "Cannot use the ONNX model: its input %s is %s, but INT64 [B, 2] is required, as in the exports of RT-DETR and D-FINE"
            .formatted(IMAGE_SIZES, described(node.get())));
  }

  private static String described(NodeInfo node) {
    return node.getInfo() instanceof TensorInfo tensor
        ? tensor.type + " " + Arrays.toString(tensor.getShape())
        : "no tensor";
  }

  private static PixelType pixelType(OnnxJavaType type) {
    return switch (type) {
      case FLOAT -> PixelType.FLOAT32;
      case FLOAT16 -> PixelType.FLOAT16;
      case UINT8 -> PixelType.UINT8;
      default ->
          throw new InferenceException(
              "Cannot use the ONNX model: its input has the type "
                  + type
                  + ", but FLOAT, FLOAT16 or UINT8 is required");
    };
  }

  @Override
  public Engine engine() {
    return Engine.ONNX;
  }

  @Override
  public ModelMetadata metadata() {
    return metadata;
  }

  static boolean knowsCuda() {
    OnnxEnvironment.load();
    return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
  }

  /**
   * Restricts later calls to these outputs, without copying them if their types allow that.
   *
   * @param kept of a batch of one; all outputs if it is empty
   */
  void keepOutputs(List<OutputTensor> kept) {
    if (kept.isEmpty()) {
      return;
    }
    outputs = kept.stream().map(OutputTensor::name).collect(Collectors.toUnmodifiableSet());
    try {
      Map<String, NodeInfo> nodes = session.getOutputInfo();
      boolean areFloats =
          kept.stream()
              .allMatch(
                  output ->
                      nodes.get(output.name()).getInfo() instanceof TensorInfo tensor
                          && tensor.type == OnnxJavaType.FLOAT);
      if (areFloats) {
        pinned = Optional.of(new PinnedOutputs(environment, kept));
      }
    } catch (OrtException e) {
      throw new IllegalStateException("Cannot describe the outputs " + outputs, e);
    }
  }

  @Override
  public ModelOutputs run(ByteBuffer images, InputFormat format, int batch)
      throws RuntimeLibraryException {
    ByteBuffer exact = images.duplicate().order(images.order());
    exact.limit(Math.multiplyExact(batch, format.bytesPerImage())).position(0);
    OnnxJavaType type =
        switch (format.tensor().pixelType()) {
          case FLOAT32 -> OnnxJavaType.FLOAT;
          case FLOAT16 -> OnnxJavaType.FLOAT16;
          case UINT8 -> OnnxJavaType.UINT8;
        };
    try (OnnxTensor tensor =
        OnnxTensor.createTensor(environment, exact, format.tensor().shape(batch), type)) {
      if (imageSizes == ImageSizes.NONE) {
        return run(Map.of(inputName, tensor), batch);
      }
      try (OnnxTensor sizes = ones(batch)) {
        return run(Map.of(inputName, tensor, IMAGE_SIZES, sizes), batch);
      }
    } catch (OrtException e) {
      throw new RuntimeLibraryException(e.getMessage(), e);
    }
  }

  private ModelOutputs run(Map<String, OnnxTensor> feed, int batch)
      throws OrtException, RuntimeLibraryException {
    Optional<PinnedOutputs> memory = pinned;
    return memory.isPresent()
        ? memory.get().run(session, feed, batch)
        : new CopiedOutputs(session.run(feed, outputs));
  }

  /** The size 1 x 1 for each image. */
  private OnnxTensor ones(int batch) throws OrtException {
    long[][] sizes = new long[batch][VALUES_OF_SIZE];
    for (long[] size : sizes) {
      Arrays.fill(size, 1);
    }
    return OnnxTensor.createTensor(environment, sizes);
  }

  @Override
  public ImageSizes imageSizes() {
    return imageSizes;
  }

  @Override
  public void close() {
    pinned.ifPresent(PinnedOutputs::close);
    closeQuietly(session);
  }
}
