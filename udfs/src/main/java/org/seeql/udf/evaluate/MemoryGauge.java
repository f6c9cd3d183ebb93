package org.seeql.udf.evaluate;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.seeql.udf.model.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the memory in use on a device. On the CPU, this is the process's resident memory (Linux,
 * {@code VmRSS}). On an NVIDIA GPU, it is the memory in use of the whole GPU ({@code nvidia-smi}),
 * by all processes. A difference shows the memory of a model, provided that nothing else changes.
 */
public final class MemoryGauge {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryGauge.class);
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final long ANSWER_TIMEOUT_SECONDS = 10;

  private final Device device;

  public MemoryGauge(Device device) {
    this.device = device;
  }

  /**
   * Returns freed native memory to the system if the C library supports it. Otherwise a model may
   * seem to use no memory, because it reuses the memory of an earlier one.
   */
  public void settle() {
    if (device.isGpu()) {
      return;
    }
    try {
      Function trim = NativeLibrary.getInstance("c").getFunction("malloc_trim");
      trim.invokeInt(new Object[] {0L});
    } catch (UnsatisfiedLinkError e) {
      LOG.debug("The C library cannot trim its heap", e);
    }
  }

  /** Bytes in use; empty if they cannot be determined. */
  public OptionalLong bytes() {
    try {
      return device.isGpu() ? gpu() : resident();
    } catch (IOException | NumberFormatException e) {
      LOG.debug("Cannot read the memory in use on {}", device, e);
      return OptionalLong.empty();
    }
  }

  private static OptionalLong resident() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return OptionalLong.empty();
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(RESIDENT))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst();
  }

  private OptionalLong gpu() throws IOException {
    Process process =
        new ProcessBuilder(
                "nvidia-smi",
                "--query-gpu=memory.used",
                "--format=csv,noheader,nounits",
                "--id=" + device.index())
            .redirectErrorStream(true)
            .start();
    try {
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor(ANSWER_TIMEOUT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0
          ? OptionalLong.of(Long.parseLong(answer) << 20)
          : OptionalLong.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    } finally {
      process.destroy();
    }
  }
}
