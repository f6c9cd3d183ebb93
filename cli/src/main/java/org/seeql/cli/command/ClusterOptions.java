package org.seeql.cli.command;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.seeql.launcher.cluster.Cluster;
import org.seeql.launcher.cluster.ClusterAddress;
import picocli.CommandLine.Option;

/** The cluster and the namespace that a command works on. */
final class ClusterOptions {
  private static final String DEFAULT_NAMESPACE = "seeql";

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description =
          "The context of kubectl's configuration (KUBECONFIG or ~/.kube/config). Default: "
              + "the current context; in a pod without this configuration, the pod's own cluster.")
  private String context;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = DEFAULT_NAMESPACE,
      description = "The namespace in which programs run. Default: ${DEFAULT-VALUE}.")
  private String namespace;

  String namespace() {
    return namespace;
  }

  /** Whether the user selected a cluster, or kubectl is configured. */
  boolean isConfigured(Invocation invocation) {
    return context != null || !kubeconfigs(invocation).isEmpty();
  }

  /** Connects to the cluster. The caller closes the result. */
  Cluster open(Invocation invocation) {
    return Cluster.open(
        new ClusterAddress(kubeconfigs(invocation), Optional.ofNullable(context), namespace));
  }

  /**
   * The arguments that select the same cluster and namespace in another command, quoted for a
   * shell.
   */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (context != null) {
      arguments.add("--context=" + ShellText.word(context));
    }
    if (!namespace.equals(DEFAULT_NAMESPACE)) {
      arguments.add("--namespace=" + ShellText.word(namespace));
    }
    return arguments;
  }

  private static List<Path> kubeconfigs(Invocation invocation) {
    Optional<String> named = invocation.variable("KUBECONFIG");
    if (named.isPresent()) {
      return Arrays.stream(named.get().split(File.pathSeparator))
          .filter(file -> !file.isBlank())
          .map(invocation::resolve)
          .toList();
    }
    Path usual = invocation.home().resolve(".kube").resolve("config");
    return Files.isRegularFile(usual) ? List.of(usual) : List.of();
  }
}
