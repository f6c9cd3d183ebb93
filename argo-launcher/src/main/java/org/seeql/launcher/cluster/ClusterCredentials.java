package org.seeql.launcher.cluster;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the address of a cluster and the credentials for it. */
final class ClusterCredentials {
  private static final Path POD_TOKEN =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

  // an unreachable cluster is reported after seconds, not after the client's default of minutes
  private static final int RETRIES = 3;
  private static final int CONNECT_MILLIS = 10_000;
  private static final int ANSWER_MILLIS = 60_000;

  private ClusterCredentials() {}

  static Config find(ClusterAddress address) {
    Config found = address.kubeconfigs().isEmpty() ? ofPod(address) : ofFiles(address);
    return new ConfigBuilder(found)
        .withNamespace(address.namespace())
        .withRequestRetryBackoffLimit(RETRIES)
        .withConnectionTimeout(CONNECT_MILLIS)
        .withRequestTimeout(ANSWER_MILLIS)
        .build();
  }

  private static Config ofPod(ClusterAddress address) {
    if (!Files.isReadable(POD_TOKEN)) {
      throw new ClusterException(
          "Cannot find a cluster: KUBECONFIG is not set, ~/.kube/config does not exist, and "
              + "this is not a pod; set KUBECONFIG to the file that kubectl uses");
    }
    address
        .context()
        .ifPresent(
            context -> {
              throw new ClusterException(
                  "Unknown --context '%s': there is no configuration of kubectl here; leave it out to use the cluster of this pod"
                      .formatted(context));
            });
    return Config.autoConfigure(null);
  }

  private static Config ofFiles(ClusterAddress address) {
    List<Path> existing = address.kubeconfigs().stream().filter(Files::isRegularFile).toList();
    if (existing.isEmpty()) {
      throw new ClusterException(
          "Cannot find a cluster: KUBECONFIG is %s, which does not exist"
              .formatted(joined(address.kubeconfigs())));
    }
    Config config = merged(address, existing);
    checkContext(address, config, existing);
    return config;
  }

  private static Config merged(ClusterAddress address, List<Path> files) {
    io.fabric8.kubernetes.api.model.Config[] parsed;
    try {
      parsed =
          files.stream()
              .map(file -> KubeConfigUtils.parseConfig(file.toFile()))
              .toArray(io.fabric8.kubernetes.api.model.Config[]::new);
    } catch (RuntimeException e) {
      // Omit the cause: the library's message quotes the file, which contains secrets.
      throw new ClusterException(
          "Cannot read the cluster configuration in %s: it is not a kubeconfig"
              .formatted(joined(files)));
    }
    Config config = Config.empty();
    try {
      KubeConfigUtils.merge(config, address.context().orElse(null), parsed);
    } catch (RuntimeException e) {
      throw new ClusterException(
          "Cannot use the cluster configuration in %s: %s; check whether kubectl get pods works"
              .formatted(joined(files), ClusterErrors.rootOf(e)),
          e);
    }
    return config;
  }

  private static void checkContext(ClusterAddress address, Config config, List<Path> files) {
    List<String> known =
        config.getContexts() == null
            ? List.of()
            : config.getContexts().stream().map(NamedContext::getName).sorted().toList();
    address
        .context()
        .filter(context -> !known.contains(context))
        .ifPresent(
            context -> {
              throw new ClusterException(
                  "Unknown --context '%s'; known: %s".formatted(context, String.join(", ", known)));
            });
    if (config.getCurrentContext() == null) {
      throw new ClusterException(
          "Cannot find a cluster: %s has no current context; use --context; known: %s"
              .formatted(joined(files), String.join(", ", known)));
    }
  }

  private static String joined(List<Path> files) {
    return files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
