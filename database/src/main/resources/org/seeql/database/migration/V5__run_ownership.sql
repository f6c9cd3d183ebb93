-- Which driver owns a run, and which run may replace a table. Owners hold a lease and a fencing token:
-- whoever takes a run over raises the token, and the commits of the former owner fail.
-- Each statement can be executed again: the server commits it by itself, and a migration may be
-- interrupted after any of them.

CREATE TABLE IF NOT EXISTS run_leases (
  run_id        VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  epoch         BIGINT       NOT NULL COMMENT 'the fencing token: raised whenever the owner changes, never reused',
  owner_host    VARCHAR(255) NOT NULL COMMENT 'host of the driver',
  owner_process VARCHAR(255) NOT NULL COMMENT 'process of the driver: id, start, and the machine that the id belongs to',
  heartbeat     DATETIME(3)  NOT NULL COMMENT 'UTC, when the owner last renewed the lease',
  lease_until   DATETIME(3)  NOT NULL COMMENT 'UTC, after which another driver may take the run over',
  PRIMARY KEY (run_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

-- A row is locked, and its version raised, while a run joins those that write into the table, and
-- while a run decides to replace it. The names are in lower case where the server ignores case.
CREATE TABLE IF NOT EXISTS targets (
  target_database VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  target_table    VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  version         BIGINT      NOT NULL,
  publisher       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'the run whose finished result is being put in place',
  replacing       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'which table gives way to it: EXISTING, RESULTS or NOTHING',
  PRIMARY KEY (target_database, target_table)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

SET @change = IF(EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'run_partitions' AND column_name = 'owner_epoch'),
  'DO 0',
  'ALTER TABLE run_partitions
     ADD COLUMN owner_epoch BIGINT NOT NULL DEFAULT 0 COMMENT ''the fencing token with which the partition may be, or was, committed''');
PREPARE change_table FROM @change;
EXECUTE change_table;

SET @change = IF(EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'run_partitions' AND column_name = 'figures'),
  'DO 0',
  'ALTER TABLE run_partitions
     ADD COLUMN figures LONGTEXT NULL COMMENT ''JSON: batch size, device, seconds of each step, what came of a plan''');
PREPARE change_table FROM @change;
EXECUTE change_table;
DEALLOCATE PREPARE change_table;
