package org.seeql.bench.choice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.seeql.bench.chart.Bars;
import org.seeql.bench.chart.Scatter;
import org.seeql.datasets.coco.CocoFile;
import org.seeql.datasets.record.AnnotationRecord;
import org.seeql.datasets.record.CategoryRecord;
import org.seeql.datasets.record.Place;
import org.seeql.datasets.record.RecordHandler;
import org.seeql.datasets.record.Section;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws figures of the thesis from data that needs no measurement. */
@Command(
    name = "bench/figure",
    mixinStandardHelpOptions = true,
    description = "Draws Figure 4.5 or 4.6 of the thesis as SVG.")
public final class Figures implements Runnable {
  @Spec private CommandSpec spec;

  private Figures() {}

  static Figures create() {
    return new Figures();
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(create()).execute(args));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing figure: 4.5 or 4.6");
  }

  @Command(
      name = "4.5",
      description = "The number of objects of each class. FILE: annotations in COCO's format.")
  int objectsOfClasses(
      @Parameters(paramLabel = "FILE") Path annotations,
      @Option(names = "--output", defaultValue = "figure_4_5.svg") Path output)
      throws IOException, SQLException {
    Map<Long, String> names = new TreeMap<>();
    Map<Long, Integer> objects = new TreeMap<>();
    new CocoFile(annotations, annotations.toString())
        .read(
            Set.of(Section.CATEGORIES, Section.ANNOTATIONS),
            new RecordHandler() {
              @Override
              public void category(CategoryRecord category, Place place) {
                names.put(category.id(), category.name());
              }

              @Override
              public void annotation(AnnotationRecord annotation, Place place) {
                objects.merge(annotation.categoryId(), 1, Integer::sum);
              }
            });
    Map<String, Integer> bars = new LinkedHashMap<>();
    names.forEach((id, name) -> bars.put(name, objects.getOrDefault(id, 0)));
    Files.writeString(output, Bars.svg("Figure 4.5: objects of each class", bars));
    bars.forEach((name, count) -> System.out.printf("%s,%d%n", name, count));
    return 0;
  }

  @Command(
      name = "4.6",
      description =
          "The models by cost and accuracy. FILE: Table B.1,"
              + " index,model,latency_s,accuracy,class_ids.")
  int models(
      @Parameters(paramLabel = "FILE") Path models,
      @Option(names = "--output", defaultValue = "figure_4_6.svg") Path output)
      throws IOException {
    List<Repository.TableRow> rows = Repository.table(models);
    Files.writeString(output, modelsByCost(rows).svg());
    System.out.printf("%d models%n", rows.size());
    return 0;
  }

  /** Figure 4.6. A series is a base model. */
  static Scatter modelsByCost(List<Repository.TableRow> rows) {
    List<String> bases = rows.stream().map(Figures::base).distinct().toList();
    Scatter chart =
        new Scatter("Figure 4.6: models by cost and accuracy", "ms per image", "accuracy", bases);
    for (Repository.TableRow row : rows) {
      String label = "%s, %d classes".formatted(row.name(), row.classIds().size());
      chart.point(base(row), row.millis(), row.accuracy(), label);
    }
    return chart;
  }

  private static String base(Repository.TableRow row) {
    return row.name().substring(0, row.name().lastIndexOf('-'));
  }
}
