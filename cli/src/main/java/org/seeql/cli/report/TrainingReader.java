package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seeql.cli.report.TrainingPage.Wrong;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.RunRecord;
import org.seeql.job.inference.ImageRoot;
import org.seeql.job.train.StoredTraining;
import org.seeql.udf.image.ExifRotation;
import org.seeql.udf.image.UndecodableImageException;

/** Reads what the page of a training shows. */
final class TrainingReader {
  private final DatabaseSession session;
  private final RunRecord run;

  TrainingReader(DatabaseSession session, RunRecord run) {
    this.session = requireNonNull(session, "session is null");
    this.run = requireNonNull(run, "run is null");
  }

  TrainingPage read() throws SQLException {
    Optional<StoredTraining> stored = StoredTraining.find(session, run.runId());
    List<Wrong> pictures = new ArrayList<>();
    long unreadable = 0;
    ExifRotation rotation = run.options().exifRotation() ? ExifRotation.APPLY : ExifRotation.IGNORE;
    Thumbnails thumbnails = new Thumbnails(rotation, run.options().maxPixels());
    for (StoredTraining.Mistake mistake : stored.map(StoredTraining::mistakes).orElse(List.of())) {
      try {
        byte[] file = ImageRoot.open(run.imageRoot()).read(mistake.path());
        pictures.add(new Wrong(mistake, thumbnails.shrink(file)));
      } catch (IOException | UndecodableImageException e) {
        // the file was moved or replaced after the run; the page says how many it does not show
        unreadable++;
      }
    }
    return new TrainingPage(stored, pictures, unreadable);
  }
}
