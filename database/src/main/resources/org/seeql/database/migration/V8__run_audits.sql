-- How the answers of a run compare with those of other models on random images of the run.
-- The statement can be executed again, as in V5.

CREATE TABLE IF NOT EXISTS run_audits (
  run_id           VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  measure          VARCHAR(16)  NOT NULL COMMENT 'accuracy, precision, recall or f1',
  compared_with    TEXT         NOT NULL COMMENT 'the models whose answers count as the truth',
  images           INT          NOT NULL COMMENT 'compared images',
  failed           INT          NOT NULL COMMENT 'further images that could not be read',
  required         DOUBLE       NULL     COMMENT 'the bound of the run; NULL if the measure has none',
  successes        INT          NOT NULL,
  trials           INT          NOT NULL COMMENT 'images on which the measure is defined',
  measured         DOUBLE       NOT NULL,
  lower_limit      DOUBLE       NOT NULL,
  upper_limit      DOUBLE       NOT NULL,
  confidence_level DOUBLE       NOT NULL COMMENT 'of each limit',
  outcome          VARCHAR(16)  NOT NULL COMMENT 'holds, undecided, violated or unbounded',
  audited          TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (run_id, measure)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;
