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

-- How many accepted reports of a reporter about a domain have a range that starts on a day: at most
-- 500. Only of days with several, since most reporters send one a day, which shall cost nothing. The
-- day first: rows of a day lie together when they are made, and when they go, as soon as no report
-- that begins on that day would be taken any more.
CREATE TABLE reporter_day (
  day INTEGER NOT NULL,
  domain INTEGER NOT NULL REFERENCES policy_domain,
  reporter INTEGER NOT NULL REFERENCES reporter,
  -- the first one is taken for granted
  reports INTEGER NOT NULL,
  PRIMARY KEY (day, domain, reporter)
) WITHOUT ROWID;

-- The latest day on which a report with failure details was received, and how many octets of
-- contribution.details the reports of that day have, at most 65,536. NULL: none since this version of
-- the schema. In this table, whose row is written with each report anyway.
ALTER TABLE reporter_state ADD COLUMN details_day INTEGER;
ALTER TABLE reporter_state ADD COLUMN details_octets INTEGER;
