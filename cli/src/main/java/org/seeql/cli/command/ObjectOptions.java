package org.seeql.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.seeql.launcher.manifest.KeyValues;
import org.seeql.launcher.manifest.ServiceAccounts;
import picocli.CommandLine.Option;

/** What every object of SeeQL on a cluster has: the options that {@code install} also accepts. */
final class ObjectOptions {
  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "A label of all pods and other objects, such as team=vision. Can be repeated.")
  private List<String> labels = new ArrayList<>();

  @Option(
      names = "--annotation",
      paramLabel = "KEY=VALUE",
      description = "An annotation of all pods and other objects. Can be repeated.")
  private List<String> annotations = new ArrayList<>();

  @Option(
      names = "--image-pull-secret",
      paramLabel = "SECRET",
      description =
          "A Secret with which nodes pull container images from a private registry. Can be "
              + "repeated.")
  private List<String> pullSecrets = new ArrayList<>();

  @Option(
      names = "--service-account",
      paramLabel = "ROLE=NAME",
      description =
          "The service account of a role: step, container, driver or executor. Can be repeated. "
              + "Default: seeql-ROLE.")
  private List<String> accounts = new ArrayList<>();

  SortedMap<String, String> labels() {
    return KeyValues.parse("--label", labels);
  }

  SortedMap<String, String> annotations() {
    return KeyValues.parse("--annotation", annotations);
  }

  List<String> pullSecrets() {
    return pullSecrets;
  }

  ServiceAccounts accounts() {
    return ServiceAccounts.of(KeyValues.parse("--service-account", accounts));
  }
}
