# Commits that expire cannot be asked for any more; those that are kept stay what they are.
CREATE TABLE t(id BIGINT, name TEXT);
INSERT INTO t VALUES (1, 'a'), (2, 'b');
COMMIT VERSION MESSAGE 'one';
UPDATE t SET name = 'A' WHERE id = 1;
COMMIT VERSION MESSAGE 'two';
CREATE TAG v2;
INSERT INTO t VALUES (3, 'c');
COMMIT VERSION MESSAGE 'three';
UPDATE t SET name = 'AA' WHERE id = 1;
COMMIT VERSION MESSAGE 'four';
DELETE FROM t WHERE id = 2;
COMMIT VERSION MESSAGE 'five';
UPDATE t SET name = 'C' WHERE id = 3;
COMMIT VERSION MESSAGE 'six';
CREATE BRANCH notes;
CREATE TABLE notes.seen(message TEXT, commit_id TEXT, hash TEXT);
INSERT INTO notes.seen SELECT message, commit_id, TABLE_HASH('t', commit_id) FROM versor.log;
SELECT count(*) FROM versor.expiries;
> 0
# A dry run changes nothing. What is between two commits goes, so that the newer one says it all.
SQUASH HISTORY FROM COMMIT v2 TO COMMIT 'main~1' DRY RUN;
SELECT count(*) FROM versor.log;
> 6
SQUASH HISTORY FROM COMMIT v2 TO COMMIT 'main~1';
SELECT message, expired_before FROM versor.log;
> six | false
> five | true
> two | false
> one | false
SELECT c.message, p.message FROM versor.commit_parents x
  JOIN versor.commits c ON c.commit_id = x.commit_id
  JOIN versor.commits p ON p.commit_id = x.parent_id;
> six | five
> five | two
> two | one
SELECT message FROM versor.commits WHERE commit_id IN (SELECT commit_id FROM notes.seen);
> six
> five
> two
> one
SELECT count(*) FROM notes.seen s JOIN versor.log l ON s.message = l.message
  WHERE s.commit_id = l.commit_id AND s.hash = TABLE_HASH('t', l.commit_id);
> 4
SELECT author, operation, commits FROM versor.expiries;
> ann | SQUASH HISTORY FROM COMMIT v2 TO COMMIT main~1 | 2
SELECT id, name FROM t AS OF COMMIT 'main~2';
> 1 | A
> 2 | b
SELECT id, name FROM t AS OF COMMIT 'main~1^1';
> 1 | A
> 2 | b
SELECT id, name, message FROM "t$history" ORDER BY id, committed_at DESC;
> 1 | AA | five
> 1 | A | two
> 1 | a | one
> 2 | b | one
> 3 | C | six
> 3 | c | five
SELECT id, c.message, n.message FROM TABLE(versor.blame('t')) b JOIN t ON t._rowid = b._rowid
  JOIN versor.commits c ON c.commit_id = b.commit_id
  JOIN versor.commits n ON n.commit_id = b.name_commit ORDER BY id;
> 1 | five | five
> 3 | six | six
SELECT diff_type, from_id, to_id, l.message FROM "t$diff" d JOIN versor.log l
  ON l.commit_id = d.to_commit WHERE l.message = 'five' ORDER BY diff_type;
> added | NULL | 3 | five
> modified | 1 | 1 | five
> removed | 2 | NULL | five
SELECT rows_added, rows_deleted FROM TABLE(versor.diff_summary('main~2', 'main~1')) WHERE tensor_name IS NULL;
> 1 | 1
SELECT message FROM TABLE(versor.log('v2..main'));
> six
> five
# A commit that is squashed is taken back with all that it stands for.
CREATE BRANCH back;
REVERT COMMIT 'main~1' USING OURS INTO back;
SELECT id, name FROM back.t ORDER BY id;
> 1 | A
> 2 | b
> 3 | C
# Before a commit.
EXPIRE HISTORY BEFORE COMMIT 'main~1';
SELECT message, expired_before FROM versor.log;
> six | false
> five | true
> two | true
SELECT message, expired_before FROM TABLE(versor.log('v2'));
> two | true
SELECT count(*) FROM t AS OF COMMIT 'main~3';
! 3F000 expired
SELECT count(*) FROM t AS OF COMMIT 'v2^1';
! 3F000 expired
CHERRY PICK COMMIT v2 INTO notes;
! WRONG_STATE all before it has expired
DROP TAG v2;
EXPIRE HISTORY BEFORE COMMIT main;
SELECT message, expired_before FROM versor.log;
> six | true
SELECT count(*) FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '2020-01-01 00:00:00';
! 3F000 no commit at or before
SELECT id, name, message FROM "t$history" ORDER BY id, committed_at DESC;
> 1 | AA | six
> 3 | C | six
SELECT message, commits FROM (VALUES (1)) CROSS JOIN (SELECT operation AS message, commits FROM versor.expiries);
> EXPIRE HISTORY BEFORE COMMIT main | 2
> EXPIRE HISTORY BEFORE COMMIT main~1 | 1
> SQUASH HISTORY FROM COMMIT v2 TO COMMIT main~1 | 2
VACUUM OLDER THAN '0 days';
CHECK STORE;
> (none)
SELECT count(*) FROM notes.seen s JOIN versor.log l ON s.message = l.message
  WHERE s.commit_id = l.commit_id AND s.hash = TABLE_HASH('t', l.commit_id);
> 1
# By age; some of the last ones, and all that is needed, stay.
UPDATE t SET name = 'x' WHERE id = 1;
COMMIT VERSION MESSAGE 'seven';
UPDATE t SET name = 'y' WHERE id = 1;
COMMIT VERSION MESSAGE 'eight';
UPDATE t SET name = 'z' WHERE id = 1;
COMMIT VERSION MESSAGE 'nine';
CALL versor.expire_history(older_than => '7 days');
> (none)
EXPIRE HISTORY OF BRANCH main OLDER THAN INTERVAL '0' DAY KEEP LAST 2;
SELECT message FROM versor.log;
> nine
> eight
> six
# The branches are still merged over the commit where they parted.
MERGE BRANCH main INTO back;
! MERGE_CONFLICT meets 1 conflict: table t
MERGE BRANCH main INTO back USING THEIRS;
SELECT id, name FROM back.t ORDER BY id;
> 1 | z
> 2 | b
> 3 | C
CALL versor.squash_history('main~2', 'main', dry_run => TRUE);
SQUASH HISTORY FROM COMMIT main TO COMMIT 'main~1';
! WRONG_STATE name the older one first
EXPIRE HISTORY BEFORE COMMIT main KEEP LAST 0;
! 22023 always stays
EXPIRE HISTORY OLDER THAN 'soon';
! 22023 found soon
EXPIRE HISTORY OF BRANCH nosuch OLDER THAN '1 day';
! 3F000 nosuch
CALL versor.expire_history();
! 22023 one of older_than and before
BEGIN;
INSERT INTO t VALUES (9, 'n');
EXPIRE HISTORY BEFORE COMMIT main;
! PENDING_CHANGES EXPIRE HISTORY
ROLLBACK;
CHECK STORE;
> (none)
