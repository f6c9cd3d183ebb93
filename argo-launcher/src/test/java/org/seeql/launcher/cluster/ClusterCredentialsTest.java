package org.seeql.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterCredentialsTest {
  @TempDir Path directory;

  private ClusterAddress address(String settings) throws IOException {
    Path file = Files.writeString(directory.resolve("config"), settings);
    return new ClusterAddress(List.of(file), Optional.empty(), "vision");
  }

  @Test
  void doesNotQuoteAFileThatIsNotAKubeconfig() throws IOException {
    ClusterAddress address = address("users: hunter2");

    assertThatThrownBy(() -> ClusterCredentials.find(address))
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "Cannot read the cluster configuration in %s: it is not a kubeconfig"
                .formatted(address.kubeconfigs().get(0)))
        .hasNoCause();
  }
}
