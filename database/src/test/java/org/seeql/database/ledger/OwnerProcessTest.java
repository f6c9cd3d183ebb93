package org.seeql.database.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class OwnerProcessTest {
  private static final String BETWEEN = " S" + " 0".repeat(18) + " ";
  private static final OwnerProcess OWNER =
      new OwnerProcess("here", OwnerProcess.current().machine(), 4711, 352_957);

  @TempDir private Path proc;

  @Test
  void thisProcessIsAlive() {
    OwnerProcess current = OwnerProcess.current();

    assertThat(current.started()).isPositive();
    assertThat(current.isThis()).isTrue();
    assertThat(OwnerProcess.parse(current.host(), current.text()).state())
        .isEqualTo(OwnerProcess.ProcessState.ALIVE);
  }

  @Test
  void aProcessWithTheSameStartTimeIsAlive() throws Exception {
    process(4711, "a (strange) name", 352_957);

    assertThat(OWNER.state(proc)).isEqualTo(OwnerProcess.ProcessState.ALIVE);
  }

  @Test
  void aProcessWhoseIdWasReusedHasEnded() throws Exception {
    process(4711, "java", 352_958);

    assertThat(OWNER.state(proc)).isEqualTo(OwnerProcess.ProcessState.ENDED);
  }

  @Test
  void aMissingProcessHasEnded() throws Exception {
    process(1, "init", 1);

    assertThat(OWNER.state(proc)).isEqualTo(OwnerProcess.ProcessState.ENDED);
  }

  @Test
  void aProcessIsUnknownIfOtherProcessesAreHidden() {
    assertThat(OWNER.state(proc)).isEqualTo(OwnerProcess.ProcessState.UNKNOWN);
  }

  @Test
  void aProcessOfAnotherMachineIsUnknown() throws Exception {
    process(4711, "java", 352_957);

    assertThat(new OwnerProcess("there", "another machine", 4711, 352_957).state(proc))
        .isEqualTo(OwnerProcess.ProcessState.UNKNOWN);
  }

  private void process(int pid, String name, long started) throws IOException {
    Files.createDirectories(proc.resolve(Integer.toString(pid)));
    Files.writeString(
        proc.resolve(pid + "/stat"), pid + " (" + name + ")" + BETWEEN + started + " 0 0\n");
  }
}
