package org.seeql.launcher.manifest;

import java.util.Map;
import java.util.regex.Pattern;

/** The GPUs that containers of user programs get. */
public sealed interface ContainerGpus {
  String ALL = "all";

  /** Parses {@code all}, or a number of GPUs. */
  static ContainerGpus parse(String text) {
    if (text.equals(ALL)) {
      return new Visible();
    }
    if (!Requested.NUMBER.matcher(text).matches()) {
      throw new SubmissionException(
          "Invalid --container-gpus: '%s' (a number from 0, or all)".formatted(text));
    }
    return new Requested(Integer.parseInt(text));
  }

  /** The GPUs that are requested from Kubernetes. */
  int count();

  /** The variables that NVIDIA's container runtime reads. */
  Map<String, String> environment();

  /**
   * GPUs that Kubernetes assigns. NVIDIA's device plugin then sets {@code NVIDIA_VISIBLE_DEVICES}.
   * Without GPUs, none is visible, also if the image requests all of them, as CUDA's images do.
   */
  record Requested(int count) implements ContainerGpus {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    @Override
    public Map<String, String> environment() {
      return count == 0 ? Map.of("NVIDIA_VISIBLE_DEVICES", "void") : CAPABILITIES;
    }

    private static final Map<String, String> CAPABILITIES =
        Map.of("NVIDIA_DRIVER_CAPABILITIES", "compute,utility");
  }

  /**
   * All GPUs of the node, without a request: for clusters without a device plugin, whose container
   * runtime is NVIDIA's.
   */
  record Visible() implements ContainerGpus {
    @Override
    public int count() {
      return 0;
    }

    @Override
    public Map<String, String> environment() {
      return Map.of("NVIDIA_VISIBLE_DEVICES", ALL, "NVIDIA_DRIVER_CAPABILITIES", "compute,utility");
    }
  }
}
