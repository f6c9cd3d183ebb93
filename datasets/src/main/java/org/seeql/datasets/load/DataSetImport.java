package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.database.ledger.ImageRoots;
import org.seeql.datasets.load.DataSetSummary.Counts;
import org.seeql.datasets.record.CategoryRecord;
import org.seeql.datasets.record.DataSetSource;
import org.seeql.datasets.record.LicenseRecord;
import org.seeql.datasets.record.MalformedFileException;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.Section;

/**
 * Imports labelled images into the tables of a database: {@code images}, {@code annotations},
 * {@code categories}, {@code licenses}, {@code info}.
 *
 * <p>The sources are read three times. The first reading collects what annotations refer to,
 * because it may follow them. The second reading checks everything. If the database already has
 * images, this takes two readings: one for the images, then one for the annotations. The last
 * reading writes everything in one transaction. Rejected data of any size is therefore never
 * written, and memory holds ids but no records.
 */
public final class DataSetImport {
  private final DatabaseConnector database;
  private final DataSetListener listener;
  private final Consumer<Problem> problemListener;

  /**
   * @param problems receives every problem, in the importing thread
   */
  public DataSetImport(
      DatabaseConnector database, DataSetListener listener, Consumer<Problem> problems) {
    this.database = requireNonNull(database, "database is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.problemListener = requireNonNull(problems, "problems is null");
  }

  /**
   * Imports sources, all or nothing.
   *
   * @throws RefusalException if a file cannot be read, if there is bad data that may not be
   *     skipped, or if the database rejects a statement
   */
  public DataSetSummary run(List<? extends DataSetSource> sources, DataSetRequest request) {
    String what = "Cannot import into " + request.database();
    try (DatabaseSession session = DatabaseSession.open(database)) {
      SystemSchema.migrate(database);
      lock(session, request.database());
      return new Transfer(session, request).run(sources);
    } catch (MalformedFileException e) {
      throw new RefusalException(what + ": " + e.getMessage() + "; nothing was written", e);
    } catch (NoSuchFileException e) {
      throw new RefusalException(what + ": there is no file " + e.getFile(), e);
    } catch (IOException e) {
      throw new RefusalException(what + ": " + e.getMessage(), e);
    } catch (SQLException e) {
      throw DatabaseErrors.refused(what, e);
    }
  }

  /** Takes a lock, which the server releases when the connection closes. */
  private static void lock(DatabaseSession session, String database) throws SQLException {
    boolean acquired =
        session
            .findFirst("SELECT GET_LOCK(?, 0)", row -> row.getInt(1) == 1, lockName(database))
            .orElse(false);
    if (!acquired) {
      throw new RefusalException(
          "Cannot import into " + database + ": another import into it is running");
    }
  }

  // MySQL accepts lock names of at most 64 characters, which a database name alone may have.
  private static String lockName(String database) {
    return "seeql.import." + Integer.toHexString(database.toLowerCase(Locale.ROOT).hashCode());
  }

  /** One import in progress. */
  private final class Transfer {
    private final long begun = System.nanoTime();
    private final DatabaseSession session;
    private final DataSetRequest request;
    private final DataSetTables tables;
    private final ProblemLog problems = new ProblemLog(problemListener);
    private final ImageNames names;
    private final Catalogue catalogue;

    Transfer(DatabaseSession session, DataSetRequest request) {
      this.session = session;
      this.request = request;
      this.tables = new DataSetTables(request.database());
      this.names = new ImageNames(request.imageFolder());
      this.catalogue = new Catalogue(problems, names);
    }

    DataSetSummary run(List<? extends DataSetSource> sources) throws IOException, SQLException {
      tables.check(session);
      ImageFolder folder = folder();
      DatabaseIds ids = new DatabaseIds(session, tables, folder, names);
      for (DataSetSource source : sources) {
        listener.reading(source.name());
        source.begin(ids);
        catalogue.add(source);
      }
      ImagePlacement placement = new ImagePlacement(folder, names, request.split());
      SmallRecords<LicenseRecord> licenses =
          compare(new LicenseRows(), catalogue.licenses().values(), id -> {});
      SmallRecords<CategoryRecord> categories =
          compare(
              new CategoryRows(),
              catalogue.categories().values(),
              catalogue.skippedCategories()::add);
      CheckPass check = new CheckPass(session, tables, catalogue, placement, problems, listener);
      check.read();
      requireValid();
      return write(placement, check.result(), licenses, categories);
    }

    private ImageFolder folder() throws SQLException {
      Optional<String> earlier =
          ImageRoots.find(session, List.of(tables.name("images")), Optional.empty()).stream()
              .findFirst();
      return ImageFolder.join(earlier, request.imageFolder())
          .orElseThrow(
              () ->
                  new RefusalException(
                      "Cannot import into %s: its images are in %s, which has no common parent folder with %s; import into another database"
                          .formatted(
                              request.database(), earlier.orElse(""), request.imageFolder())));
    }

    private <T> SmallRecords<T> compare(
        RecordTable<T> table, Collection<T> records, LongConsumer different) throws SQLException {
      String source =
          catalogue.sources().stream().map(DataSetSource::name).collect(Collectors.joining(", "));
      return new SmallRecords<>(session, tables, table, records, problems, source, different);
    }

    private void requireValid() {
      boolean nothingIsLeft = catalogue.sources().isEmpty();
      if (problems.count() > 0 && (request.onError() == OnError.FAIL || nothingIsLeft)) {
        throw BadData.refused(request.database(), problems, nothingIsLeft);
      }
    }

    private DataSetSummary write(
        ImagePlacement placement,
        CheckedRecords checked,
        SmallRecords<LicenseRecord> licenses,
        SmallRecords<CategoryRecord> categories)
        throws IOException, SQLException {
      tables.create(session);
      // All references were checked, and the referenced rows may be written after the rows that
      // refer to them.
      session.execute(
          "SET SESSION foreign_key_checks = 0, sql_mode = '" + DataSetTables.SQL_MODE + "'");
      session.begin();
      try (WritePass pass = new WritePass(session, tables, placement, listener, checked)) {
        placeImages(placement.folder(), checked);
        InfoRows.add(session, tables, catalogue.infos(), request.split());
        licenses.write(session, tables);
        categories.write(session, tables);
        pass.read(catalogue.sources());
        if (!pass.hasReadAll()) {
          throw new IOException("a file was changed while it was read; import it again");
        }
        session.commit();
        Map<Section, Counts> counts = new EnumMap<>(Section.class);
        counts.put(Section.LICENSES, licenses.counts(problems));
        counts.put(Section.CATEGORIES, categories.counts(problems));
        counts.put(
            Section.IMAGES,
            new Counts(pass.imagesWritten(), checked.knownImages(), problems.of(Section.IMAGES)));
        counts.put(
            Section.ANNOTATIONS,
            new Counts(
                pass.annotationsWritten(),
                checked.knownAnnotations(),
                problems.of(Section.ANNOTATIONS)));
        return summary(placement.folder(), counts);
      } catch (IOException | SQLException | RuntimeException e) {
        session.rollBack(e);
        throw e;
      }
    }

    /** Changes the image root only if there are new images. */
    private void placeImages(ImageFolder folder, CheckedRecords checked) throws SQLException {
      boolean hasRoot =
          !ImageRoots.find(session, List.of(tables.name("images")), Optional.empty()).isEmpty();
      if (hasRoot && !checked.hasNewImages()) {
        return;
      }
      ImageRoots.put(session, tables.name("images"), folder.root());
      if (!folder.earlierPrefix().isEmpty()) {
        session.update(
            "UPDATE " + tables.quoted("images") + " SET path = CONCAT(?, path)",
            folder.earlierPrefix());
      }
    }

    private DataSetSummary summary(ImageFolder folder, Map<Section, Counts> counts) {
      return new DataSetSummary(
          request.database(),
          folder.root(),
          counts,
          problems.kinds(),
          problems.missingFiles(),
          problems.examples(),
          Duration.ofNanos(System.nanoTime() - begun));
    }
  }
}
