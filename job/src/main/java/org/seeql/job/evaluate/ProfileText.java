package org.seeql.job.evaluate;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.evaluate.StoredProfile.StoredClass;
import org.seeql.job.evaluate.StoredProfile.StoredTiming;
import org.seeql.udf.model.Device;

/** Formats a profile as one line. */
final class ProfileText {
  private ProfileText() {}

  static String of(DatabaseSession session, StoredProfile profile) throws SQLException {
    List<StoredClass> classes =
        profile.classes(session).stream().filter(StoredClass::isKnown).toList();
    List<String> parts = new ArrayList<>();
    parts.add(
        String.format(
            Locale.ROOT,
            "on %s (%,d images, %s, %s)",
            profile.dataset(),
            profile.images(),
            counted(classes),
            profile.created()));
    mean(classes.stream().map(StoredClass::ap50).toList())
        .ifPresent(ap50 -> parts.add(String.format(Locale.ROOT, "mAP@0.5 %.3f", ap50)));
    mean(classes.stream().map(StoredClass::ap).toList())
        .ifPresent(ap -> parts.add(String.format(Locale.ROOT, "mAP@[.5:.95] %.3f", ap)));
    profile
        .accuracy()
        .ifPresent(accuracy -> parts.add(String.format(Locale.ROOT, "accuracy %.3f", accuracy)));
    for (Device device : List.of(Device.CPU, Device.gpu(0))) {
      List<StoredTiming> timings = profile.timings(session, device);
      if (!timings.isEmpty()) {
        StoredTiming best = StoredProfile.choose(timings, OptionalInt.empty());
        parts.add(
            String.format(
                Locale.ROOT,
                "%.2f ms per image on %s with batch size %d",
                best.secondsPerImage() * 1_000,
                best.device(),
                best.batchSize()));
      }
    }
    return String.join(", ", parts);
  }

  /** The classes; means are over those that have a value. */
  private static String counted(List<StoredClass> classes) {
    long valued = classes.stream().filter(c -> c.ap50().isPresent()).count();
    return valued == 0 || valued == classes.size()
        ? classes.size() + " classes"
        : "%d classes, %d of them with objects".formatted(classes.size(), valued);
  }

  private static OptionalDouble mean(List<OptionalDouble> figures) {
    return figures.stream().flatMapToDouble(OptionalDouble::stream).average();
  }
}
