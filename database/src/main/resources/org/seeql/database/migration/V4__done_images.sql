-- Which images a result has, and from which models: what a run with only_new leaves out. Rows of the
-- result do not say it: a detector that finds nothing in an image writes none.

CREATE TABLE done_sets (
  set_id          BIGINT       NOT NULL AUTO_INCREMENT,
  target_database VARCHAR(64)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  target_table    VARCHAR(64)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  made_by         VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the run that made the table, as its comment says; empty for any other table',
  asked           LONGTEXT     CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'the models with their versions; of a search also its predicate',
  settings        LONGTEXT     CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'JSON: the options that change answers',
  question        BINARY(32)   NOT NULL COMMENT 'SHA-256 of asked and settings',
  created         TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (set_id),
  UNIQUE KEY done_sets_by_question (target_database, target_table, made_by, question)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE done_images (
  set_id BIGINT     NOT NULL,
  image  BINARY(16) NOT NULL COMMENT 'the first half of the SHA-256 of its id and path',
  PRIMARY KEY (set_id, image)
) ENGINE = InnoDB;

ALTER TABLE runs
  ADD COLUMN done_set BIGINT NULL COMMENT 'where the images are noted that it has done; NULL without a target',
  ADD COLUMN left_out BIGINT NULL COMMENT 'images of the SELECT that the target had, with only_new',
  ADD KEY runs_by_done_set (done_set);
