# Names of versions, and names of columns that stand beside what Versor tells of versions.
CREATE TABLE t (id INTEGER, author TEXT, message TEXT, commit_id TEXT, change_type TEXT, "index" INTEGER, "commit" TEXT);
INSERT INTO t VALUES (1, 'ada', 'hello', 'c', 'x', 7, 'k');
COMMIT VERSION MESSAGE 'first' AUTHOR 'ben';
# The table's columns keep their names; what Versor tells has another where they meet.
SELECT author, message, commit_id = 'c', version_author, version_message, length(version_commit_id) FROM "t$history";
> ada | hello | true | ben | first | 40
SELECT author, version_author FROM t FOR SYSTEM_TIME ALL WHERE _rowid = (SELECT _rowid FROM t);
> ada | ben
SELECT id, author, version_author FROM TABLE(versor.history('t'));
> 1 | ada | ben
UPDATE t SET "index" = 8;
SELECT diff_type, version_from_index, from_index, version_to_index, to_index, from_commit FROM TABLE(versor.diff('t'));
> modified | 0 | 7 | 0 | 8 | k
SELECT diff_type, from_index, to_index, from_commit, version_from_commit IS NULL, length(version_to_commit) FROM "t$diff" WHERE version_to_commit IS NOT NULL;
> added | NULL | 7 | NULL | true | 40
SELECT version_change_type, change_type, "index" FROM TABLE(versor.changes('t'));
> update_preimage | x | 7
> update_postimage | x | 8
SELECT author, author_commit = commit_id FROM TABLE(versor.blame('t'));
> ben | true
# Of every table already.
CREATE TABLE u (_rowid INTEGER);
! 42939 hidden column _rowid
CREATE TABLE u ("_INDEX" INTEGER);
! 42939 hidden column _INDEX
CREATE TABLE u AS SELECT _rowid FROM t;
! 42939 hidden column _rowid
ALTER TABLE t ADD COLUMN _index INTEGER;
! 42939 hidden column _index
ALTER TABLE t RENAME COLUMN id TO _rowid;
! 42939 hidden column _rowid
RESET BRANCH;
# NULL names no version, least of all the current one.
SELECT * FROM t FOR SYSTEM_TIME AS OF NULL;
! 22004 the version to read is NULL
# A table is read in one version.
SELECT * FROM t /*+ AS_OF_BRANCH('main'), AS_OF_COMMIT('HEAD') */;
! 42601 a second version of t
# A text may go on in the next line, and only there.
COMMIT VERSION MESSAGE 'one, '
  'two' ALLOW EMPTY;
SELECT message FROM versor.log LIMIT 1;
> one, two
COMMIT VERSION MESSAGE 'one, ' 'two' ALLOW EMPTY;
! 42601 same line
CREATE BRANCH 'a' 'b';
! 42601 same line
CREATE BRANCH 'a'
  'b';
USE BRANCH 'a'
  'b';
SELECT CURRENT_BRANCH;
> ab
USE BRANCH main;
# Two texts are two versions where two are asked for.
SHOW DIFF 'HEAD~1' 'HEAD';
> (none)
SHOW DIFF 'HEAD~9' 'HEAD';
! 3F000 goes back 9 commits, but
INSERT INTO t (id) VALUES (2);
COMMIT VERSION;
SHOW DIFF 'HEAD~1'
  'HEAD';
> t | NULL | NULL | NULL | 1 | 0 | 0
> t | id | NULL | NULL | 1 | 0 | 0
> t | author | NULL | NULL | 1 | 0 | 0
> t | message | NULL | NULL | 1 | 0 | 0
> t | commit_id | NULL | NULL | 1 | 0 | 0
> t | change_type | NULL | NULL | 1 | 0 | 0
> t | index | NULL | NULL | 1 | 0 | 0
> t | commit | NULL | NULL | 1 | 0 | 0
SHOW DIFF 'HEAD~1' 'HEAD' 'main';
! 42883 diff_summary with 3 arguments
# Properties go with UNSET as with NULL.
ALTER TABLE t SET PROPERTY 'owner' = 'ann';
ALTER TABLE t ALTER COLUMN id SET PROPERTY 'unit' = 'm';
SELECT tensor_name, key, value FROM versor.properties ORDER BY key;
> NULL | owner | ann
> id | unit | m
ALTER TABLE t UNSET PROPERTY 'owner';
ALTER TABLE t ALTER COLUMN id UNSET PROPERTY 'unit';
ALTER TABLE t UNSET PROPERTY 'owner';
SELECT * FROM versor.properties;
> (none)
SELECT TABLE_HASH('t', 'HEAD') = TABLE_HASH('t', 'HEAD~1');
> false
