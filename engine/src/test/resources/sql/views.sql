# A view is a query under a name; what it reads is looked up in the version it is read in.
CREATE TABLE t(id INT, name TEXT, score DOUBLE);
INSERT INTO t VALUES (1, 'a', 0.5), (2, 'b', 1.5), (3, 'c', 2.5);
CREATE VIEW high AS SELECT id, name FROM t WHERE score > 1;
SELECT * FROM high;
> 2 | b
> 3 | c
SELECT h.name FROM high AS h WHERE h.id = 3;
> c
COMMIT VERSION MESSAGE 'one';
# Columns can be named; the order of rows and a limit are the query's.
CREATE VIEW best ("key", what) AS SELECT id, upper(name) FROM t ORDER BY score DESC LIMIT 2;
SELECT "key", "what" FROM best ORDER BY 1;
> 2 | B
> 3 | C
# Views of views, joins, aggregates, subqueries.
CREATE VIEW counted AS SELECT count(*) AS n, min(h.name) AS least FROM high h JOIN best b ON h.id = b."key";
SELECT n, least FROM counted;
> 2 | b
SELECT a.id FROM high a WHERE EXISTS (SELECT 1 FROM best b WHERE b."key" = a.id) AND a.id IN (SELECT id FROM high WHERE name <> 'c');
> 2
WITH x AS (SELECT * FROM high) SELECT max(id) FROM x;
> 3
SELECT x.id FROM high x JOIN high y ON x.id < y.id;
> 2
SELECT id FROM high UNION ALL SELECT n FROM counted ORDER BY 1;
> 2
> 2
> 3
# A star in a view's query is what the table has when it is read.
CREATE VIEW everything AS SELECT * FROM t;
ALTER TABLE t ADD COLUMN extra INT DEFAULT 7;
SELECT * FROM everything WHERE id = 1;
> 1 | a | 0.5 | 7
ALTER TABLE t DROP COLUMN extra;
SELECT * FROM everything WHERE id = 1;
> 1 | a | 0.5
# Listed with the tables, and described.
SHOW TABLES;
> best | VIEW | NULL | NULL
> counted | VIEW | NULL | NULL
> everything | VIEW | NULL | NULL
> high | VIEW | NULL | NULL
> t | TABLE | 3 | NULL
SHOW VIEWS;
> best | (key, what) AS SELECT id, upper(name) FROM t ORDER BY score DESC LIMIT 2 | NULL
> counted | SELECT count(*) AS n, min(h.name) AS least FROM high h JOIN best b ON h.id = b."key" | NULL
> everything | SELECT * FROM t | NULL
> high | SELECT id, name FROM t WHERE score > 1 | NULL
DESCRIBE best;
> key | INTEGER | true | NULL | NULL
> what | VARCHAR | true | NULL | NULL
COMMENT ON VIEW high IS 'the good ones';
SELECT comment FROM versor.views WHERE view_name = 'high';
> the good ones
# They are changes like any.
SELECT table_name, old_name, change, rows_added FROM versor.status;
> best | NULL | created | 0
> counted | NULL | created | 0
> everything | NULL | created | 0
> high | NULL | NULL | 0
COMMIT VERSION MESSAGE 'two';
SELECT * FROM versor.status;
SELECT has_changes FROM versor.branches;
> false
ALTER VIEW everything RENAME TO every_one;
SELECT has_changes FROM versor.branches;
> true
SELECT table_name, old_name, change FROM versor.status;
> every_one | everything | renamed
ALTER VIEW every_one RENAME TO everything;
SELECT has_changes FROM versor.branches;
> false
COMMIT VERSION;
! NOTHING_TO_COMMIT
# A view alone is something to commit.
CREATE OR REPLACE VIEW high AS SELECT id, name FROM t WHERE score > 2;
SELECT count(*) FROM high;
> 1
COMMIT VERSION MESSAGE 'three';
SELECT * FROM TABLE(versor.schema_diff('HEAD~1', 'HEAD'));
> high | NULL | query | SELECT id, name FROM t WHERE score > 1 | SELECT id, name FROM t WHERE score > 2
SELECT * FROM TABLE(versor.schema_diff('HEAD~2', 'HEAD')) WHERE column_name IS NULL;
> best | NULL | created | NULL | (key, what) AS SELECT id, upper(name) FROM t ORDER BY score DESC LIMIT 2
> counted | NULL | created | NULL | SELECT count(*) AS n, min(h.name) AS least FROM high h JOIN best b ON h.id = b."key"
> everything | NULL | created | NULL | SELECT * FROM t
> high | NULL | query | SELECT id, name FROM t WHERE score > 1 | SELECT id, name FROM t WHERE score > 2
> high | NULL | comment | NULL | the good ones
# Any version of a view, over that version's tables.
SELECT count(*) FROM high AS OF COMMIT 'HEAD~1';
> 2
INSERT INTO t VALUES (4, 'd', 9);
SELECT id FROM high ORDER BY 1;
> 3
> 4
SELECT id FROM high AS OF COMMIT 'HEAD';
> 3
SELECT id FROM high /*+ AS_OF_COMMIT('HEAD~2') */ ORDER BY 1;
> 2
> 3
SELECT count(*) FROM best AS OF COMMIT 'HEAD~2';
! 42P01 no table or schema best
CREATE BRANCH side;
INSERT INTO side.t VALUES (5, 'e', 8), (6, 'f', 7);
SELECT id FROM side.high ORDER BY id;
> 3
> 5
> 6
SELECT count(*) FROM high h JOIN side.high s ON h.id = s.id;
> 1
# A branch that a view names is that branch, wherever it is read; HEAD is of the branch it is read in.
CREATE VIEW both_sides AS SELECT (SELECT count(*) FROM t) AS here, (SELECT count(*) FROM main.t) AS on_main, (SELECT count(*) FROM t AS OF COMMIT 'HEAD') AS committed;
COMMIT VERSION MESSAGE 'four';
SELECT * FROM both_sides;
> 4 | 4 | 4
DROP BRANCH side FORCE;
CREATE BRANCH side;
INSERT INTO side.t VALUES (5, 'e', 8), (6, 'f', 7);
SELECT * FROM side.both_sides;
> 6 | 4 | 4
DELETE FROM t WHERE id = 4;
COMMIT VERSION MESSAGE 'five';
SELECT * FROM side.both_sides;
> 6 | 3 | 4
SELECT * FROM both_sides AS OF COMMIT 'HEAD~1';
> 4 | 3 | 3
# Table functions and tables of versor can be read too.
CREATE VIEW news AS SELECT message FROM versor.log LIMIT 2;
SELECT * FROM news;
> five
> four
# Reset takes views along.
CREATE VIEW gone AS SELECT 1 AS n;
RESET BRANCH;
SELECT * FROM gone;
! 42P01 no table or schema gone
SELECT view_name FROM versor.views;
> best
> both_sides
> counted
> everything
> high
RESET BRANCH main TO COMMIT 'HEAD~4' HARD;
SELECT view_name FROM versor.views;
> high
# Names are shared with tables.
CREATE VIEW T AS SELECT 1 AS n;
! TABLE_EXISTS has a table t already
CREATE TABLE HIGH(id INT);
! TABLE_EXISTS has a view high already
CREATE TABLE IF NOT EXISTS high(id INT);
CREATE VIEW IF NOT EXISTS high AS SELECT 1 AS n;
CREATE VIEW high AS SELECT 1 AS n;
! TABLE_EXISTS has a view high already
CREATE OR REPLACE VIEW t AS SELECT 1 AS n;
! 42809 t is a table; a view is needed here
ALTER TABLE t RENAME TO high;
! TABLE_EXISTS has a view high already
ALTER VIEW high RENAME TO t;
! TABLE_EXISTS has a table t already
# What is done to tables cannot be done to views.
INSERT INTO high VALUES (1, 'x');
! 42809 high is a view; a table is needed here
UPDATE high SET name = 'x';
! 42809 high is a view
DELETE FROM high;
! 42809 high is a view
MERGE INTO high USING t ON high.id = t.id WHEN MATCHED THEN UPDATE SET name = 'x';
! 42809 high is a view
TRUNCATE high;
! 42809 high is a view
DROP TABLE high;
! 42809 high is a view
DROP TABLE IF EXISTS high;
! 42809 high is a view
ALTER TABLE high ADD COLUMN x INT;
! 42809 high is a view
COMMENT ON TABLE high IS 'x';
! 42809 high is a view
OPTIMIZE TABLE high;
! 42809 high is a view
RESTORE TABLE high TO COMMIT 'HEAD';
! 42809 high is a view
SELECT * FROM TABLE(versor.diff('high', 'HEAD', 'WORKING'));
! 42809 high is a view
SELECT * FROM TABLE(versor.history('high'));
! 42809 high is a view
SELECT TABLE_HASH('high');
! 42809 high is a view
SELECT * FROM high FOR SYSTEM_TIME ALL;
! 42809 high is a view
SHOW CREATE TABLE high;
! 42809 high is a view
DROP VIEW t;
! 42809 t is a table; a view is needed here
COMMENT ON VIEW t IS 'x';
! 42809 t is a table
SHOW CREATE VIEW t;
! 42809 t is a table
DROP VIEW IF EXISTS nothing;
DROP VIEW hihg;
! 42P01 no view hihg in branch main; did you mean high?
SELECT * FROM hihg;
! 42P01 did you mean high?
# A view that cannot be read is refused.
CREATE VIEW bad AS SELECT nothing FROM t;
! 42703 view bad: Column 'nothing' not found
CREATE VIEW bad AS SELECT * FROM tt;
! 42P01 view bad: no table or schema tt; did you mean t?
CREATE VIEW bad (a) AS SELECT id, name FROM t;
! 42P10 view bad: its query has 2 columns, and it names 1
CREATE VIEW bad (a, a) AS SELECT id, name FROM t;
! COLUMN_EXISTS view bad has two columns a
CREATE VIEW bad AS SELECT x.id, y.id FROM t x JOIN t y ON x.id = y.id;
! 42701 view bad: its query has two columns id; give one another name
# As of tables: of two names that differ in case alone no query could tell one.
CREATE VIEW twice (x, X) AS SELECT 1, 2;
! COLUMN_EXISTS view twice has two columns X
CREATE VIEW twice AS SELECT 1 AS x, 2 AS X;
! COLUMN_EXISTS view twice has two columns X
CREATE VIEW twice (x, y) AS SELECT 1 AS x, 2 AS X;
CREATE OR REPLACE VIEW twice (y, Y) AS SELECT 1, 2;
! COLUMN_EXISTS view twice has two columns Y
SELECT x, y FROM twice;
> 1 | 2
DROP VIEW twice;
CREATE VIEW good (a, b) AS SELECT x.id, y.id FROM t x JOIN t y ON x.id = y.id WHERE x.id = 2;
SELECT b, a FROM good;
> 2 | 2
DROP VIEW good;
CREATE VIEW bad AS SELECT * FROM t WHERE id = ?;
! 42P02 a view has no parameters
CREATE VIEW versor.bad AS SELECT 1 AS n;
! READ_ONLY
CREATE VIEW bad AS SELECT * FROM bad;
! 42P17 view bad: it reads itself
CREATE VIEW a AS SELECT * FROM high;
CREATE VIEW b AS SELECT * FROM a;
CREATE OR REPLACE VIEW high AS SELECT * FROM b;
! 42P17 view high: view b: view a: it reads itself
SELECT count(*) FROM b;
> 2
DROP VIEW b;
DROP VIEW a;
# What a view reads may go; it says so when it is read, and comes back with it.
ALTER TABLE t RENAME TO u;
SELECT * FROM high;
! 42P01 view high: no table or schema t
DESCRIBE high;
! 42P01 view high: no table or schema t
ALTER TABLE u RENAME TO t;
SELECT count(*) FROM high;
> 2
# In a transaction.
BEGIN;
CREATE VIEW v AS SELECT count(*) AS n FROM t;
INSERT INTO t VALUES (10, 'x', 0);
SELECT n FROM v;
> 4
ROLLBACK;
SELECT n FROM v;
! 42P01
BEGIN;
CREATE VIEW v AS SELECT count(*) AS n FROM t;
SAVEPOINT s;
DROP VIEW v;
CREATE TABLE v(x INT);
ROLLBACK TO SAVEPOINT s;
SELECT n FROM v;
> 3
COMMIT;
SELECT n FROM v;
> 3
# A commit or tag cannot be written.
USE COMMIT 'HEAD';
CREATE VIEW w AS SELECT 1 AS n;
! READ_ONLY
SELECT view_name FROM versor.views;
> high
