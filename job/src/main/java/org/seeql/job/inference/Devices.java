package org.seeql.job.inference;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.seeql.planner.plan.DeviceChoice;
import org.seeql.udf.model.Device;

/** What there is on this machine for models to run on. */
public final class Devices {
  // NVIDIA's driver makes it when it finds a GPU, and container runtimes pass it on with one.
  private static final Path NVIDIA = Path.of("/dev/nvidiactl");

  private Devices() {}

  public static boolean hasGpu() {
    return Files.exists(NVIDIA);
  }

  /** The device for a choice, outside of any task. */
  public static Device choose(DeviceChoice choice) {
    return choose(choice, 0);
  }

  /** The device for a task: the GPU that Spark gave it, where Spark gives any. */
  public static Device choose(DeviceChoice choice, TaskContext task) {
    Map<String, ResourceInformation> resources = task.resourcesJMap();
    int index =
        resources.containsKey("gpu")
            ? Integer.parseInt(resources.get("gpu").addresses()[0].strip())
            : 0;
    return choose(choice, index);
  }

  private static Device choose(DeviceChoice choice, int index) {
    return switch (choice) {
      case CPU -> Device.CPU;
      case GPU -> Device.gpu(index);
      case AUTO -> hasGpu() ? Device.gpu(index) : Device.CPU;
    };
  }
}
