package org.seeql.job.inference;

import java.util.List;
import java.util.Map;

/** The row of an image that passed through a plan, in the order of {@link ResultLayouts#found}. */
final class FoundRow {
  private FoundRow() {}

  /** One row, or an empty list. */
  static List<List<Object>> of(DecisionRoute route, ModelAssignment.Kept kept) {
    return switch (kept) {
      case FOUND -> route.isFound() ? List.of(List.of(evidence(route))) : List.of();
      case ALL -> List.of(List.of(route.isFound(), evidence(route)));
    };
  }

  private static String evidence(DecisionRoute route) {
    return JsonText.of(
        json -> {
          json.writeStartObject();
          for (Map.Entry<String, DecisionRoute.DecidingAnswer> entry :
              route.evidence().entrySet()) {
            BoundModel.Answer answer = entry.getValue().answer();
            json.writeObjectFieldStart(entry.getKey());
            json.writeStringField("answer", answer.isShown() ? "yes" : "no");
            json.writeStringField("model", entry.getValue().model());
            json.writeNumberField("confidence", answer.score());
            json.writeEndObject();
          }
          json.writeEndObject();
        });
  }
}
