-- SPDX-License-Identifier: Apache-2.0
-- See sqlite-1.sql for how times, days and counts are written.

-- Reports that retention has taken out of the table report. A mail with such a report that comes
-- again is a duplicate. A row is deleted when the range of its report ended twice retention ago: by
-- then the report is refused as too old, also by a clock that was ahead by up to retention.
CREATE TABLE purged_identity (
  -- report.identity
  identity BLOB PRIMARY KEY,
  -- the day on which its range ended. NULL: it stated no range, so it could come at any time
  last_day INTEGER
) WITHOUT ROWID;

CREATE INDEX purged_identity_last_day ON purged_identity (last_day);
