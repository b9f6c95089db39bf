# What each side kept for itself must hold of both together.
CREATE TABLE t(id BIGINT PRIMARY KEY, name TEXT, code TEXT UNIQUE);
INSERT INTO t VALUES (1, 'a', 'x'), (2, 'b', 'y');
COMMIT VERSION MESSAGE 'base';
CREATE BRANCH side;
INSERT INTO t VALUES (3, 'ours', 'o');
COMMIT VERSION MESSAGE 'ours';
INSERT INTO side.t VALUES (3, 'theirs', 't');
CALL versor.commit_version('theirs', 'side');
MERGE BRANCH side;
! MERGE_CONFLICT column name: both sides made a row of this key, with other values
MERGE BRANCH side USING CONFLICTS;
! MERGE_CONFLICT both sides made a row of this key
SELECT count(*), max(name) FROM t;
> 3 | ours
SELECT has_changes FROM versor.branches WHERE name = 'main';
> false
UPDATE side.t SET id = 4, code = 'o' WHERE id = 3;
CALL versor.commit_version('another key', 'side');
MERGE BRANCH side;
! NOT_UNIQUE UNIQUE (code) of t: 'o' is there already
UPDATE side.t SET code = 'p' WHERE id = 4;
CALL versor.commit_version('another code', 'side');
MERGE BRANCH side;
SELECT id, name FROM t;
> 1 | a
> 2 | b
> 3 | ours
> 4 | theirs
# A key that moves from one row to another.
UPDATE t SET id = 10 WHERE id = 1;
COMMIT VERSION MESSAGE 'free';
UPDATE side.t SET id = 10 WHERE id = 2;
CALL versor.commit_version('taken', 'side');
MERGE BRANCH side;
! NOT_UNIQUE 10 is there already
CALL versor.merge_branch('main', 'side');
! NOT_UNIQUE 10 is there already
RESET BRANCH side TO COMMIT 'side~1' HARD;
# NOT NULL on one side, NULL in a new row of the other.
ALTER TABLE t ALTER COLUMN name SET NOT NULL;
COMMIT VERSION MESSAGE 'name NOT NULL';
INSERT INTO side.t VALUES (7, NULL, NULL);
CALL versor.commit_version('a NULL', 'side');
MERGE BRANCH side;
! NOT_NULL column name of table t is NOT NULL
CALL versor.merge_branch('main', 'side');
! NOT_NULL column name of table t is NOT NULL
UPDATE side.t SET name = 'c' WHERE id = 7;
CALL versor.commit_version('no NULL', 'side');
MERGE BRANCH side;
SELECT count(*) FROM t WHERE name IS NULL;
> 0
