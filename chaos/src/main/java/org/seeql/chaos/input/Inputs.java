package org.seeql.chaos.input;

import java.util.List;
import org.seeql.chaos.Scenario;
import org.seeql.chaos.Workplace;
import org.seeql.chaos.input.Encodings.Encoded;

/** The scenarios with hostile images, labels and names. */
public final class Inputs {
  private Inputs() {}

  public static List<Scenario> prepare(Workplace place) throws Exception {
    ClassificationStatement.prepare(place);
    List<Encoded> undamaged = Encodings.of(place.demo().resolve("images/show"));
    return List.of(
        new DamagedImages(place, undamaged),
        new HostileNames(place),
        new LargeFiles(place, undamaged));
  }
}
