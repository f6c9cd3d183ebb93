package org.seeql.launcher.install;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.launcher.manifest.PodSettings;
import org.seeql.launcher.manifest.ServiceAccounts;

/**
 * What the installed objects have in addition to the files of {@code k8s}.
 *
 * @param labels of every object
 * @param annotations of every object
 * @param pullSecrets of every service account, so that its pods need no other setting
 * @param accounts the names of the service accounts
 */
public record InstalledObjects(
    SortedMap<String, String> labels,
    SortedMap<String, String> annotations,
    List<String> pullSecrets,
    ServiceAccounts accounts) {
  /** The objects of the files. */
  public static final InstalledObjects DEFAULT =
      new InstalledObjects(new TreeMap<>(), new TreeMap<>(), List.of(), ServiceAccounts.DEFAULT);

  private static final String ACCOUNT = "ServiceAccount";

  public InstalledObjects {
    requireNonNull(accounts, "accounts is null");
    PodSettings valid =
        new PodSettings(
            pullSecrets, Optional.empty(), new TreeMap<>(), List.of(), labels, annotations);
    pullSecrets = valid.pullSecrets();
    labels = valid.labels();
    annotations = valid.annotations();
  }

  /** Changes an object. */
  void addTo(ObjectNode object) {
    ObjectNode metadata = object.withObject("/metadata");
    labels.forEach((key, value) -> metadata.withObject("/labels").put(key, value));
    annotations.forEach((key, value) -> metadata.withObject("/annotations").put(key, value));
    if (object.path("kind").asText().equals(ACCOUNT)) {
      rename(metadata);
      if (!pullSecrets.isEmpty()) {
        ArrayNode secrets = object.putArray("imagePullSecrets");
        pullSecrets.forEach(secret -> secrets.addObject().put("name", secret));
      }
    }
    for (JsonNode subject : object.path("subjects")) {
      if (subject.path("kind").asText().equals(ACCOUNT)) {
        rename((ObjectNode) subject);
      }
    }
  }

  private void rename(ObjectNode named) {
    String name = named.path("name").asText();
    named.put("name", accounts.renamed().getOrDefault(name, name));
  }
}
