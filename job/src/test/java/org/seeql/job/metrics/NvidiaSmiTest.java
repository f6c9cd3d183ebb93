package org.seeql.job.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.job.metrics.NvidiaSmi.Memory;

class NvidiaSmiTest {
  private static final long MEBIBYTE = 1_048_576;

  @TempDir private Path folder;

  private NvidiaSmi script(String body) throws IOException {
    Path script = folder.resolve("nvidia-smi");
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return new NvidiaSmi(script.toString());
  }

  @Test
  void readsTheMemoryOfEachGpu() throws IOException {
    NvidiaSmi tool = script("echo '0, 1024, 81559'; echo '1, 0, 81559'");

    assertThat(tool.read())
        .containsExactly(
            new Memory("0", 1_024 * MEBIBYTE, 81_559 * MEBIBYTE),
            new Memory("1", 0, 81_559 * MEBIBYTE));
  }

  @Test
  void asksForWhatItReads() throws IOException {
    NvidiaSmi tool =
        script(
            "test \"$*\" = '--query-gpu=index,memory.used,memory.total"
                + " --format=csv,noheader,nounits' && echo '0, 1, 2'");

    assertThat(tool.read()).containsExactly(new Memory("0", MEBIBYTE, 2 * MEBIBYTE));
  }

  @Test
  void leavesOutAGpuThatDoesNotTell() {
    assertThat(NvidiaSmi.parse("0, [N/A], 81559\n1, 1, 2\nNo devices were found\n"))
        .containsExactly(new Memory("1", MEBIBYTE, 2 * MEBIBYTE));
  }

  @Test
  void tellsNothingWhereTheToolFails() throws IOException {
    assertThat(script("echo '0, 1, 2'; exit 9").read()).isEmpty();
  }

  @Test
  void tellsNothingWhereThereIsNoSuchTool() {
    assertThat(new NvidiaSmi(folder.resolve("none").toString()).read()).isEmpty();
  }
}
