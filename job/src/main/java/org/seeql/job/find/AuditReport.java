package org.seeql.job.find;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seeql.planner.cascade.QualityAudit;

/**
 * The result of an audit.
 *
 * @param auditor the names of the models whose answers count as the truth
 * @param images number of compared images
 * @param failed number of further images that could not be read
 * @param confidenceLevel of the limits, 0 to 1, exclusive
 * @param problem why nothing was compared; empty if the audit succeeded
 */
public record AuditReport(
    String auditor,
    int images,
    long failed,
    double confidenceLevel,
    List<QualityAudit.Finding> findings,
    Optional<String> problem) {
  public AuditReport {
    requireNonNull(problem, "problem is null");
    requireNonNull(auditor, "auditor is null");
    findings = List.copyOf(findings);
  }

  /** An audit that compared nothing. */
  public static AuditReport ofProblem(AuditRequest request, String problem) {
    return new AuditReport(
        request.auditor().names(),
        0,
        0,
        request.confidenceLevel(),
        List.of(),
        Optional.of(problem));
  }

  /** A line for each measure, or one for the problem. */
  List<String> lines() {
    return problem
        .map(reason -> List.of("audit     failed: " + reason))
        .orElseGet(() -> findings.stream().map(this::line).toList());
  }

  private String line(QualityAudit.Finding finding) {
    return String.format(
        Locale.ROOT,
        "audit     %s %.4f (%,d of %,d), limits %.4f and %.4f%s; compared with %s on %,d random images",
        finding.bound().measureWord(),
        finding.measured(),
        finding.successes(),
        finding.trials(),
        finding.lower(),
        finding.upper(),
        finding.required().isPresent()
            ? ": %s = %s %s"
                .formatted(
                    finding.bound().word(),
                    finding.required().getAsDouble(),
                    outcome(finding.outcome()))
            : "",
        auditor,
        images);
  }

  private static String outcome(QualityAudit.Outcome outcome) {
    return switch (outcome) {
      case HOLDS -> "holds";
      case VIOLATED -> "IS VIOLATED";
      case UNDECIDED -> "is undecided";
      case UNBOUNDED -> "";
    };
  }

  /** The same as a tree of maps, lists, strings and numbers; undefined values are null. */
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("models", auditor);
    document.put("images", images);
    document.put("failed", failed);
    document.put("confidence_level", confidenceLevel);
    document.put("problem", problem.orElse(null));
    document.put("findings", findings.stream().map(AuditReport::document).toList());
    return document;
  }

  private static Map<String, Object> document(QualityAudit.Finding finding) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("measure", finding.bound().measureWord());
    document.put(
        "required", finding.required().isPresent() ? finding.required().getAsDouble() : null);
    document.put("measured", finding.measured());
    document.put("successes", finding.successes());
    document.put("trials", finding.trials());
    document.put("lower", finding.lower());
    document.put("upper", finding.upper());
    document.put("outcome", finding.outcome().word());
    return document;
  }
}
