-- Rows keep their identity across commits, so two versions of a table can be joined.
USE BRANCH main;
DROP BRANCH IF EXISTS relabel FORCE;
DROP TABLE IF EXISTS reviews;

CREATE TABLE reviews (id INTEGER NOT NULL, text TEXT, label CLASS_LABEL('bad', 'good'));
INSERT INTO reviews VALUES
  (1, 'never again', 'bad'), (2, 'lovely', 'bad'), (3, 'it works', 'good'), (4, 'broke', 'good');
COMMIT VERSION MESSAGE 'First labels';

CREATE BRANCH relabel;
USE BRANCH relabel;
UPDATE reviews SET label = 'good' WHERE id = 2;
UPDATE reviews SET label = 'bad' WHERE id = 4;
INSERT INTO reviews VALUES (5, 'as expected', 'good');
COMMIT VERSION MESSAGE 'Second opinion';

-- Which labels differ?
SELECT o.id, o.text, o.label AS was, n.label AS is_now
  FROM main.reviews o JOIN relabel.reviews n ON o._rowid = n._rowid
  WHERE o.label <> n.label ORDER BY o.id;

-- How far do the two agree?
SELECT o.label AS was, n.label AS is_now, COUNT(*) AS reviews
  FROM main.reviews o JOIN relabel.reviews n ON o._rowid = n._rowid
  GROUP BY o.label, n.label ORDER BY was, is_now;

-- Which rows are new?
SELECT n.id, n.text FROM relabel.reviews n
  WHERE n._rowid NOT IN (SELECT _rowid FROM main.reviews);
USE BRANCH main;
