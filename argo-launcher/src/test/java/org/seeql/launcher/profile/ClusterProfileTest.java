package org.seeql.launcher.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.seeql.launcher.manifest.SubmissionException;

class ClusterProfileTest {
  private static final SortedMap<String, SettingKind> KNOWN =
      new TreeMap<>(
          Map.of(
              "image", SettingKind.TEXT,
              "executors", SettingKind.NUMBER,
              "toleration", SettingKind.LIST,
              "label", SettingKind.MAPPING));

  private static SortedMap<String, List<String>> parse(String text) {
    return ClusterProfile.parse("cluster.yaml", text, KNOWN);
  }

  @Test
  void readsEveryKindOfSetting() {
    assertThat(
            parse(
                """
                image: registry.example/seeql:1  # of the team
                executors: 4
                toleration: [a:NoSchedule, b]
                label: {team: vision, cost-centre: 4711}
                """))
        .isEqualTo(
            Map.of(
                "image", List.of("registry.example/seeql:1"),
                "executors", List.of("4"),
                "toleration", List.of("a:NoSchedule", "b"),
                "label", List.of("team=vision", "cost-centre=4711")));
    assertThat(parse("# nothing\n")).isEmpty();
  }

  @Test
  void reportsAllProblemsTogether() {
    assertThatThrownBy(
            () -> parse("imagee: a\nimage: [a]\nexecutors: two\ntoleration: a\nlabel: {a: [b]}\n"))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(
            """
            Cannot submit the program: 5 problems
              - Invalid cluster profile cluster.yaml: Unknown key 'imagee'; known: image, label, executors, toleration
              - Invalid cluster profile cluster.yaml: image must be a text or a number
              - Invalid cluster profile cluster.yaml: executors must be a whole number
              - Invalid cluster profile cluster.yaml: toleration must be a list of texts
              - Invalid cluster profile cluster.yaml: label must be a mapping of keys to texts\
            """);
  }

  @Test
  void refusesTextsThatAreNoProfile() {
    assertThatThrownBy(() -> parse("- a\n"))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(
            "Cannot read the cluster profile cluster.yaml: it is not a mapping of options to values");
    assertThatThrownBy(() -> parse("image: a\nimage: b\n"))
        .isInstanceOf(SubmissionException.class)
        .hasMessage("Cannot read the cluster profile cluster.yaml: Duplicate field 'image'");
    assertThatThrownBy(() -> parse("image: [a\n"))
        .isInstanceOf(SubmissionException.class)
        .hasMessageStartingWith("Cannot read the cluster profile cluster.yaml: while parsing");
  }
}
