-- SPDX-License-Identifier: Apache-2.0
-- See sqlite-1.sql for how times, days and counts are written.

-- DKIM keys with which accepted reports were signed: whose key is here is no stranger while the DNS
-- says nothing. No report is accepted by what is here.
CREATE TABLE known_key (
  -- in the DNS: selector._domainkey.domain
  name TEXT PRIMARY KEY,
  -- the registrable domain that the name is in
  organisation TEXT NOT NULL,
  record TEXT NOT NULL,
  -- the last day on which such a report came, and how many such days there were
  good_on INTEGER NOT NULL,
  days INTEGER NOT NULL
) WITHOUT ROWID;
