-- SPDX-License-Identifier: Apache-2.0
-- Times are milliseconds since 1970 in UTC: datetime(received_at / 1000, 'unixepoch').
-- Days are days since 1970: date(newest_day * 86400, 'unixepoch').
-- Counts by kind are texts such as certificate-expired=3,other=1; sessions by policy type such as
-- sts=98/2,tlsa=101/0 (successful/failed). What is 0 is left out.

CREATE TABLE reporter (
  id INTEGER PRIMARY KEY,
  -- the domain that signed
  name TEXT NOT NULL UNIQUE
);

CREATE TABLE policy_domain (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

-- One row for each accepted report, until retention.
CREATE TABLE report (
  -- in the order of commits: states are the sum of the reports in this order
  id INTEGER PRIMARY KEY,
  -- first half of the SHA-256 of what makes a report this report; UNIQUE: that it counts once
  identity BLOB NOT NULL UNIQUE,
  reporter INTEGER NOT NULL REFERENCES reporter,
  received_at INTEGER NOT NULL,
  range_start INTEGER NOT NULL,
  range_end INTEGER NOT NULL,
  -- as written, cut at 255 characters
  report_id TEXT
);

-- What is older than retention.
CREATE INDEX report_received_at ON report (received_at);

-- What a report adds to one domain.
CREATE TABLE contribution (
  report INTEGER NOT NULL REFERENCES report,
  domain INTEGER NOT NULL REFERENCES policy_domain,
  -- first quarter of the SHA-256 of what the report says, without its report-id
  content INTEGER NOT NULL,
  -- headline sessions
  successful INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  policies TEXT NOT NULL,
  failures TEXT NOT NULL,
  -- MTA-STS mode: enforce, testing, none, unknown
  mode TEXT NOT NULL,
  -- failure-details, a JSON array of arrays: result type, failed sessions, sending MTA IP, receiving
  -- MX host name, receiving IP, receiving MX HELO, additional information, failure reason code; what
  -- is missing at the end is left out, each text is cut at 255 characters. Of more than 1,000, of
  -- 64 Ki characters, or of 256 Ki in a report, those with the most sessions. NULL: none
  details TEXT,
  PRIMARY KEY (report, domain)
) WITHOUT ROWID;

-- The reports of a domain, and whether one of them says the same under another id.
CREATE INDEX contribution_domain ON contribution (domain, content);

-- The states that are shown: read at start, written with each report, never summed up again.
CREATE TABLE domain_state (
  domain INTEGER PRIMARY KEY REFERENCES policy_domain,
  reports INTEGER NOT NULL,
  successful INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  policies TEXT NOT NULL,
  failures TEXT NOT NULL,
  last_report_time INTEGER NOT NULL,
  last_report_end INTEGER NOT NULL,
  last_failure INTEGER,
  -- days of three weeks, failures after a colon: 20605 20606:certificate-expired=3 20607
  recent_days TEXT NOT NULL
);

CREATE TABLE reporter_state (
  domain INTEGER NOT NULL REFERENCES policy_domain,
  reporter INTEGER NOT NULL REFERENCES reporter,
  last_heard INTEGER NOT NULL,
  -- days between the days it was heard of: a byte for each of the last eight gaps, latest lowest
  gaps INTEGER NOT NULL,
  newest_day INTEGER NOT NULL,
  mode TEXT NOT NULL,
  -- its newest day with sessions, all its reports of that day added up; NULL: no sessions yet
  sessions_day INTEGER,
  successful INTEGER,
  failed INTEGER,
  failures TEXT,
  last_receipt INTEGER,
  end_of_range INTEGER,
  PRIMARY KEY (domain, reporter)
) WITHOUT ROWID;

-- Kinds of failure that a domain has had within retention.
CREATE TABLE failure_state (
  domain INTEGER NOT NULL REFERENCES policy_domain,
  kind TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  -- the present spell or the last one; NULL: only ever reported late
  spell_first_day INTEGER,
  spell_last_day INTEGER,
  -- since that spell began: names, one a line
  reporters TEXT NOT NULL,
  receiving_mx TEXT NOT NULL,
  PRIMARY KEY (domain, kind)
) WITHOUT ROWID;
