-- Both sides changed the table; a merge takes cell by cell what each has changed.
USE BRANCH main;
DROP BRANCH IF EXISTS night_shift FORCE;
DROP TABLE IF EXISTS stock;

CREATE TABLE stock (item TEXT NOT NULL, amount INTEGER, place TEXT);
INSERT INTO stock VALUES ('nail', 100, 'a1'), ('screw', 200, 'a2'), ('bolt', 300, 'a3');
COMMIT VERSION MESSAGE 'Counted';
CREATE BRANCH night_shift;

-- The branch moves the screws, adds hooks and throws the bolts away.
UPDATE night_shift.stock SET place = 'b7' WHERE item = 'screw';
INSERT INTO night_shift.stock VALUES ('hook', 50, 'b8');
DELETE FROM night_shift.stock WHERE item = 'bolt';
CALL versor.commit_version('Night shift', 'night_shift');

-- Meanwhile main counts the screws again: another cell of the same row.
UPDATE stock SET amount = 180 WHERE item = 'screw';
COMMIT VERSION MESSAGE 'Counted screws again';

-- What would a merge do?
SELECT tensor_name, rows_added, rows_updated, rows_deleted
  FROM TABLE(versor.diff_summary('main', 'night_shift')) WHERE tensor_name IS NOT NULL;

MERGE BRANCH night_shift MESSAGE 'Good morning';
SELECT * FROM stock;
SELECT p.ordinal, c.message
  FROM versor.commit_parents p JOIN versor.commits c ON p.parent_id = c.commit_id
  WHERE p.commit_id = (SELECT head_commit FROM versor.branches WHERE name = 'main')
  ORDER BY p.ordinal;

-- A second time there is nothing to do.
MERGE BRANCH night_shift;
