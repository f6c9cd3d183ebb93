package org.seeql.cli.command;

import java.util.concurrent.Callable;
import org.seeql.launcher.install.Installation;
import org.seeql.launcher.install.InstalledObjects;
import org.seeql.launcher.install.Overlay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "install",
    description = {
      "Prints the objects that a cluster needs before it can run programs.",
      "Apply them with `kubectl apply -f -`: a namespace, accounts, network policies, a quota and",
      "a claim for images. Comments list the other requirements: Argo Workflows, a Spark "
          + "operator, the",
      "database's Secret. Needs no cluster."
    })
final class InstallCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Spec private CommandSpec spec;

  @Option(
      names = "--overlay",
      paramLabel = "OVERLAY",
      defaultValue = "base",
      description =
          "The kind of cluster: base (any), local (one machine; its folder "
              + "/var/lib/seeql/images is the volume) or gpu (NVIDIA GPUs). Default: "
              + "${DEFAULT-VALUE}.")
  private Overlay overlay;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = "seeql",
      description = "The namespace in which programs will run. Default: ${DEFAULT-VALUE}.")
  private String namespace;

  @Mixin private ClusterProfileOption profile;
  @Mixin private ObjectOptions objects;

  @Option(names = "--dry-run", description = "Prints the objects and changes nothing.")
  private boolean dryRun;

  InstallCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    profile.apply(spec, invocation);
    Installation installation =
        new Installation(
            overlay,
            namespace,
            new InstalledObjects(
                objects.labels(),
                objects.annotations(),
                objects.pullSecrets(),
                objects.accounts()));
    if (!dryRun) {
      throw new CommandRefusal(
          "Cannot install on a cluster: its administrator must first review the changes "
              + "(accounts, permissions, policies); add --dry-run, and apply the output with "
              + "`kubectl apply -f -`");
    }
    invocation.console().out().println(installation.text().stripTrailing());
    return ExitCode.DONE;
  }
}
