# What each side kept for itself must hold of both together.
CREATE TABLE t(id INTEGER PRIMARY KEY, lo INTEGER, hi INTEGER, CONSTRAINT ordered CHECK (lo <= hi));
INSERT INTO t VALUES (1, 0, 10), (2, 0, 10);
COMMIT VERSION MESSAGE 'base';
CREATE BRANCH side;
UPDATE t SET lo = 8 WHERE id = 1;
COMMIT VERSION MESSAGE 'lo';
UPDATE side.t SET hi = 5 WHERE id = 1;
CALL versor.commit_version('hi', 'side');
MERGE BRANCH side;
! CHECK_VIOLATION merging side into main: CHECK ordered of t: lo <= hi is false for lo = 8, hi = 5; nothing was changed
MERGE BRANCH side DRY RUN;
! CHECK_VIOLATION
SELECT has_changes FROM versor.branches WHERE name = 'main';
> false
UPDATE side.t SET hi = 9 WHERE id = 1;
CALL versor.commit_version('hi again', 'side');
MERGE BRANCH side;
SELECT lo, hi FROM t WHERE id = 1;
> 8 | 9
# A condition of one side must hold of the rows of the other.
ALTER TABLE side.t ADD CONSTRAINT small CHECK (hi < 100);
CALL versor.commit_version('small', 'side');
INSERT INTO t VALUES (3, 0, 1000);
COMMIT VERSION MESSAGE 'large';
MERGE BRANCH side;
! CHECK_VIOLATION small of t
UPDATE t SET hi = 99 WHERE id = 3;
COMMIT VERSION MESSAGE 'not so large';
MERGE BRANCH side;
INSERT INTO t VALUES (4, 0, 100);
! CHECK_VIOLATION small
# A version has its own conditions; what is restored has the ones it had.
ALTER TABLE t DROP CONSTRAINT ordered;
COMMIT VERSION MESSAGE 'without';
INSERT INTO t VALUES (4, 5, 0);
RESTORE TABLE t TO COMMIT 'main~1';
INSERT INTO t VALUES (4, 5, 0);
! CHECK_VIOLATION ordered
RESET BRANCH main;
INSERT INTO t VALUES (4, 5, 0);
RESET BRANCH main;
# Reverting and picking are merges, too.
CREATE BRANCH picked;
UPDATE t SET hi = 200 WHERE id = 1;
! CHECK_VIOLATION small
REVERT COMMIT 'HEAD';
INSERT INTO t VALUES (4, 5, 0);
! CHECK_VIOLATION ordered
# Resolving a conflict for the other side brings nothing in that is not allowed.
CREATE TABLE c(id INTEGER PRIMARY KEY, x INTEGER, y INTEGER, CHECK (x + y < 10));
INSERT INTO c VALUES (1, 0, 0);
COMMIT VERSION MESSAGE 'c';
CREATE BRANCH other;
UPDATE c SET x = 4 WHERE id = 1;
COMMIT VERSION MESSAGE 'x';
UPDATE other.c SET x = 9 WHERE id = 1;
CALL versor.commit_version('other x', 'other');
MERGE BRANCH other USING CONFLICTS;
UPDATE c SET y = 5;
RESOLVE CONFLICTS ON c USING THEIRS;
! CHECK_VIOLATION x = 9, y = 5
UPDATE "c$conflicts" SET our_x = 6;
! CHECK_VIOLATION x = 6, y = 5
SELECT x, y FROM c;
> 4 | 5
UPDATE c SET y = 0;
RESOLVE CONFLICTS ON c USING THEIRS;
= 1
SELECT x, y FROM c;
> 9 | 0
