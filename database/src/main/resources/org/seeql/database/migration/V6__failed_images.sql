-- Which images of a target failed, how often, and what their files were then: a run with only_new
-- skips an image that has failed often enough and whose file is still the same.
-- Each statement can be executed again, as in V5.

CREATE TABLE IF NOT EXISTS failed_images (
  set_id        BIGINT       NOT NULL COMMENT 'of done_sets: the target and what was asked',
  image         BINARY(16)   NOT NULL COMMENT 'as in done_images',
  run_id        VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the latest run in which it failed',
  attempts      INT          NOT NULL COMMENT 'runs in which it failed with the same file',
  path          TEXT         NULL     COMMENT 'as in the selection',
  stage         VARCHAR(32)  NOT NULL COMMENT 'read, decode or infer',
  reason        TEXT         NOT NULL,
  file_bytes    BIGINT       NULL     COMMENT 'size of the file; NULL where none could be read',
  file_modified BIGINT       NULL     COMMENT 'modification time of the file, in milliseconds since 1970',
  failed        TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (set_id, image)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

SET @change = IF(EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'run_failures' AND column_name = 'file_bytes'),
  'DO 0',
  'ALTER TABLE run_failures
     ADD COLUMN file_bytes BIGINT NULL COMMENT ''size of the file; NULL where none could be read''');
PREPARE change_table FROM @change;
EXECUTE change_table;

SET @change = IF(EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'run_failures' AND column_name = 'file_modified'),
  'DO 0',
  'ALTER TABLE run_failures
     ADD COLUMN file_modified BIGINT NULL COMMENT ''modification time of the file, in milliseconds since 1970''');
PREPARE change_table FROM @change;
EXECUTE change_table;

SET @change = IF(EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'runs' AND column_name = 'skipped'),
  'DO 0',
  'ALTER TABLE runs
     ADD COLUMN skipped BIGINT NULL COMMENT ''images of the SELECT that had failed too often before, with only_new''');
PREPARE change_table FROM @change;
EXECUTE change_table;
DEALLOCATE PREPARE change_table;
