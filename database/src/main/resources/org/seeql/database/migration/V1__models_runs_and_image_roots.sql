-- SeeQL's own tables. Names and ids are compared byte by byte, so that they mean one thing.

CREATE TABLE models (
  name        VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  version     INT          NOT NULL,
  task        VARCHAR(32)  NOT NULL COMMENT 'detect or classify',
  layout      VARCHAR(32)  NOT NULL COMMENT 'how the output is to be read',
  engine      VARCHAR(32)  NOT NULL COMMENT 'of the form that is faster on a CPU',
  uri         TEXT         NOT NULL COMMENT 'of that form',
  sha256      CHAR(64)     NOT NULL COMMENT 'of that form',
  files       LONGTEXT     NOT NULL COMMENT 'JSON: every form with its engine, uri and sha256',
  input       LONGTEXT     NOT NULL COMMENT 'JSON: size, colours, scale of the input',
  class_names LONGTEXT     NOT NULL COMMENT 'JSON array, by class id',
  options     LONGTEXT     NOT NULL COMMENT 'JSON: as CREATE MODEL gave them',
  created     TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  dropped     TIMESTAMP(3) NULL     DEFAULT NULL COMMENT 'when DROP MODEL was said; runs still refer to the row',
  PRIMARY KEY (name, version)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE runs (
  run_id          VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  statement       LONGTEXT     NOT NULL,
  kind            VARCHAR(16)  NOT NULL COMMENT 'run or predict',
  task            VARCHAR(32)  NOT NULL,
  program         VARCHAR(255) NOT NULL,
  options         LONGTEXT     NOT NULL COMMENT 'JSON: every option that held',
  state           VARCHAR(16)  NOT NULL COMMENT 'running, succeeded or failed',
  model           VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  model_version   INT          NOT NULL,
  target_database VARCHAR(64)  NULL,
  target_table    VARCHAR(64)  NULL,
  layout          LONGTEXT     NOT NULL COMMENT 'JSON: what is written where, for a resumed run',
  image_root      TEXT         NOT NULL,
  images          BIGINT       NULL     COMMENT 'selected',
  done            BIGINT       NULL     COMMENT 'with an answer',
  failed          BIGINT       NULL,
  rows_written    BIGINT       NULL,
  batch_size      INT          NULL     COMMENT 'the largest that the model was given',
  engine          VARCHAR(32)  NULL,
  device          VARCHAR(64)  NULL,
  stage_seconds   LONGTEXT     NULL     COMMENT 'JSON: by stage, and by step of inference',
  ran_on          VARCHAR(255) NOT NULL COMMENT 'host of the driver',
  error           TEXT         NULL,
  started         TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  finished        TIMESTAMP(3) NULL     DEFAULT NULL,
  PRIMARY KEY (run_id),
  KEY runs_by_target (target_database, target_table)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

-- No foreign keys: a partition's open transaction would hold a lock on the run's row.
CREATE TABLE run_partitions (
  run_id       VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  partition_id INT          NOT NULL COMMENT 'from 0',
  first_row    BIGINT       NOT NULL COMMENT 'row number in the selection, from 1',
  last_row     BIGINT       NOT NULL COMMENT 'included',
  state        VARCHAR(16)  NOT NULL DEFAULT 'pending' COMMENT 'pending or committed',
  attempt      BIGINT       NULL     COMMENT 'of the Spark task that committed it',
  images       BIGINT       NULL,
  failed       BIGINT       NULL,
  rows_written BIGINT       NULL,
  seconds      DOUBLE       NULL     COMMENT 'from the first row read to the commit',
  committed    TIMESTAMP(3) NULL     DEFAULT NULL,
  PRIMARY KEY (run_id, partition_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

-- Not unique by row: two attempts at a partition may write the same failures, of which one attempt
-- commits; a unique key would make the other one wait, and fail instead of giving way.
CREATE TABLE run_failures (
  failure_id   BIGINT       NOT NULL AUTO_INCREMENT,
  run_id       VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  row_id       BIGINT       NOT NULL COMMENT 'row number in the selection, from 1',
  image_id     TEXT         NULL,
  path         TEXT         NULL     COMMENT 'as in the selection',
  stage        VARCHAR(32)  NOT NULL COMMENT 'read, decode or infer',
  reason       TEXT         NOT NULL,
  PRIMARY KEY (failure_id),
  KEY run_failures_by_row (run_id, row_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE image_roots (
  database_name VARCHAR(64) NOT NULL,
  table_name    VARCHAR(64) NOT NULL,
  root          TEXT        NOT NULL COMMENT 'folder or URI that relative paths of the table start from',
  PRIMARY KEY (database_name, table_name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;
