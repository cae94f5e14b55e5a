CREATE TABLE entry (
  key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL,
  lease INTEGER) WITHOUT ROWID;
CREATE INDEX entry_of_lease ON entry (lease) WHERE lease IS NOT NULL;
CREATE TABLE change (
  revision INTEGER NOT NULL, key TEXT NOT NULL, value TEXT, created INTEGER NOT NULL, lease INTEGER,
  PRIMARY KEY (revision, key)) WITHOUT ROWID;
CREATE TABLE lease (id INTEGER NOT NULL PRIMARY KEY, millis INTEGER NOT NULL);
CREATE TABLE counter (name TEXT NOT NULL PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO entry VALUES ('policy/catalog', 'two', 1, 3, NULL), ('member/a', 'here', 2, 2, 7);
INSERT INTO change VALUES
  (1, 'policy/catalog', 'one', 1, NULL), (2, 'member/a', 'here', 2, 7), (3, 'policy/catalog', 'two', 1, NULL);
INSERT INTO lease VALUES (7, 10000);
INSERT INTO counter VALUES ('REVISION', 3), ('LEASE', 7);
PRAGMA application_id = 1396854616;
PRAGMA user_version = 1;
