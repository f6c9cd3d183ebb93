package org.seeql.database.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerBinariesTest {

  @Test
  void refusesProgramsInAFolder(@TempDir Path folder) throws Exception {
    URL server = Files.createFile(folder.resolve("mariadbd")).toUri().toURL();

    assertThatThrownBy(() -> ServerBinaries.unpack(server, folder.resolve("unpacked")))
        .isInstanceOf(IOException.class)
        .hasMessage("its programs are not in a jar: " + server);
  }
}
