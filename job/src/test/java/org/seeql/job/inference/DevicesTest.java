package org.seeql.job.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.planner.option.DeviceChoice;

class DevicesTest {
  @ParameterizedTest
  @CsvSource({"AUTO, gpu:3", "GPU, gpu:3", "CPU, cpu"})
  void aTaskThatWasGivenAGpuUsesThatOneWhateverThisMachineShows(
      DeviceChoice choice, String device) {
    Map<String, ResourceInformation> given =
        Map.of("gpu", new ResourceInformation("gpu", new String[] {" 3 ", "4"}));

    assertThat(Devices.choose(choice, given)).hasToString(device);
  }

  @Test
  void aTaskWithoutOneUsesTheCpuIfTheCpuIsRequested() {
    assertThat(Devices.choose(DeviceChoice.CPU, Map.of())).hasToString("cpu");
  }
}
