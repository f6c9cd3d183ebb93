package org.seeql.job.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs NVIDIA's tool that reports the memory use of each GPU. The tool comes with the driver, and
 * Spark's GPU discovery needs it, too. For one thread.
 */
final class NvidiaSmi {
  private static final Logger LOG = LoggerFactory.getLogger(NvidiaSmi.class);
  private static final List<String> QUESTION =
      List.of("--query-gpu=index,memory.used,memory.total", "--format=csv,noheader,nounits");
  private static final long LONGEST_SECONDS = 5;
  private static final long BYTES_PER_MEBIBYTE = 1L << 20;

  private final String program;
  private boolean isThere = true;

  NvidiaSmi(String program) {
    this.program = requireNonNull(program, "program is null");
  }

  static NvidiaSmi onPath() {
    return new NvidiaSmi("nvidia-smi");
  }

  /** Memory of a GPU; {@code gpu} is its index in this container. */
  record Memory(String gpu, long usedBytes, long totalBytes) {}

  /** The memory of every GPU; empty if the tool is missing or fails. */
  List<Memory> read() {
    if (!isThere) {
      return List.of();
    }
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(QUESTION);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try {
        return answer(process);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      LOG.debug("No GPU found: {}", e.getMessage());
      isThere = false;
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private List<Memory> answer(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      LOG.debug("{} returned no result", program);
      return List.of();
    }
    return parse(new String(process.getInputStream().readAllBytes(), UTF_8));
  }

  /** Parses lines such as {@code 0, 1024, 81559}; skips a GPU without values. */
  static List<Memory> parse(String csv) {
    List<Memory> gpus = new ArrayList<>();
    for (String line : csv.lines().toList()) {
      String[] cells = line.strip().split("\\s*,\\s*", -1);
      if (cells.length == 3 && cells[1].matches("\\d+") && cells[2].matches("\\d+")) {
        gpus.add(
            new Memory(
                cells[0],
                Long.parseLong(cells[1]) * BYTES_PER_MEBIBYTE,
                Long.parseLong(cells[2]) * BYTES_PER_MEBIBYTE));
      }
    }
    return gpus;
  }
}
