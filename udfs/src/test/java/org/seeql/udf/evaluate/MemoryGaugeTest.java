package org.seeql.udf.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.seeql.udf.model.Device;

class MemoryGaugeTest {
  private static final long BLOCK_BYTES = 256L << 20;

  @Test
  @EnabledOnOs(OS.LINUX)
  void measuresAllocatedAndFreedNativeMemory() {
    MemoryGauge gauge = new MemoryGauge(Device.CPU);
    gauge.settle();
    long before = gauge.bytes().orElseThrow();

    Memory block = new Memory(BLOCK_BYTES);
    block.setMemory(0, BLOCK_BYTES, (byte) 1);
    long during = gauge.bytes().orElseThrow();
    block.close();
    gauge.settle();
    long after = gauge.bytes().orElseThrow();

    // the rest of the process may free or allocate memory in the meantime
    assertThat(during - before).isBetween(BLOCK_BYTES * 3 / 4, BLOCK_BYTES * 5 / 4);
    assertThat(during - after).isGreaterThan(BLOCK_BYTES / 2);
  }
}
