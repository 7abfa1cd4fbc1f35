-- SPDX-License-Identifier: Apache-2.0
-- See sqlite-1.sql for how times, days and counts are written.

-- What has been imported into this database, so that nothing is added to the totals twice.
CREATE TABLE imported (
  -- the SHA-256 of a database file; or mails
  source TEXT PRIMARY KEY,
  -- of the reports received before this time, only the totals were imported
  since INTEGER NOT NULL
) WITHOUT ROWID;
