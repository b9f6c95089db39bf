CREATE TABLE t(id INTEGER NOT NULL, name VARCHAR(10) DEFAULT 'none', n INTEGER DEFAULT 1 + 1);
CREATE TABLE IF NOT EXISTS t(id INTEGER);
INSERT INTO t(id) VALUES (1);
INSERT INTO t VALUES (2, DEFAULT, 3), (3, 'x', DEFAULT);
= 2
SELECT * FROM t;
> 1 | none | 2
> 2 | none | 3
> 3 | x | 2
ALTER TABLE t ADD COLUMN more VARCHAR DEFAULT 'm';
ALTER TABLE t ADD COLUMN IF NOT EXISTS more VARCHAR;
ALTER TABLE t RENAME COLUMN name TO title;
ALTER TABLE t DROP COLUMN n;
ALTER TABLE t DROP COLUMN IF EXISTS n;
ALTER TABLE t DROP COLUMN n;
! 42703 no column n
SELECT * FROM t WHERE id = 1;
> 1 | none | m
ALTER TABLE t ALTER COLUMN title SET NOT NULL;
INSERT INTO t(id, title) VALUES (4, NULL);
! NOT_NULL title
ALTER TABLE t ALTER COLUMN title DROP NOT NULL;
INSERT INTO t(id, title) VALUES (4, NULL);
ALTER TABLE t ALTER COLUMN title SET NOT NULL;
! NOT_NULL
ALTER TABLE t SET PROPERTY 'owner' = 'ann';
ALTER TABLE t SET PROPERTY 'versor.primary_key' = '1';
! 42939
COMMENT ON TABLE t IS 'a table';
COMMENT ON COLUMN t.title IS 'a column';
ALTER TABLE t RENAME TO u;
SELECT count(*) FROM t;
! 42P01
SELECT count(*) FROM u;
> 4
CREATE TABLE v AS SELECT id, title || '!' AS loud FROM u WHERE title IS NOT NULL;
= 3
SELECT * FROM v ORDER BY id DESC LIMIT 1;
> 3 | x!
INSERT INTO v SELECT id + 10, loud FROM v;
= 3
UPDATE v SET loud = 'L' || CAST(id AS VARCHAR) WHERE id > 10;
= 3
DELETE FROM v WHERE id < 10 AND loud LIKE 'none%';
= 2
SELECT * FROM v;
> 3 | x!
> 11 | L11
> 12 | L12
> 13 | L13
# Positions close up, row ids stay.
SELECT _index FROM v WHERE id = 13;
> 3
TRUNCATE TABLE v;
= 4
DROP TABLE v;
DROP TABLE v;
! 42P01 v
DROP TABLE IF EXISTS v;
# Names in whatever case, quoted ones too; common words are names.
CREATE TABLE "Mixed Case"(value INTEGER, "Date" DATE, result INTEGER, text TEXT);
INSERT INTO "Mixed Case"(VALUE, result) VALUES (1, 2);
SELECT Value, "Mixed Case".RESULT FROM "mixed case";
> 1 | 2
# MERGE INTO updates what it finds and inserts the rest.
CREATE TABLE stock(item TEXT NOT NULL, amount INTEGER DEFAULT 0, note TEXT DEFAULT 'new');
INSERT INTO stock VALUES ('nail', 1, 'x'), ('bolt', 2, 'y');
CREATE TABLE delivery AS SELECT * FROM (VALUES ('nail', 10), ('hook', 5)) AS v(item, amount);
MERGE INTO stock AS s USING delivery AS d ON s.item = d.item
  WHEN MATCHED THEN UPDATE SET amount = s.amount + d.amount
  WHEN NOT MATCHED THEN INSERT (item, amount) VALUES (d.item, d.amount);
= 2
SELECT * FROM stock;
> nail | 11 | x
> bolt | 2 | y
> hook | 5 | new
INSERT INTO delivery VALUES ('nail', 1);
MERGE INTO stock AS s USING delivery AS d ON s.item = d.item
  WHEN MATCHED THEN UPDATE SET amount = d.amount;
! 21000 several rows
SELECT amount FROM stock WHERE item = 'nail';
> 11
# IF EXISTS, and words that others leave free too.
ALTER TABLE IF EXISTS nowhere ADD COLUMN a INTEGER;
= 0
ALTER TABLE IF EXISTS stock ADD COLUMN at INTEGER;
= 0
SELECT MAX(at) AS one, COUNT(*) AS at FROM stock AS one;
> NULL | 3
