# Branches, tags and where a session is.
CREATE TABLE t (id INTEGER, name TEXT);
# Before the first commit there is nothing to name.
CREATE TAG early;
! 3F000 main has no commit yet
SELECT * FROM t AS OF COMMIT 'HEAD';
! 3F000 main has no commit yet
INSERT INTO t VALUES (1, 'one');
COMMIT VERSION MESSAGE 'one';
INSERT INTO t VALUES (2, 'two');
COMMIT VERSION MESSAGE 'two';
# Names that git refuses, and those that would read as something else here.
CREATE BRANCH 'a b';
! 42602 a space is not allowed
CREATE BRANCH "a..b";
! 42602 two dots
CREATE BRANCH '-b';
! 42602 begin with -
CREATE BRANCH 'b.lock';
! 42602 .lock
CREATE BRANCH '/b';
! 42602 a / must stand between two parts
CREATE BRANCH 'a~1';
! 42602 the character ~
CREATE BRANCH '@';
! 42602 @ alone
CREATE BRANCH '';
! 42602 at least one character
CREATE BRANCH versor;
! 42602 reserved
CREATE BRANCH Information_Schema;
! 42602 reserved
CREATE BRANCH head;
! 42602 reserved
CREATE BRANCH abcdef12;
! 42602 reads as a commit id
CREATE TAG deadbeef;
! 42602 reads as a commit id
CREATE BRANCH MAIN;
! 42710 differs from the existing branch main only in case
# Five hex digits are no commit id.
CREATE BRANCH abcde;
DROP BRANCH abcde;
CREATE BRANCH "feature/x";
SELECT name, has_changes, is_current, parent FROM versor.branches ORDER BY name;
> feature/x | false | false | main
> main | false | true | NULL
CREATE BRANCH main;
! 42710 branch main exists already
CREATE BRANCH IF NOT EXISTS main;
CREATE OR REPLACE BRANCH IF NOT EXISTS b;
! 42601 either replaced or kept
# Unknown names, with near ones.
USE BRANCH mian;
! 3F000 did you mean main?
USE BRANCH "feature/y";
! 3F000 did you mean feature/x?
CREATE BRANCH b AS OF COMMIT 'mian~1';
! 3F000 did you mean main?
SELECT * FROM "maim".t;
! 42P01 did you mean main?
# Past the root it says how many commits there are.
SELECT count(*) FROM t AS OF COMMIT 'HEAD~1';
> 1
SELECT count(*) FROM t AS OF COMMIT 'HEAD~2';
! 3F000 has only 1 before it
SELECT count(*) FROM "main~2".t;
! 3F000 has only 1 before it
USE COMMIT 'main~7';
! 3F000 goes back 7 commits
CREATE BRANCH b AS OF COMMIT 'HEAD^2';
! 3F000 has 1 parent
USE COMMIT '0123456789';
! 3F000 0123456789
USE COMMIT 'b~x';
! 3F000 expected ~, ^ or the end, found 'x'
# A branch of a branch, a commit, a tag, the current one; with what is not committed or without.
INSERT INTO t VALUES (3, 'three');
CREATE BRANCH clean;
CREATE BRANCH dirty WITH CHANGES;
CREATE BRANCH old AS OF COMMIT 'main~1';
CREATE BRANCH copy AS OF BRANCH dirty WITH CHANGES;
SELECT (SELECT count(*) FROM clean.t), (SELECT count(*) FROM dirty.t), (SELECT count(*) FROM old.t),
  (SELECT count(*) FROM copy.t);
