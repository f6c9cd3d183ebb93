package org.seeql.launcher.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.seeql.launcher.manifest.ServiceAccounts;
import org.seeql.launcher.manifest.SubmissionException;

class InstallationTest {
  private static JsonNode find(Overlay overlay, String kind, String name) {
    return new Installation(overlay, "vision")
        .objects().stream()
            .filter(o -> o.path("kind").asText().equals(kind))
            .filter(o -> o.at("/metadata/name").asText().equals(name))
            .findFirst()
            .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void startsWithTheNamespaceOfAllOtherObjects(Overlay overlay) {
    List<ObjectNode> objects = new Installation(overlay, "vision").objects();

    assertThat(objects.get(0).path("kind").asText()).isEqualTo("Namespace");
    assertThat(objects.get(0).at("/metadata/name").asText()).isEqualTo("vision");
    assertThat(objects)
        .filteredOn(o -> !o.path("kind").asText().matches("Namespace|PersistentVolume"))
        .hasSizeGreaterThan(10)
        .allSatisfy(o -> assertThat(o.at("/metadata/namespace").asText()).isEqualTo("vision"));
    assertThat(new Installation(overlay, "vision").text()).doesNotContain("namespace: seeql");
  }

  @Test
  void bindsTheRolesToAccountsOfTheNamespace() {
    JsonNode binding = find(Overlay.BASE, "RoleBinding", "seeql-driver");

    assertThat(binding.at("/subjects/0/namespace").asText()).isEqualTo("vision");
  }

  @ParameterizedTest
  @CsvSource({
    "BASE, ResourceQuota, seeql, /spec/hard/requests.cpu, 64",
    "LOCAL, ResourceQuota, seeql, /spec/hard/requests.cpu, 8",
    "GPU, ResourceQuota, seeql, /spec/hard/requests.nvidia.com~1gpu, 8",
    "LOCAL, LimitRange, seeql, /spec/limits/0/defaultRequest/memory, 256Mi",
    "LOCAL, PersistentVolumeClaim, seeql-images, /spec/volumeName, seeql-images",
    "LOCAL, PersistentVolume, seeql-images, /spec/hostPath/path, /var/lib/seeql/images",
  })
  void patchesTheBase(Overlay overlay, String kind, String name, String path, String value) {
    assertThat(find(overlay, kind, name).at(path).asText()).isEqualTo(value);
  }

  @Test
  void addsWhatAnAdministratorPrescribes() {
    InstalledObjects additions =
        new InstalledObjects(
            new TreeMap<>(Map.of("cost-centre", "4711")),
            new TreeMap<>(Map.of("example.org/owner", "vision")),
            List.of("registry-key"),
            ServiceAccounts.of(Map.of("driver", "team-driver")));

    List<ObjectNode> objects = new Installation(Overlay.BASE, "vision", additions).objects();

    assertThat(objects)
        .allSatisfy(
            o -> {
              assertThat(o.at("/metadata/labels/cost-centre").asText()).isEqualTo("4711");
              assertThat(o.at("/metadata/annotations/example.org~1owner").asText())
                  .isEqualTo("vision");
            });
    List<ObjectNode> accounts =
        objects.stream().filter(o -> o.path("kind").asText().equals("ServiceAccount")).toList();
    assertThat(accounts)
        .extracting(o -> o.at("/metadata/name").asText())
        .containsExactly("seeql-step", "seeql-container", "team-driver", "seeql-executor");
    assertThat(accounts)
        .allSatisfy(
            o -> assertThat(o.at("/imagePullSecrets/0/name").asText()).isEqualTo("registry-key"));
    assertThat(objects)
        .filteredOn(o -> o.path("kind").asText().equals("RoleBinding"))
        .extracting(o -> o.at("/subjects/0/name").asText())
        .containsExactly("seeql-step", "seeql-container", "team-driver");
  }

  @Test
  void describesTheStepsBeforeAndAfter() {
    String text = new Installation(Overlay.BASE, "vision").text();

    assertThat(text.lines().filter(line -> line.startsWith("#")).toList())
        .contains(
            "# The objects that SeeQL needs on a cluster: overlay base, namespace vision. Apply them with `kubectl apply -f -`.",
            "# - Argo Workflows 4.1 (tested with 4.1.2): its resource definitions and its controller",
            "#         jobNamespaces:",
            "#         - vision",
            "#     kubectl -n vision create secret generic seeql-database --from-file=password \\");
  }

  @Test
  void refusesAnInvalidNamespace() {
    assertThatThrownBy(() -> new Installation(Overlay.BASE, "a; b"))
        .isExactlyInstanceOf(SubmissionException.class)
        .hasMessage(
            "Invalid namespace: 'a; b' (at most 63 of a-z, 0-9 and '-', beginning with a letter)");
  }
}
