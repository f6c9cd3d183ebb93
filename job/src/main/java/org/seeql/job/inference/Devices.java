package org.seeql.job.inference;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.seeql.planner.option.DeviceChoice;
import org.seeql.udf.model.Device;

/** The devices of this machine on which models can run. */
public final class Devices {
  // NVIDIA's driver creates it when it finds a GPU; container runtimes pass it on with the GPU.
  private static final Path NVIDIA = Path.of("/dev/nvidiactl");

  private Devices() {}

  public static boolean hasGpu() {
    return Files.exists(NVIDIA);
  }

  /** Chooses the device outside of a task. */
  public static Device choose(DeviceChoice choice) {
    return choose(choice, 0);
  }

  /**
   * Chooses the device for a task: the GPU that Spark assigned to it, if any, unless the CPU was
   * requested. An assigned GPU is never replaced by the CPU.
   */
  public static Device choose(DeviceChoice choice, TaskContext task) {
    return choose(choice, task.resourcesJMap());
  }

  static Device choose(DeviceChoice choice, Map<String, ResourceInformation> given) {
    ResourceInformation gpu = given.get("gpu");
    if (gpu == null) {
      return choose(choice);
    }
    return choice == DeviceChoice.CPU
        ? Device.CPU
        : Device.gpu(Integer.parseInt(gpu.addresses()[0].strip()));
  }

  private static Device choose(DeviceChoice choice, int index) {
    return switch (choice) {
      case CPU -> Device.CPU;
      case GPU -> Device.gpu(index);
      case AUTO -> hasGpu() ? Device.gpu(index) : Device.CPU;
    };
  }
}
