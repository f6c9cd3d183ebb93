package org.seeql.udf.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.seeql.udf.InferenceException;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.layout.ModelOutputs;

/** Loads models into memory. */
public final class ModelLoader {
  private ModelLoader() {}

  /**
   * The faster engine for a model on a device. This is ONNX Runtime if the model exists in that
   * format: 1.7 times as fast as PyTorch on a CPU (YOLOv5n, 640 x 640).
   */
  public static Engine fasterEngine(ModelDescription description, Device device) {
    return faster(description.files().stream().map(ModelFile::engine).toList(), device);
  }

  private static Engine faster(List<Engine> engines, Device device) {
    boolean onnx = engines.contains(Engine.ONNX);
    boolean torch = engines.contains(Engine.TORCHSCRIPT);
    boolean onnxRuns = onnx && (!device.isGpu() || OnnxRuntime.knowsCuda());
    return onnxRuns || !torch ? Engine.ONNX : Engine.TORCHSCRIPT;
  }

  /**
   * Loads a model with the faster engine for the device, and runs it once.
   *
   * @param localFiles local copies of the model's files; engines without one are not considered
   * @param threads that one call may use on the CPU; 1 if several threads make calls
   * @throws InferenceException if a file is not a model, or the device is missing: a requested GPU
   *     is never replaced by the CPU
   */
  public static LoadedModel load(
      ModelDescription description, Map<Engine, Path> localFiles, Device device, int threads) {
    List<Engine> engines =
        localFiles.keySet().stream()
            .filter(engine -> description.findFile(engine).isPresent())
            .toList();
    if (engines.isEmpty()) {
      throw new IllegalArgumentException("Model " + description.name() + " has no local file");
    }
    Engine engine = faster(engines, device);
    ModelRuntime runtime = ModelRuntime.open(engine, localFiles.get(engine), device, threads);
    RunnableModel model = new RunnableModel(description, device, runtime);
    try {
      warmUp(model, runtime);
      return model;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** Runs a blank image, which also determines the output tensors and their sizes. */
  private static void warmUp(RunnableModel model, ModelRuntime runtime) {
    InputFormat input = model.description().input();
    int batch = input.fixedBatch().orElse(1);
    try (InputBuffer blank = new InputBuffer(input, batch)) {
      try (ModelOutputs outputs = model.run(blank.bytes(), batch)) {
        if (runtime instanceof OnnxRuntime onnx) {
          onnx.keepOutputs(model.description().layout().fixedTensors(outputs.tensors()));
        }
      }
    }
  }
}
