package org.seeql.launcher.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Reads the states of a run's statements from Argo's nodes. Argo compresses the nodes of a long
 * workflow or stores them elsewhere, where SeeQL may be unable to read them.
 */
final class NodeStates {
  // enough for thousands of nodes; their compressed form is below the limit of 1 MB per resource
  private static final int MAX_BYTES = 64 << 20;

  private NodeStates() {}

  /**
   * The state of a statement in Argo.
   *
   * @param phase Pending, Running, Succeeded, Failed, Error, Skipped or Omitted
   */
  record NodeState(
      String phase, String message, Optional<Instant> started, Optional<Instant> finished) {}

  /** The states by statement. Empty if the nodes cannot be read. */
  static Optional<SortedMap<Integer, NodeState>> of(RunObject run) {
    return nodes(run.status()).map(nodes -> states(run.name(), nodes));
  }

  private static SortedMap<Integer, NodeState> states(String run, JsonNode nodes) {
    SortedMap<Integer, NodeState> states = new TreeMap<>();
    for (JsonNode node : nodes) {
      // only tasks of the program; their attempts and inner steps have other boundaries
      if (node.path("boundaryID").asText().equals(run)) {
        RunObject.statementOf(node.path("displayName").asText())
            .ifPresent(number -> states.put(number, state(node)));
      }
    }
    return states;
  }

  private static NodeState state(JsonNode node) {
    return new NodeState(
        node.path("phase").asText("Pending"),
        node.path("message").asText(),
        RunObject.instant(node.path("startedAt").asText()),
        RunObject.instant(node.path("finishedAt").asText()));
  }

  private static Optional<JsonNode> nodes(JsonNode status) {
    if (!status.path("offloadNodeStatusVersion").asText().isEmpty()) {
      return Optional.empty();
    }
    String packed = status.path("compressedNodes").asText();
    if (!packed.isEmpty()) {
      return unpack(packed);
    }
    // a workflow that Argo has not processed yet has no nodes: the state is known
    return Optional.of(status.has("nodes") ? status.path("nodes") : emptyNodes());
  }

  private static JsonNode emptyNodes() {
    return Json.object();
  }

  /** Decompresses gzip. Empty for other compression formats. */
  private static Optional<JsonNode> unpack(String packed) {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      return bytes.length > MAX_BYTES ? Optional.empty() : Optional.of(Json.read(bytes));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
