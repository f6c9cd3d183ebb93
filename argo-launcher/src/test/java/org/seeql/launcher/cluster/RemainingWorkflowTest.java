package org.seeql.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RemainingWorkflowTest {
  @Test
  void keepsLabelsAndAnnotationsButNotArgos() throws IOException {
    String text =
        """
        {"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow",
         "metadata": {
           "name": "a", "namespace": "b",
           "labels": {
             "cost-centre": "4711", "seeql.org/workflow": "a",
             "workflows.argoproj.io/phase": "Failed", "workflows.argoproj.io/completed": "true"},
           "annotations": {
             "example.org/owner": "vision", "workflows.argoproj.io/pod-name-format": "v2"}},
         "spec": {"entrypoint": "program", "templates": []}}
        """;
    ObjectNode tree = (ObjectNode) Json.read(text.getBytes(StandardCharsets.UTF_8));

    ObjectNode next = RemainingWorkflow.of(new RunObject(Json.resource(tree)), new TreeSet<>());

    assertThat(next.at("/metadata/labels"))
        .hasToString("{\"cost-centre\":\"4711\",\"seeql.org/workflow\":\"a\"}");
    assertThat(next.at("/metadata/annotations"))
        .hasToString("{\"example.org/owner\":\"vision\",\"seeql.org/done\":\"\"}");
  }
}