> 2 | 3 | 1 | 3
CREATE BRANCH c AS OF COMMIT 'main~1' WITH CHANGES;
! 42601 WITH CHANGES needs a branch
RESET BRANCH;
# Renamed, the current branch goes on; names of others are taken.
USE BRANCH copy;
ALTER BRANCH copy RENAME TO dirty;
! 42710 branch dirty exists already
ALTER BRANCH copy RENAME TO 'new name';
! 42602 a space
ALTER BRANCH copi RENAME TO b;
! 3F000 did you mean copy?
ALTER BRANCH copy RENAME TO Copy;
SELECT name FROM versor.branches WHERE is_current;
> Copy
ALTER BRANCH "Copy" RENAME TO moved;
SELECT count(*) FROM t;
> 3
DELETE FROM t WHERE id = 1;
= 1
SELECT count(*) FROM moved.t;
> 2
# What cannot be dropped: the current one, one with changes, one with commits of its own.
DROP BRANCH moved;
! WRONG_STATE is the current one
DROP BRANCH moved FORCE;
! WRONG_STATE is the current one
USE BRANCH main;
DROP BRANCH moved;
! WRONG_STATE branch moved has uncommitted changes
USE BRANCH moved;
COMMIT VERSION MESSAGE 'three without one';
USE BRANCH main;
DROP BRANCH moved;
! WRONG_STATE has commits that no other branch or tag reaches
# A tag reaches them: dropped without a word.
CREATE TAG kept AS OF BRANCH moved MESSAGE 'the work on moved';
DROP BRANCH moved;
SELECT count(*) FROM kept.t;
> 2
DROP BRANCH moved;
! 3F000 moved
DROP BRANCH IF EXISTS moved;
> (none)
DROP BRANCH dirty FORCE;
DROP BRANCH old;
# Replaced in one step; what the new one reaches is not lost.
CREATE OR REPLACE BRANCH main;
! WRONG_STATE is the current one
INSERT INTO clean.t VALUES (9, 'nine');
CREATE OR REPLACE BRANCH clean;
! WRONG_STATE branch clean has uncommitted changes
CALL versor.commit_version('nine', 'clean');
CREATE OR REPLACE BRANCH clean AS OF COMMIT 'main';
! WRONG_STATE has commits that no other branch or tag reaches
CREATE OR REPLACE BRANCH clean AS OF BRANCH clean;
SELECT count(*) FROM clean.t;
> 3
CREATE TAG nine AS OF BRANCH clean;
CREATE OR REPLACE BRANCH clean AS OF COMMIT 'main~1';
SELECT count(*) FROM clean.t;
> 1
CREATE OR REPLACE BRANCH another AS OF TAG nine;
SELECT count(*) FROM another.t;
> 3
# Tags: annotated, unmovable, read as schemas.
CREATE TAG v1 AS OF COMMIT 'main~1' MESSAGE 'first release';
SELECT name, message, tagger, created_at <= CURRENT_TIMESTAMP FROM versor.tags WHERE name = 'v1';
> v1 | first release | ann | true
CREATE TAG v1;
! 42710 tag v1 exists already
CREATE TAG V1;
! 42710 differs from the existing tag v1 only in case
CREATE OR REPLACE TAG v1;
! 42601
CREATE TAG v2 AS OF TAG v1;
CREATE TAG v3 AS OF TAG v9;
! 3F000 no tag 'v9'
SELECT name FROM v1.t;
> one
SELECT name FROM t AS OF TAG 'v2';
> one
SELECT count(*) FROM "v1~1".t;
! 3F000 goes back 1 commit, but
INSERT INTO v1.t VALUES (5, 'five');
! READ_ONLY CREATE BRANCH
UPDATE "main~1".t SET id = 0;
! READ_ONLY CREATE BRANCH
# A branch goes before a tag of its name, but not where the statement says TAG.
CREATE TAG main AS OF COMMIT 'main~1';
SELECT count(*) FROM main.t;
> 2
SELECT count(*) FROM t AS OF TAG 'main';
> 1
CREATE BRANCH tagged AS OF TAG main;
SELECT count(*) FROM tagged.t;
> 1
DROP BRANCH tagged;
USE TAG main;
SELECT count(*) FROM t;
> 1
DELETE FROM t;
! READ_ONLY CREATE BRANCH
USE BRANCH main;
DROP TAG main;
DROP TAG v2;
DROP TAG v2;
! 3F000 no tag 'v2'
DROP TAG IF EXISTS v2;
> (none)
# On a commit the session reads; it writes where a statement names a branch.
USE COMMIT 'main~1';
SELECT count(*) FROM t;
> 1
INSERT INTO t VALUES (7, 'seven');
! READ_ONLY CREATE BRANCH
COMMIT VERSION;
! READ_ONLY CREATE BRANCH
RESET BRANCH;
! READ_ONLY CREATE BRANCH
MERGE BRANCH another;
! READ_ONLY CREATE BRANCH
CREATE BRANCH c WITH CHANGES;
! 42601 WITH CHANGES needs a branch
CREATE BRANCH there;
CREATE TAG here;
SELECT (SELECT count(*) FROM there.t), (SELECT count(*) FROM here.t);
> 1 | 1
MERGE BRANCH another INTO there;
SELECT count(*) FROM there.t;
> 3
INSERT INTO main.t VALUES (8, 'eight');
RESET BRANCH main;
USE TAG V1;
SELECT count(*) FROM t;
> 1
SET SCHEMA 'main';
CHECKOUT BRANCH there;
SELECT name FROM versor.branches WHERE is_current;
> there
USE TAG nope;
! 3F000 no tag 'nope'
USE BRANCH main;
# With writes in a transaction, only COMMIT VERSION goes on.
BEGIN;
INSERT INTO t VALUES (4, 'four');
CREATE BRANCH b;
! PENDING_CHANGES CREATE BRANCH
DROP BRANCH there;
! PENDING_CHANGES DROP BRANCH
ALTER BRANCH there RENAME TO b;
! PENDING_CHANGES ALTER BRANCH
CREATE TAG b;
! PENDING_CHANGES CREATE TAG
DROP TAG v1;
! PENDING_CHANGES DROP TAG
MERGE BRANCH there;
! PENDING_CHANGES MERGE BRANCH
RESET BRANCH;
! PENDING_CHANGES RESET BRANCH
SELECT count(*) FROM t;
> 3
COMMIT VERSION MESSAGE 'four';
ROLLBACK;
SELECT count(*) FROM t;
> 3
# SHOW is a query.
SHOW BRANCHES;
SHOW TAGS;
SHOW STATUS;
> (none)
SHOW LOG;
SHOW LOG 'v1';
SHOW LOG 'v1..main';
SELECT count(*) FROM TABLE(versor.log('v1..main'));
> 2
SHOW LOG nope;
! 3F000 nope
SHOW DIFF;
> (none)
SHOW DIFF 'HEAD~1';
> t | NULL | NULL | NULL | 1 | 0 | 0
> t | id | NULL | NULL | 1 | 0 | 0
> t | name | NULL | NULL | 1 | 0 | 0
SHOW DIFF v1 main;
> t | NULL | NULL | NULL | 2 | 0 | 0
> t | id | NULL | NULL | 2 | 0 | 0
> t | name | NULL | NULL | 2 | 0 | 0
SHOW TABLES;
> t | TABLE | 3 | NULL
CREATE TABLE "odd name" (id BIGINT NOT NULL DEFAULT 7 COMMENT 'the key', tag CLASS_LABEL('a', 'it''s'),
  emb EMBEDDING(3), PRIMARY KEY (id), UNIQUE (tag));
DESCRIBE t;
> id | INTEGER | true | NULL | NULL
> name | TEXT | true | NULL | NULL
SHOW COLUMNS FROM "odd name";
> id | BIGINT | false | 7 | the key
> tag | CLASS_LABEL('a', 'it''s') | true | NULL | NULL
> emb | EMBEDDING(3) | true | NULL | NULL
SHOW COLUMNS IN v1.t;
> id | INTEGER | true | NULL | NULL
> name | TEXT | true | NULL | NULL
DESC TABLE nine.nothing;
! 42P01 no table nothing in commit
DESCRIBE "odd nam";
! 42P01 did you mean odd name?
DESCRIBE versor.Tags;
> name | VARCHAR | false | NULL | NULL
> commit_id | VARCHAR | false | NULL | NULL
> message | VARCHAR | true | NULL | NULL
> created_at | TIMESTAMP(6) | false | NULL | NULL
> tagger | VARCHAR | true | NULL | NULL
SHOW CREATE TABLE versor.tags;
! 42809 tags is a system table
DESCRIBE versor.tabels;
! 42P01 no table tabels in versor; did you mean tables?
