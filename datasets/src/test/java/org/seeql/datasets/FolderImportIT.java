package org.seeql.datasets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.TestServer;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.datasets.ImportSummary.SkippedFile;
import org.seeql.datasets.ImportSummary.Unread;
import org.seeql.planner.statement.TableName;
import org.seeql.udf.image.ImageFile;

class FolderImportIT {
  private static final TableName TABLE = TableName.of("shop", "images");

  private static final String NOTHING = "DO 0";

  private static final TestServer DATABASE = TestServer.shared();

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException, SQLException {
    folder = Files.createDirectory(temporary.toRealPath().resolve("photos"));
    DATABASE.execute("DROP DATABASE IF EXISTS shop");
    DATABASE.emptySystemTables();
  }

  @Test
  void registersTheImagesOfAllFoldersBelow() throws Exception {
    writeImage("b.png", 40, 30);
    writeImage("deep/er/Ä 🐕.png", 7, 5);

    ImportSummary summary = importFolder();

    assertThat(summary)
        .isEqualTo(
            new ImportSummary(
                TABLE, folder.toString(), 2, 0, 0, 0, 0, 0, Optional.empty(), List.of()));
    assertThat(
            DATABASE.query(
                "SELECT CONCAT_WS('|', image_id, file_name, width, height, bytes) FROM shop.images"))
        .containsExactly(
            "1|b.png|40|30|" + Files.size(folder.resolve("b.png")),
            "2|deep/er/Ä 🐕.png|7|5|" + Files.size(folder.resolve("deep/er/Ä 🐕.png")));
    // The expected value comes from another program.
    assertThat(DATABASE.query("SELECT sha256 FROM shop.images WHERE image_id = 1"))
        .containsExactly(sha256sum(folder.resolve("b.png")));
    assertThat(
            DATABASE.query(
                "SELECT CONCAT_WS('|', database_name, table_name, root) FROM seeql.image_roots"))
        .containsExactly("shop|images|" + folder);
  }

  @Test
  void addsOnlyNewRecordsOnTheSecondRun() throws Exception {
    writeImage("a.png", 4, 3);
    writeImage("b.png", 4, 3);
    importFolder();
    writeImage("b.png", 400, 300);
    writeImage("c.png", 4, 3);
    // A different file from a.png in the file system, and therefore in the table.
    writeImage("A.png", 4, 3);

    ImportSummary summary = importFolder();

    assertThat(summary)
        .isEqualTo(
            new ImportSummary(
                TABLE, folder.toString(), 2, 1, 1, 0, 0, 0, Optional.empty(), List.of()));
    assertThat(DATABASE.query("SELECT file_name FROM shop.images ORDER BY image_id"))
        .containsExactly("a.png", "b.png", "A.png", "c.png");
  }

  @Test
  void reportsWhyItSkipsAFile() throws Exception {
    writeImage("good.png", 4, 3);
    Files.writeString(folder.resolve("notes.txt"), "no image");
    Files.createFile(folder.resolve("empty.jpg"));
    Files.createSymbolicLink(
        folder.resolve("out.png"), Files.createFile(temporary.resolve("x.png")));
    Files.createSymbolicLink(folder.resolve("nowhere.png"), Path.of("gone.png"));
    Files.createSymbolicLink(folder.resolve("loop"), folder);

    ImportSummary summary = importFolder();

    assertThat(summary.added()).isEqualTo(1);
    assertThat(summary.skipped()).isEqualTo(5);
    assertThat(summary.examples())
        .containsExactlyInAnyOrder(
            new SkippedFile("empty.jpg", "The file is empty"),
            new SkippedFile(
                "loop",
                "a symbolic link to a folder; the files are imported from their own folder"),
            new SkippedFile(
                "notes.txt",
                "Not an image: the file starts with 6e 6f 20 69 6d 61 67 65; supported formats:"
                    + " JPEG, PNG, WebP, GIF, BMP and TIFF"),
            new SkippedFile("nowhere.png", "a symbolic link without a target"),
            new SkippedFile("out.png", "a symbolic link to a path outside the folder"));
  }

  @Test
  void ignoresHiddenFilesAndFolders() throws Exception {
    writeImage(".hidden.png", 4, 3);
    writeImage(".thumbnails/a.png", 4, 3);
    writeImage("seen.png", 4, 3);

    assertThat(importFolder())
        .isEqualTo(
            new ImportSummary(
                TABLE, folder.toString(), 1, 0, 0, 0, 0, 0, Optional.empty(), List.of()));
  }

  @Test
  void importsMoreFilesThanFitIntoABatch() throws Exception {
    writeImage("0.png", 4, 3);
    for (int i = 1; i <= 1_000; i++) {
      Files.copy(folder.resolve("0.png"), folder.resolve(i + ".png"));
    }
    long[] last = new long[2];

    ImportSummary summary =
        new FolderImport(
                DATABASE.connector(),
                (files, total) -> {
                  last[0] = files;
                  last[1] = total;
                })
            .run(folder, TABLE);

    assertThat(summary.added()).isEqualTo(1_001);
    assertThat(DATABASE.query("SELECT COUNT(DISTINCT file_name) FROM shop.images"))
        .containsExactly("1001");
    assertThat(last).containsExactly(1_001, 1_001);
  }

