package org.seeql.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTemplateTest {

  /** A system property: rewrites the expected pages, which are then reviewed like code. */
  private static final String REWRITE = "seeql.golden.rewrite";

  private static final Path EXPECTED = Path.of("src/test/resources/org/seeql/cli/report");

  static Stream<Arguments> pages() {
    return Stream.of(
        Arguments.of("detections.html", SamplePages.detections()),
        Arguments.of("labels.html", SamplePages.labels()),
        Arguments.of("failed.html", SamplePages.failed()),
        Arguments.of("search.html", SamplePages.search()),
        Arguments.of("cascade.html", SamplePages.cascade("person")),
        Arguments.of("training.html", SamplePages.training()),
        Arguments.of("unfinished-training.html", SamplePages.training(Optional.empty())),
        Arguments.of("evaluation.html", SampleEvaluations.evaluation("cat")),
        Arguments.of("measures.html", SampleEvaluations.withoutMatches()),
        Arguments.of("tags.html", SampleEvaluations.tagger()),
        Arguments.of("classes.html", SampleEvaluations.of(SampleEvaluations.classifier())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void writesThePageAsReviewed(String file, RunPage page) throws IOException {
    String html = withoutStyleAndScript(html(page));

    if (Boolean.getBoolean(REWRITE)) {
      Files.writeString(EXPECTED.resolve(file), html);
    }

    assertThat(html).isEqualTo(Files.readString(EXPECTED.resolve(file)));
  }

  @Test
  void writesAComparisonAsReviewed() throws IOException {
    Path file = EXPECTED.resolve("comparison.html");
    String html =
        withoutStyleAndScript(new PageTemplate().html(SampleEvaluations.comparison("cat")));

    if (Boolean.getBoolean(REWRITE)) {
      Files.writeString(file, html);
    }

    assertThat(html).isEqualTo(Files.readString(file));
  }

  @Test
  void comparesClassifiersWithoutTheWordsOfDetectors() {
    String html = withoutStyleAndScript(new PageTemplate().html(SampleEvaluations.classifiers()));

    assertThat(html)
        .contains("only A is right", "only B is right", "wrong answers of A")
        .contains(
            "An image is answered correctly if its class with the highest score is its label.")
        .contains("<p class=\"quiet\">only B is right</p>")
        .contains("the greatest difference of recall first")
        .doesNotContain("detect", "object", "overlap", "false positive");
  }

  @Test
  void hidesOutcomesThatClassifiersCannotHave() {
    EvaluationPage page = SampleEvaluations.classifier();

    MatchesView view = MatchesView.of(page.matches().orElseThrow(), page);

    assertThat(view.outcomes())
        .extracting(MatchesView.OutcomeRow::word)
        .containsExactly("true positive", "missed", "wrong class");
    assertThat(view.confusion().rows())
        .extracting(ConfusionView.ConfusionRow::name)
        .containsExactly("beach", "street");
  }

  @Test
  void drawsAPlanWithNamesAsText() {
    String html = html(SamplePages.search());

    assertThat(html)
        .contains("vehicles &amp; signs", "traffic &lt;light&gt;")
        .doesNotContain("traffic <light>");
  }

  @Test
  void showsWhatEachRungSettles() {
    String html = html(SamplePages.cascade("person"));

    assertThat(html)
        .contains("settled 75 %, 70.0 % expected", "1,000 images: 200 yes, 550 no, 250 unsure")
        .contains("settled 100 %, 100.0 % expected")
        .contains("no below 0.050, yes from 0.620")
        .contains("4.00 ms", "5.00 ms", "40.00 ms", "44.00 ms")
        .contains(
            "4.4 s for 100 sampled images + 16.0 s for 1,000 others &#x3D; 20.4 s; large person alone"
                + " would take about 44.0 s (2.16 times as long)")
        .contains("recall at least 0.9040 with confidence 0.95");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</style></pre></code><script>alert(1)</script>",
        "{{{page}}}&lt;script&gt;",
      })
  void showsHostileTextAsText(String text) {
    String html = html(SamplePages.withText(text));

    assertThat(html).doesNotContain(text);
    assertThat(tags(html)).isEqualTo(tags(html(SamplePages.withText("text"))));
    String cascade = html(SamplePages.cascade(text));
    assertThat(cascade).doesNotContain(text);
    assertThat(tags(cascade)).isEqualTo(tags(html(SamplePages.cascade("text"))));
    String evaluation = html(SampleEvaluations.evaluation(text));
    assertThat(evaluation).doesNotContain(text);
    assertThat(tags(evaluation)).isEqualTo(tags(html(SampleEvaluations.evaluation("text"))));
    String comparison = new PageTemplate().html(SampleEvaluations.comparison(text));
    assertThat(comparison).doesNotContain(text);
    assertThat(tags(comparison))
        .isEqualTo(tags(new PageTemplate().html(SampleEvaluations.comparison("text"))));
  }

  @Test
  void loadsNothing() {
    String html = html(SamplePages.detections());

    assertThat(html).doesNotContain("http:", "https:", "//fonts", "@import", "<link", "url(");
    Matcher sources = Pattern.compile("\\ssrc=\"([^\"]{5})").matcher(html);
    assertThat(sources.results().map(found -> found.group(1))).hasSize(2).containsOnly("data:");
  }

  @Test
  void allowsNoScriptButItsOwn() throws Exception {
    String html = html(SamplePages.detections());

    Matcher script = Pattern.compile("<script>(.*)</script>", Pattern.DOTALL).matcher(html);
    assertThat(script.find()).isTrue();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.group(1).getBytes("UTF-8"));
    assertThat(html)
        .contains("script-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
  }

  private static String html(RunPage page) {
    return new PageTemplate().html(page, SamplePages.STARTED.plusSeconds(60), ZoneId.of("UTC"));
  }

  private static String withoutStyleAndScript(String html) {
    return html.replaceAll("(?s)<style>.*?</style>", "<style></style>")
        .replaceAll("(?s)<script>.*?</script>", "<script></script>")
        .replaceAll("sha256-[A-Za-z0-9+/=]+", "sha256-");
  }

  /**
   * The elements of a page with their attribute names, in order. Spans are omitted, because the
   * highlighter splits each statement differently.
   */
  private static String tags(String html) {
    StringBuilder tags = new StringBuilder();
    Matcher tag =
        Pattern.compile("<(/?[a-z0-9]+)((?:\\s+[a-z-]+(?:=\"[^\"]*\")?)*)\\s*/?>")
            .matcher(withoutStyleAndScript(html));
    while (tag.find()) {
      if (!tag.group(1).endsWith("span")) {
        String attributes = tag.group(2).replaceAll("=\"[^\"]*\"", "");
        tags.append(tag.group(1)).append(attributes).append('\n');
      }
    }
    return tags.toString();
  }
}
