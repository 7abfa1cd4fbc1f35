-- SPDX-License-Identifier: Apache-2.0
-- See sqlite-1.sql for how times, days and counts are written.

-- DKIM keys under which signatures of reports were good: whose key is here is no stranger while the
-- DNS says nothing. No report is accepted by what is here.
CREATE TABLE known_key (
  -- in the DNS: selector._domainkey.domain
  name TEXT PRIMARY KEY,
  -- the registrable domain that the name is in
  organisation TEXT NOT NULL,
  record TEXT NOT NULL,
  -- when a signature was good under it last, to the day
  good_at INTEGER NOT NULL
) WITHOUT ROWID;
