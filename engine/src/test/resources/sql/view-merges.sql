# Views are merged like tables: by id, what one side changed.
CREATE TABLE t(id INT);
INSERT INTO t VALUES (1), (2);
CREATE VIEW a AS SELECT id FROM t;
CREATE VIEW b AS SELECT id + 1 AS id FROM t;
CREATE VIEW c AS SELECT id + 2 AS id FROM t;
COMMIT VERSION MESSAGE 'views';
CREATE BRANCH side;
USE BRANCH side;
ALTER VIEW a RENAME TO aa;
DROP VIEW b;
CREATE VIEW made AS SELECT id * 10 AS id FROM t;
COMMIT VERSION MESSAGE 'theirs';
USE BRANCH main;
CREATE OR REPLACE VIEW a AS SELECT -id AS id FROM t;
COMMENT ON VIEW c IS 'ours';
COMMIT VERSION MESSAGE 'ours';
MERGE BRANCH side DRY RUN;
> aa | NULL | a | renamed | 0 | 0 | 0 | 0
> b | NULL | NULL | dropped | 0 | 0 | 0 | 0
> made | NULL | NULL | created | 0 | 0 | 0 | 0
MERGE BRANCH side;
SELECT * FROM versor.views;
> aa | SELECT -id AS id FROM t | NULL
> c | SELECT id + 2 AS id FROM t | ours
> made | SELECT id * 10 AS id FROM t | NULL
SELECT * FROM aa ORDER BY 1;
> -2
> -1
# The same thing on both sides.
CREATE OR REPLACE VIEW c AS SELECT 1 AS n FROM t;
COMMIT VERSION MESSAGE 'ours';
USE BRANCH side;
CREATE OR REPLACE VIEW c AS SELECT 2 AS m FROM t;
DROP VIEW made;
COMMIT VERSION MESSAGE 'theirs';
USE BRANCH main;
MERGE BRANCH side;
! MERGE_CONFLICT view c: its query was changed to 'SELECT 1 AS n FROM t' here and to 'SELECT 2 AS m FROM t' there
MERGE BRANCH side USING CONFLICTS;
! MERGE_CONFLICT view c
SELECT view_name FROM versor.views;
> aa
> c
> made
MERGE BRANCH side USING THEIRS;
SELECT * FROM c;
> 2
> 2
SELECT view_name FROM versor.views;
> aa
> c
# Changed here, dropped there.
CREATE OR REPLACE VIEW c AS SELECT 3 AS o FROM t;
COMMIT VERSION MESSAGE 'ours';
DROP VIEW side.c;
CALL versor.commit_version('theirs', 'side');
MERGE BRANCH side;
! MERGE_CONFLICT view c: changed here, dropped there
MERGE BRANCH side USING OURS;
SELECT * FROM c;
> 3
> 3
# A view and a table of one name, here and there.
CREATE VIEW same AS SELECT 1 AS n;
COMMIT VERSION MESSAGE 'ours';
CREATE TABLE side.same(id INT);
CALL versor.commit_version('theirs', 'side');
MERGE BRANCH side;
! MERGE_CONFLICT merging side into main: one side has a table same, the other a view; rename one of them before merging
MERGE BRANCH side USING THEIRS;
! MERGE_CONFLICT rename one of them
ALTER VIEW same RENAME TO ours;
COMMIT VERSION MESSAGE 'renamed';
MERGE BRANCH side;
SELECT count(*) FROM same;
> 0
# A name that one side gives to a table it had, and the other to a new one.
ALTER TABLE same RENAME TO other;
COMMIT VERSION MESSAGE 'ours';
CREATE TABLE side.other(id INT);
CALL versor.commit_version('theirs', 'side');
MERGE BRANCH side;
! MERGE_CONFLICT both sides have a table other, and they are two tables; rename one of them before merging
ALTER TABLE side.other RENAME TO third;
CALL versor.commit_version('theirs again', 'side');
MERGE BRANCH side;
SELECT table_name FROM versor.tables WHERE table_type = 'TABLE';
> other
> t
> third
# Taken back, picked, squashed.
CREATE VIEW v AS SELECT 1 AS n;
COMMIT VERSION MESSAGE 'v';
REVERT COMMIT 'HEAD';
SELECT count(*) FROM versor.views WHERE view_name = 'v';
> 0
CHERRY PICK COMMIT 'HEAD~1';
SELECT count(*) FROM versor.views WHERE view_name = 'v';
> 1
CREATE OR REPLACE BRANCH side;
CREATE VIEW side.w AS SELECT 2 AS m;
CALL versor.commit_version('w', 'side');
MERGE BRANCH side SQUASH;
SELECT * FROM w;
> 2
# Before the first commit there is nothing to reset to.
RESET BRANCH main TO COMMIT 'HEAD~1' SOFT;
SELECT table_name, change FROM versor.status;
> w | created
# What came to the other side uncommitted was in no common version: nobody knows who renamed it.
CREATE VIEW early AS SELECT 1 AS n;
CREATE TABLE young(id INT);
CREATE BRANCH copy WITH CHANGES;
ALTER VIEW early RENAME TO late;
ALTER TABLE young RENAME TO old;
COMMIT VERSION MESSAGE 'ours';
CALL versor.commit_version('theirs', 'copy');
MERGE BRANCH copy;
! MERGE_CONFLICT its name was changed to 'old' here and to 'young' there
MERGE BRANCH copy USING OURS;
SELECT table_name FROM versor.tables WHERE table_name IN ('early', 'late', 'young', 'old');
> late
> old
