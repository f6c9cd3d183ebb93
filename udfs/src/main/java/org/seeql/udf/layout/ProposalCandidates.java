package org.seeql.udf.layout;

import java.util.ArrayList;
import java.util.List;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Geometry;
import org.seeql.udf.detect.Proposal;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.Letterbox;

/** Candidates whose objectness and class probabilities are kept. */
final class ProposalCandidates extends Candidates {
  private final List<Values> values = new ArrayList<>();
  private final List<Values> kept = new ArrayList<>();

  private record Values(float objectness, List<Float> classes) {}

  /** Records the values of the next candidate. */
  void track(float[] row, int objectness, int firstClass) {
    List<Float> classes = new ArrayList<>();
    for (int i = firstClass; i < row.length; i++) {
      classes.add(row[i]);
    }
    values.add(new Values(row[objectness], classes));
  }

  /** Called for each kept candidate, in the order of the detections. */
  @Override
  Geometry geometry(int candidate, Letterbox letterbox, PixelBox box) {
    kept.add(values.get(candidate));
    return Geometry.NONE;
  }

  /** The result of non-maximum suppression, with the recorded values. */
  List<Proposal> proposals(Thresholds thresholds, Letterbox letterbox, List<String> labels) {
    List<Detection> detections = suppressed(thresholds, letterbox, labels);
    List<Proposal> proposals = new ArrayList<>(detections.size());
    for (int i = 0; i < detections.size(); i++) {
      proposals.add(
          new Proposal(detections.get(i), kept.get(i).objectness(), kept.get(i).classes()));
    }
    return proposals;
  }
}
