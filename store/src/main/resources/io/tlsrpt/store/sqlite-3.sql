-- SPDX-License-Identifier: Apache-2.0
-- See sqlite-1.sql for how times, days and counts are written.

-- Reports that retention has taken out of the table report: should one come again, it has been
-- counted. Forgotten when its range ended twice as long ago as reports are kept, so that not even a
-- clock that is ahead by all of that has it counted again.
CREATE TABLE purged_identity (
  -- report.identity
  identity BLOB PRIMARY KEY,
  -- the day on which its range ended. NULL: it stated no range, so it could come at any time
  last_day INTEGER
) WITHOUT ROWID;

CREATE INDEX purged_identity_last_day ON purged_identity (last_day);
