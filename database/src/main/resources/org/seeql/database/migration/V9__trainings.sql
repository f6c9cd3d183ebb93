-- The trainings of TO TRAIN: what a resumed run needs, and what the training has found.
-- The statement can be executed again, as in V5.

CREATE TABLE IF NOT EXISTS trainings (
  run_id        VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  settings      LONGTEXT     NOT NULL COMMENT 'JSON: the options of the statement',
  model         VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL COMMENT 'the trained model; NULL until it is registered',
  model_version INT          NULL,
  report        LONGTEXT     NULL     COMMENT 'JSON: images, classes, losses and mistakes',
  PRIMARY KEY (run_id),
  KEY (model, model_version)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;