  @Test
  void createsAnUnqualifiedTableInTheDatabaseOfTheConnection() throws Exception {
    writeImage("a.png", 4, 3);

    ImportSummary summary =
        new FolderImport(DATABASE.connector(), ImportListener.NONE)
            .run(folder, TableName.of("pictures"));

    assertThat(summary.table()).isEqualTo(TableName.of("main", "pictures"));
    assertThat(DATABASE.query("SELECT COUNT(*) FROM main.pictures")).containsExactly("1");
  }

  @Test
  void acceptsNamesThatNeedQuoting() throws Exception {
    writeImage("a.png", 4, 3);
    TableName table = TableName.of("shop", "select `from` 'x'");

    ImportSummary summary =
        new FolderImport(DATABASE.connector(), ImportListener.NONE).run(folder, table);

    assertThat(summary.added()).isEqualTo(1);
    assertThat(DATABASE.query("SELECT COUNT(*) FROM " + table.quoted())).containsExactly("1");
  }

  @Test
  void refusesAMissingFolder() {
    Path missing = folder.resolve("missing");

    assertThatThrownBy(
            () -> new FolderImport(DATABASE.connector(), ImportListener.NONE).run(missing, TABLE))
        .isInstanceOf(RefusalException.class)
        .hasMessage("Cannot import " + missing + ": there is no such folder");
  }

