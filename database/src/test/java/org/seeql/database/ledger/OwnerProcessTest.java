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
    assertThat(OwnerProcess.parse(current.host(), current.text()).life())
        .isEqualTo(OwnerProcess.Life.ALIVE);
  }

  @Test
  void aProcessIsAliveThatStartedAtTheSameTick() throws Exception {
    process(4711, "a (strange) name", 352_957);

    assertThat(OWNER.life(proc)).isEqualTo(OwnerProcess.Life.ALIVE);
  }

  @Test
  void aProcessHasEndedWhoseIdAnotherOneHas() throws Exception {
    process(4711, "java", 352_958);

    assertThat(OWNER.life(proc)).isEqualTo(OwnerProcess.Life.ENDED);
  }

  @Test
  void aProcessHasEndedThatIsNotListed() throws Exception {
    process(1, "init", 1);

    assertThat(OWNER.life(proc)).isEqualTo(OwnerProcess.Life.ENDED);
  }

  @Test
  void aProcessIsUnknownWhereOthersAreHidden() {
    assertThat(OWNER.life(proc)).isEqualTo(OwnerProcess.Life.UNKNOWN);
  }

  @Test
  void aProcessOfAnotherMachineIsUnknown() throws Exception {
    process(4711, "java", 352_957);

    assertThat(new OwnerProcess("there", "another machine", 4711, 352_957).life(proc))
        .isEqualTo(OwnerProcess.Life.UNKNOWN);
  }

  private void process(int pid, String name, long started) throws IOException {
    Files.createDirectories(proc.resolve(Integer.toString(pid)));
    Files.writeString(
        proc.resolve(pid + "/stat"), pid + " (" + name + ")" + BETWEEN + started + " 0 0\n");
  }
}
