package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.RefusalException;
import org.seeql.job.fixture.RunFixture;

class LocalFilesIT {
  @TempDir private Path folder;

  /** A server can request any file from a client that allows LOAD DATA LOCAL. */
  @Test
  void noFileOfThisMachineIsSentToTheServer() throws Exception {
    RunFixture fixture = RunFixture.shared();
    Path file = Files.writeString(folder.resolve("paths.txt"), "a.jpg\n");
    fixture.database().execute("CREATE TABLE local_paths (path VARCHAR(100))");

    assertThatThrownBy(
            () ->
                fixture.execute(
                    "LOAD DATA LOCAL INFILE '%s' INTO TABLE local_paths (path)".formatted(file)))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot execute the statement at line 1, column 1: SeeQL sends no files to the server, because a server could then request any file of this machine; load the rows with INSERT statements, or with the server's own client");
    assertThat(fixture.database().count("local_paths")).isZero();
  }
}
