package org.seeql.udf.model;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.udf.InferenceException;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.layout.ModelOutputs;
import org.seeql.udf.layout.OutputTensor;

/** A TorchScript model in PyTorch, through DJL. Calls may be concurrent. */
final class TorchRuntime implements ModelRuntime {
  private static final String ENGINE = "PyTorch";

  /** How the model's forward method receives its images. */
  private enum Convention {
    /** One tensor with all images. */
    BATCH,
    /** A list of tensors, one per image, as in torchvision's scripted detectors. */
    LIST
  }

  private final Model model;
  private final PtSymbolBlock block;
  private final ModelMetadata metadata;
  private volatile Optional<Convention> convention = Optional.empty();

  private TorchRuntime(Model model, ModelMetadata metadata) {
    this.model = model;
    this.metadata = metadata;
    block = (PtSymbolBlock) model.getBlock();
  }

  static TorchRuntime open(Path file, Device device, int threads) {
    configure(threads);
    ai.djl.engine.Engine engine = engine(file);
    if (device.isGpu() && engine.getGpuCount() <= device.index()) {
      throw new InferenceException(
          "Cannot run a TorchScript model on %s: PyTorch finds %d GPUs on this machine; use device=cpu"
              .formatted(device, engine.getGpuCount()));
    }
    TorchPrints.divert();
    // after the engine is loaded, but before any computation, which would fix the number of threads
    JniUtils.setNumThreads(threads);
    ai.djl.Device djlDevice =
        device.isGpu() ? ai.djl.Device.gpu(device.index()) : ai.djl.Device.cpu();
    Model model = Model.newInstance(file.getFileName().toString(), djlDevice, ENGINE);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
      model.load(in, Map.of("mapLocation", "true"));
      return new TorchRuntime(model, ModelMetadata.of(TorchArchive.metadata(file)));
    } catch (IOException | MalformedModelException | EngineException e) {
      model.close();
      String reason = new RuntimeLibraryException(String.valueOf(e.getMessage()), e).reason();
      throw new InferenceException(
          "Cannot load %s on %s as a TorchScript model: %s".formatted(file, device, reason), e);
    }
  }

  private static void configure(int threads) {
    setUnlessSet("ai.djl.pytorch.num_threads", String.valueOf(threads));
    setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
    // no download of another library, and no usage report
    setUnlessSet("ai.djl.offline", "true");
    setUnlessSet("OPT_OUT_TRACKING", "true");
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static ai.djl.engine.Engine engine(Path file) {
    try {
      return ai.djl.engine.Engine.getEngine(ENGINE);
    } catch (EngineException | IllegalArgumentException e) {
      throw new InferenceException(
          "Cannot load %s: PyTorch's native library is not on the class path or does not support this"
                  .formatted(file)
              + " machine",
          e);
    }
  }

  @Override
  public Engine engine() {
    return Engine.TORCHSCRIPT;
  }

  @Override
  public ModelMetadata metadata() {
    return metadata;
  }

  @Override
  public ModelOutputs run(ByteBuffer images, InputFormat format, int batch)
      throws RuntimeLibraryException {
    if (convention.isPresent()) {
      return run(convention.get(), images, format, batch);
    }
    try {
      ModelOutputs outputs = run(Convention.BATCH, images, format, batch);
      convention = Optional.of(Convention.BATCH);
      return outputs;
    } catch (RuntimeLibraryException e) {
      if (!e.getMessage().contains("List[Tensor]")) {
        throw e;
      }
      ModelOutputs outputs = run(Convention.LIST, images, format, batch);
      convention = Optional.of(Convention.LIST);
      return outputs;
    }
  }

  private ModelOutputs run(Convention how, ByteBuffer images, InputFormat format, int batch)
      throws RuntimeLibraryException {
    NDManager manager = model.getNDManager().newSubManager();
    boolean done = false;
    try {
      IValue[] inputs =
          how == Convention.BATCH
              ? new IValue[] {
                IValue.from(tensor(manager, images, format, 0, format.tensor().shape(batch)))
              }
              : new IValue[] {IValue.listFrom(each(manager, images, format, batch))};
      NDList outputs;
      try (IValue input = inputs[0];
          IValue output = block.forward(input)) {
        outputs = output.toNDList((PtNDManager) manager);
      }
      Outputs result = new Outputs(manager, outputs);
      done = true;
      return result;
    } catch (EngineException | IllegalArgumentException | UnsupportedOperationException e) {
      throw new RuntimeLibraryException(String.valueOf(e.getMessage()), e);
    } finally {
      if (!done) {
        manager.close();
      }
    }
  }

  private static PtNDArray tensor(
      NDManager manager, ByteBuffer images, InputFormat format, int first, long[] shape) {
    Shape djlShape = new Shape(shape);
    DataType type =
        switch (format.tensor().pixelType()) {
          case FLOAT32 -> DataType.FLOAT32;
          case FLOAT16 -> DataType.FLOAT16;
          case UINT8 -> DataType.UINT8;
        };
    int bytes = Math.toIntExact(djlShape.size() * format.tensor().pixelType().bytes());
    ByteBuffer exact =
        images.slice(first * format.bytesPerImage(), bytes).order(ByteOrder.nativeOrder());
    return (PtNDArray) manager.create(exact, djlShape, type);
  }

  private static PtNDArray[] each(
      NDManager manager, ByteBuffer images, InputFormat format, int batch) {
    long[] shape = format.tensor().shape(1);
    long[] single = {shape[1], shape[2], shape[3]};
    PtNDArray[] arrays = new PtNDArray[batch];
    for (int i = 0; i < batch; i++) {
      arrays[i] = tensor(manager, images, format, i, single);
    }
    return arrays;
  }

  @Override
  public void close() {
    model.close();
  }

  /** The tensors of one call; they exist in PyTorch's memory as long as their manager. */
  private static final class Outputs implements ModelOutputs {
    private final NDManager manager;
    private final List<OutputTensor> tensors = new ArrayList<>();

    Outputs(NDManager manager, NDList arrays) {
      this.manager = manager;
      for (NDArray array : arrays) {
        array.attach(manager);
        NDArray floats = array.toType(DataType.FLOAT32, false);
        FloatBuffer values =
            floats.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
        String name = array.getName() == null ? "" : array.getName();
        tensors.add(
            OutputTensor.of(
                name,
                array.getShape().getShape(),
                values,
                array.getDataType().isFloating()
                    ? OutputTensor.Numbers.FRACTIONS
                    : OutputTensor.Numbers.WHOLE));
      }
    }

    @Override
    public List<OutputTensor> tensors() {
      return tensors;
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
