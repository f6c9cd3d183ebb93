package org.seeql.cli.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;

/**
 * Renders a {@link RunPage} or a {@link ComparisonView} as one HTML file that loads no other
 * resources. All values are escaped. The page's content security policy allows only the embedded
 * script. Thread-safe.
 */
final class PageTemplate {

  /** The root object of the template: the page's view, its style sheet and script. */
  private record Frame(Object page, String style, String script, String scriptHash) {}

  private final Template run;
  private final Template comparison;
  private final String style = resource("run.css");
  private final String script = resource("run.js");

  PageTemplate() {
    Mustache.Compiler compiler =
        Mustache.compiler()
            .escapeHTML(true)
            .emptyStringIsFalse(true)
            .strictSections(true)
            .withLoader(name -> new StringReader(resource(name + ".html.mustache")));
    run = compiler.compile(resource("run.html.mustache"));
    comparison = compiler.compile(resource("compare.html.mustache"));
  }

  /**
   * @param written when the page was generated
   * @param zone the time zone of the page's times
   */
  String html(RunPage page, Instant written, ZoneId zone) {
    return html(run, PageView.of(page, written, zone));
  }

  /** Renders a comparison. */
  String html(ComparisonView view) {
    return html(comparison, view);
  }

  private String html(Template template, Object view) {
    return template.execute(new Frame(view, style, script, "sha256-" + sha256(script)));
  }

  private static String resource(String name) {
    try (InputStream in = PageTemplate.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("Missing resource: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is not available", e);
    }
  }
}
