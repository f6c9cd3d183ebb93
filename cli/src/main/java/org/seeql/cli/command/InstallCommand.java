package org.seeql.cli.command;

import java.util.concurrent.Callable;
import org.seeql.launcher.install.Installation;
import org.seeql.launcher.install.Overlay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "install",
    description = {
      "Prints what a cluster needs before a program can run on it.",
      "The objects are for `kubectl apply -f -`: a namespace, accounts, network policies, a quota and",
      "a claim for images. Comments say what else is wanted: Argo Workflows, a Spark operator, the",
      "database's Secret. Needs no cluster."
    })
final class InstallCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(
      names = "--overlay",
      paramLabel = "OVERLAY",
      defaultValue = "base",
      description =
          "For which cluster: base (any), local (one machine, whose folder /var/lib/seeql/images is"
              + " the volume) or gpu (NVIDIA GPUs). Default: ${DEFAULT-VALUE}.")
  private Overlay overlay;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = "seeql",
      description = "Where programs will run. Default: ${DEFAULT-VALUE}.")
  private String namespace;

  @Option(names = "--dry-run", description = "Prints, and changes nothing.")
  private boolean dryRun;

  InstallCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Installation installation = new Installation(overlay, namespace);
    if (!dryRun) {
      throw new CommandRefusal(
          "Cannot install on a cluster: what this changes (accounts, rights, policies) is its"
              + " administrator's to read first; add --dry-run, and give what it prints to `kubectl"
              + " apply -f -`");
    }
    invocation.console().out().println(installation.text().stripTrailing());
    return ExitCode.DONE;
  }
}
