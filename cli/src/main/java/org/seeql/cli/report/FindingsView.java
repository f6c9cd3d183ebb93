package org.seeql.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.seeql.cli.report.RunPage.ClassFindings;
import org.seeql.cli.report.RunPage.Findings;

/**
 * The counts per class and the histogram of confidences, formatted for the page.
 *
 * @param rest the rows that the page collapses
 */
record FindingsView(
    String title,
    List<ClassRow> first,
    List<ClassRow> rest,
    String more,
    String subtitle,
    HistogramView histogram) {

  /**
   * @param css the CSS class that sets the colour
   * @param key the number of the class in the page's script
   * @param width the width of the bar; the longest bar has 100 %
   * @param bins the histogram for the script
   */
  record ClassRow(String label, String css, int key, String count, String width, String bins) {}

  /**
   * @param highest the count of the bin that fills the height
   * @param bars the sums over all classes
   */
  record HistogramView(long highest, String highestText, List<Bar> bars) {}

  record Bar(String x, String y, String height, String tip) {}

  private static final int ROWS_AT_FIRST = 16;

  static FindingsView of(Findings findings, ClassPalette palette) {
    long most = findings.classes().stream().mapToLong(ClassFindings::count).max().orElse(0);
    List<ClassRow> rows = new ArrayList<>();
    for (ClassFindings c : findings.classes()) {
      String bins = c.bins().stream().map(String::valueOf).collect(Collectors.joining(","));
      rows.add(
          new ClassRow(
              c.label(),
              palette.css(c.label()),
              palette.key(c.label()),
              Wording.count(c.count()),
              Wording.length(c.count(), most),
              bins));
    }
    int cut = rows.size() <= ROWS_AT_FIRST + 2 ? rows.size() : ROWS_AT_FIRST;
    return new FindingsView(
        title(findings.answer()),
        List.copyOf(rows.subList(0, cut)),
        List.copyOf(rows.subList(cut, rows.size())),
        cut == rows.size() ? "" : Wording.count(rows.size() - cut) + " more",
        subtitle(findings.answer()),
        histogram(findings.classes()));
  }

  private static String title(RunPage.Answer answer) {
    return switch (answer) {
      case BOX -> "Detections per class";
      case LABEL -> "Images per label";
      case PRESENCE -> "Images per class";
    };
  }

  private static String subtitle(RunPage.Answer answer) {
    return switch (answer) {
      case BOX -> "Detections by their confidence.";
      case LABEL -> "Images by the confidence of their label.";
      case PRESENCE -> "The highest confidence of a class in an image.";
    };
  }

  private static HistogramView histogram(List<ClassFindings> classes) {
    long[] sums = new long[ClassFindings.BINS];
    for (ClassFindings c : classes) {
      for (int bin = 0; bin < sums.length; bin++) {
        sums[bin] += c.bins().get(bin);
      }
    }
    long highest = 0;
    for (long sum : sums) {
      highest = Math.max(highest, sum);
    }
    List<Bar> bars = new ArrayList<>();
    for (int bin = 0; bin < sums.length; bin++) {
      double from = (double) bin / sums.length;
      String range = Wording.score(from) + " to " + Wording.score(from + 1.0 / sums.length);
      bars.add(
          new Bar(
              Wording.length(bin + 0.08, ClassFindings.BINS),
              Wording.length(highest - sums[bin], highest),
              Wording.length(sums[bin], highest),
              range + ": " + Wording.count(sums[bin])));
    }
    return new HistogramView(highest, Wording.count(highest), List.copyOf(bars));
  }
}