  @Test
  void refusesATableOfAnotherKind() throws Exception {
    DATABASE.execute("CREATE DATABASE shop");
    DATABASE.execute("CREATE TABLE shop.images (file_name VARCHAR(10), width INT)");

    assertThatThrownBy(this::importFolder)
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot import into shop.images: the table exists and has no column image_id, height,"
                + " bytes, sha256; import into another table");
  }

  @Test
  void refusesASecondFolderForATable() throws Exception {
    importFolder();
    Path other = Files.createDirectory(folder.resolveSibling("other"));

    assertThatThrownBy(
            () -> new FolderImport(DATABASE.connector(), ImportListener.NONE).run(other, TABLE))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot import "
                + other
                + " into shop.images: the table's images are in "
                + folder
                + ", and their names are relative to it; import into another table");
  }

  @Test
  void marksRowsWhoseFileHasVanished() throws Exception {
    writeImage("a.png", 4, 3);
    writeImage("deep/b.png", 4, 3);
    writeImage("deep/c.png", 4, 3);
    synchronise();
    Files.delete(folder.resolve("deep/b.png"));

    ImportSummary gone = synchronise();

    assertThat(gone).extracting(ImportSummary::vanished, ImportSummary::known).contains(1L, 2L);
    assertThat(DATABASE.query("SELECT file_name FROM shop.images WHERE missing_since IS NOT NULL"))
        .containsExactly("deep/b.png");
    assertThat(importFolder().vanished()).isZero();
    writeImage("deep/b.png", 4, 3);

    ImportSummary back = synchronise();

    assertThat(back).extracting(ImportSummary::vanished, ImportSummary::returned).contains(0L, 1L);
    assertThat(DATABASE.query("SELECT COUNT(*) FROM shop.images WHERE missing_since IS NULL"))
        .containsExactly("3");
  }

  @Test
  void storesTimeCameraAndPosition() throws Exception {
    Path photos = Path.of("../udfs/src/test/resources/org/seeql/udf/image");
    Files.copy(photos.resolve("exif.jpg"), folder.resolve("a.jpg"));
    Files.copy(photos.resolve("exif-invalid.jpg"), folder.resolve("b.jpg"));

    importFolder();

    assertThat(
            DATABASE.query(
                "SELECT CONCAT_WS('|', taken, camera, ROUND(latitude, 9), ROUND(longitude, 9)) FROM shop.images ORDER"
                    + " BY file_name"))
        .containsExactly(
            "2024-02-29 23:59:58|Kamera X100|52.006000000|-4.370000000", "Canon EOS R5");
  }

  @Test
  void addsTheNewColumnsToATableOfAnEarlierVersion() throws Exception {
    writeImage("a.png", 4, 3);
    DATABASE.execute("CREATE DATABASE shop");
    DATABASE.execute(
        "CREATE TABLE shop.images (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, file_name"
            + " VARCHAR(768) COLLATE utf8mb4_bin NOT NULL, width INT NOT NULL, height INT NOT NULL,"
            + " bytes BIGINT NOT NULL, sha256 CHAR(64) NOT NULL, UNIQUE KEY (file_name))");
    DATABASE.execute("INSERT INTO shop.images VALUES (7, 'gone.png', 1, 1, 1, 'x')");

    ImportSummary summary = synchronise();

    assertThat(summary.vanished()).isEqualTo(1);
    assertThat(
            DATABASE.query(
                "SELECT CONCAT(id, file_name) FROM shop.images WHERE camera IS NULL ORDER BY id"))
        .containsExactly("7gone.png", "8a.png");
  }

  @Test
  void countsTheFilesThatARemoteStoreDoesNotReturn() throws Exception {
    writeImage("a.png", 4, 3);
    writeImage("b.png", 4, 3);
    writeImage("c.png", 4, 3);
    Files.writeString(folder.resolve("d.txt"), "no image");

    ImportSummary summary = importFrom(new Store(Set.of("b.png", "c.png"), NOTHING));

    SkippedFile first = new SkippedFile("b.png", "it cannot be read: its store does not answer");
    assertThat(summary.unread()).contains(new Unread(2, first));
    assertThat(summary.skipped()).isEqualTo(3);
    ImportSummary next = importFrom(new Store(Set.of(), NOTHING));
    assertThat(next.unread()).as("d.txt is no image, and was read").isEmpty();
    assertThat(next.added()).isEqualTo(2);
  }

  @Test
  void marksAVanishedFileBehindALinkButNoFileInASkippedFolder() throws Exception {
    writeImage("deep/er/a.png", 4, 3);
    writeImage("deeper.png", 4, 3);
    writeImage("target.png", 4, 3);
    Files.createSymbolicLink(folder.resolve("link.png"), Path.of("target.png"));
    synchronise();
    Files.delete(folder.resolve("target.png"));
    Files.delete(folder.resolve("deeper.png"));
    Files.move(folder.resolve("deep"), temporary.resolve("deep"));
    Files.createSymbolicLink(folder.resolve("deep"), temporary.resolve("deep"));

    ImportSummary summary = synchronise();

    assertThat(DATABASE.query("SELECT file_name FROM shop.images WHERE missing_since IS NOT NULL"))
        .containsExactlyInAnyOrder("deeper.png", "link.png", "target.png");
    assertThat(summary.examples())
        .containsExactly(
            new SkippedFile("deep", "a symbolic link to a path outside the folder"),
            new SkippedFile("link.png", "a symbolic link without a target"));
  }

  @Test
  void doesNotMarkRowsThatAreAddedDuringTheImport() throws Exception {
    writeImage("a.png", 4, 3);
    synchronise();
    Files.delete(folder.resolve("a.png"));
    String otherImport =
        "INSERT IGNORE INTO shop.images (file_name, width, height, bytes, sha256) VALUES"
            + " ('new.png', 4, 3, 9, 'x')";

    ImportSummary summary = importFrom(new Store(Set.of(), otherImport));

    assertThat(summary.vanished()).isEqualTo(1);
    assertThat(DATABASE.query("SELECT file_name FROM shop.images WHERE missing_since IS NOT NULL"))
        .containsExactly("a.png");
    assertThat(synchronise().vanished()).isEqualTo(2);
  }

  /** The folder as a remote store that does not return some files. */
  private final class Store implements FileTree {
    private final FileTree files = LocalFiles.of(folder);
    private final Set<String> unreadable;
    private final String afterListing;

    private Store(Set<String> unreadable, String afterListing) {
      this.unreadable = unreadable;
      this.afterListing = afterListing;
    }

    @Override
    public String root() {
      return files.root();
    }

    @Override
    public void walk(Visitor visitor) throws IOException {
      files.walk(visitor);
      try {
        DATABASE.execute(afterListing);
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }

    @Override
    public ImageFile open(String name) throws IOException {
      if (unreadable.contains(name)) {
        throw new IOException("its store does not answer");
      }
      return files.open(name);
    }

    @Override
    public int readers() {
      return files.readers();
    }

    @Override
    public boolean isRemote() {
      return true;
    }
  }

  private ImportSummary importFrom(FileTree files) {
    return new FolderImport(DATABASE.connector(), ImportListener.NONE)
        .run(files, TABLE, VanishedFiles.MARK);
  }

  private ImportSummary synchronise() {
    return new FolderImport(DATABASE.connector(), ImportListener.NONE)
        .run(LocalFiles.of(folder), TABLE, VanishedFiles.MARK);
  }

  private ImportSummary importFolder() {
    return new FolderImport(DATABASE.connector(), ImportListener.NONE).run(folder, TABLE);
  }

  private void writeImage(String name, int width, int height) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(
        new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
  }

  @Test
  void rollsBackTheImagesOfAListThatCannotBeRead() throws Exception {
    List<ImageRecord> unreadable =
        new AbstractList<>() {
          @Override
          public ImageRecord get(int index) {
            throw new IllegalStateException("unreadable");
          }

          @Override
          public int size() {
            return 1;
          }
        };
    try (DatabaseSession session = DatabaseSession.open(DATABASE.connector())) {
      ImageTable table = ImageTable.open(session, TABLE);

      assertThatThrownBy(() -> table.add(unreadable)).hasMessage("unreadable");

      assertThat(session.connection().getAutoCommit()).isTrue();
    }
  }

  private static String sha256sum(Path file) throws IOException {
    Process process = new ProcessBuilder("sha256sum", file.toString()).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8).substring(0, 64);
  }
}
