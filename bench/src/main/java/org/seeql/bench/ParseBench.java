package org.seeql.bench;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.seeql.planner.parser.ProgramParser;

/** Measures the time to parse statements, in a warm JVM, on one thread. */
final class ParseBench {
  private static final int WARM_UP = 2_000;
  private static final int ROUNDS = 1_001;
  private static final int LONG = 10_000;
  private static final int LONG_ONES_FEWER = 50;

  private final Report report;

  ParseBench(Report report) {
    this.report = report;
  }

  void run() {
    Map<String, String> programs = programs();
    programs.values().forEach(program -> repeat(program, WARM_UP));
    report.heading("Parsing, warm", "program", "median, ms", "99th percentile, ms");
    programs.forEach(
        (name, program) -> {
          long[] nanos = repeat(program, ROUNDS);
          Arrays.sort(nanos);
          report.row(name, nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
        });
  }

  private static long[] repeat(String program, int times) {
    long[] nanos = new long[program.length() > LONG ? times / LONG_ONES_FEWER : times];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      if (ProgramParser.parse(program).statements().isEmpty()) {
        throw new IllegalStateException("nothing was read");
      }
      nanos[i] = System.nanoTime() - start;
    }
    return nanos;
  }

  private static Map<String, String> programs() {
    String run =
        """
        SELECT * FROM coco_val.images ORDER BY images.image_id ASC
        TO RUN hebafer/yolov5-sqlflow:latest
          CMD "run_yolov5.py", "--dataset=coco_val", "--model=yolov5s", "--batch_size=32"
        INTO result_table;
        """;
    Map<String, String> programs = new LinkedHashMap<>();
    programs.put("TO RUN over a table", run);
    programs.put(
        "TO FIND over a join of three tables",
        """
        SELECT i.*, l.name FROM coco.images i
        JOIN coco.licenses l ON l.id = i.license
        LEFT JOIN (SELECT image_id, COUNT(*) AS objects FROM coco.annotations
                   WHERE iscrowd = 0 GROUP BY image_id HAVING COUNT(*) > 3) a
          ON a.image_id = i.image_id
        WHERE i.width BETWEEN 320 AND 640 AND i.file_name NOT LIKE '%;%' AND a.objects IS NOT NULL
        TO FIND (person AND dog) OR ('traffic light' AND NOT car)
        WITH min_accuracy = 0.9, max_cost_ms = 150 INTO found;
        """);
    programs.put(
        "TO PREDICT over a query with window functions",
        """
        WITH ranked AS (
          SELECT i.*, ROW_NUMBER() OVER (PARTITION BY license ORDER BY height DESC) AS place
          FROM coco.images i)
        SELECT * FROM ranked WHERE place <= 10
        TO PREDICT coco.places.place WITH batch_size = 32 USING places;
        """);
    programs.put("1,000 TO RUN statements", String.join("\n", Collections.nCopies(1_000, run)));
    return programs;
  }
}
