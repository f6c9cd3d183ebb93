package org.seeql.datasets.load;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.seeql.database.RefusalException;
import org.seeql.datasets.record.Problem;

/** Creates the refusal of an import with bad data. */
final class BadData {
  private BadData() {}

  static RefusalException refused(String database, ProblemLog problems, boolean nothingIsLeft) {
    String cure =
        nothingIsLeft
            ? "nothing is left to import"
            : "nothing was written; --report lists all of them, --on_error=skip imports the rest";
    String first =
        problems.first().stream().map(problem -> "\n  " + problem).collect(Collectors.joining());
    long more = problems.count() - problems.first().size();
    return new RefusalException(
        "Cannot import into %s: %s; %s%s%s"
            .formatted(
                database,
                count(problems.kinds()),
                cure,
                first,
                more == 0 ? "" : String.format(Locale.ROOT, "%n  … and %,d more", more)));
  }

  /** {@code 3 records with the id of another record, 1 record malformed}. */
  static String count(Map<Problem.Kind, Long> kinds) {
    return kinds.entrySet().stream()
        .map(
            kind ->
                String.format(
                    Locale.ROOT,
                    "%,d %s %s",
                    kind.getValue(),
                    kind.getValue() == 1 ? "record" : "records",
                    kind.getKey().clause()))
        .collect(Collectors.joining(", "));
  }
}
