package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.seeql.cli.command.CommandLineRunner.Outcome;

class InstallCommandTest {
  private static Outcome install(String... more) {
    String[] arguments = new String[more.length + 1];
    arguments[0] = "install";
    System.arraycopy(more, 0, arguments, 1, more.length);
    return new CommandLineRunner(Path.of("")).run(arguments);
  }

  @Test
  void printsTheRequirementsAndTheObjectsOfTheOverlay() {
    Outcome printed = install("--dry-run", "--overlay=local", "--namespace=vision");

    assertThat(printed.exitCode()).isZero();
    assertThat(printed.out())
        .startsWith("# The objects that SeeQL needs on a cluster: overlay local, namespace vision.")
        .contains("kind: Namespace\n", "kind: PersistentVolume\n", "namespace: vision\n");
  }

  @Test
  void refusesToChangeACluster() {
    Outcome refused = install();

    assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err().strip())
        .isEqualTo(
            "Cannot install on a cluster: its administrator must first review the changes "
                + "(accounts, permissions, policies); add --dry-run, and apply the output with "
                + "`kubectl apply -f -`");
  }

  @Test
  void refusesAnInvalidNamespace() {
    Outcome refused = install("--dry-run", "--namespace=$(id)");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err().strip())
        .isEqualTo(
            "Invalid namespace: '$(id)' (at most 63 of a-z, 0-9 and '-', beginning with a"
                + " letter)");
  }
}
