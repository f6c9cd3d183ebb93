package org.seeql.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerFailureTest {
  private static final Path DIRECTORY = Path.of("/data");
  private static final Path LOG = Path.of("/data/mysql.log");

  @Test
  void namesThePackagesOfAMissingLibrary() {
    assertThat(
            describe(
                "/c/bin/mariadbd: error while loading shared libraries: libsystemd.so.0: cannot"
                    + " open shared object file: No such file or directory"))
        .isEqualTo(
            "Cannot start the embedded database in /data: MariaDB needs the shared library"
                + " libsystemd.so.0; on Debian and Ubuntu: apt-get install libcrypt1 libgcc-s1"
                + " libstdc++6 libsystemd0");
  }

  @Test
  void reportsAFullDisk() {
    assertThat(describe("[ERROR] InnoDB: Operating system error: No space left on device"))
        .isEqualTo(
            "Cannot start the embedded database in /data: its disk is full; free some space, or"
                + " choose another data directory");
  }

  @Test
  void showsTheLogIfTheReasonIsUnknown() {
    assertThat(describe("[ERROR] Aborting"))
        .isEqualTo(
            "Cannot start the embedded database in /data: MariaDB ended with status 1. The end of"
                + " its log (/data/mysql.log):\n[ERROR] Aborting");
  }

  private static String describe(String line) {
    return ServerFailure.describe(DIRECTORY, LOG, List.of(line), 1).getMessage();
  }
}
