# The tutorial without pictures: a table, two commits, a branch, a merge.
CREATE TABLE animals(name TEXT, labels CLASS_LABEL('cat', 'dog'));
INSERT INTO animals VALUES ('Tom', 'cat');
= 1
SELECT has_changes FROM versor.branches;
> true
COMMIT VERSION MESSAGE 'a cat';
INSERT INTO animals VALUES ('Rex', 'dog');
COMMIT VERSION MESSAGE 'a dog';
SELECT message, branch, author FROM versor.log;
> a dog | main | ann
> a cat | main | ann
# Nothing changed: refused, unless it is asked for.
COMMIT VERSION MESSAGE 'nothing';
! NOTHING_TO_COMMIT main
COMMIT VERSION MESSAGE 'nothing' ALLOW EMPTY;
RESET BRANCH;
SELECT count(*) FROM animals AS OF COMMIT 'HEAD~2';
> 1
SELECT count(*) FROM "main~2".animals;
> 1
CREATE BRANCH flipped;
USE BRANCH flipped;
UPDATE animals SET name = 'xeR' WHERE _index = 1;
= 1
# The uncommitted change is seen on its branch, also by name, and nowhere else.
SELECT name FROM main.animals;
> Tom
> Rex
SELECT name FROM animals AS OF BRANCH 'flipped' a ORDER BY a.name;
> Tom
> xeR
SELECT name FROM animals AS OF COMMIT 'flipped';
> Tom
> Rex
SELECT m._index, m.name, f.name FROM main.animals m JOIN flipped.animals f ON m._rowid = f._rowid
  WHERE m.name <> f.name;
> 1 | Rex | xeR
COMMIT VERSION MESSAGE 'flip';
USE BRANCH main;
# Uncommitted changes of the target: refused.
DELETE FROM animals WHERE name = 'Tom';
= 1
MERGE BRANCH flipped;
! WRONG_STATE
RESET BRANCH;
SELECT name FROM animals;
> Tom
> Rex
MERGE BRANCH flipped MESSAGE 'merged';
SELECT name FROM animals;
> Tom
> xeR
SELECT count(*) FROM versor.commit_parents WHERE commit_id = (SELECT head_commit FROM versor.branches WHERE name = 'main');
> 2
# Both sides change one cell: a conflict, and nothing happens.
UPDATE animals SET name = 'Max' WHERE _index = 1;
COMMIT VERSION MESSAGE 'ours';
UPDATE flipped.animals SET name = 'Ben' WHERE _index = 1;
CALL versor.commit_version('theirs', 'flipped');
MERGE BRANCH flipped;
! MERGE_CONFLICT animals
SELECT name FROM animals WHERE _index = 1;
> Max
MERGE BRANCH flipped USING THEIRS;
SELECT name FROM animals WHERE _index = 1;
> Ben
CREATE TAG v1 AS OF COMMIT 'HEAD~1' MESSAGE 'before the merge';
SELECT name FROM animals AS OF TAG 'v1' WHERE _index = 1;
> Max
SELECT name FROM animals /*+ AS_OF_TAG('v1') */ a WHERE a._index = 1;
> Max
SELECT name FROM animals FOR SYSTEM_TIME AS OF TIMESTAMP '2999-01-01 00:00:00' WHERE _index = 1;
> Ben
SELECT name FROM animals FOR SYSTEM_TIME AS OF TIMESTAMP '1999-01-01 00:00:00';
! 3F000 main
USE TAG v1;
SELECT name FROM animals WHERE _index = 1;
> Max
UPDATE animals SET name = 'x';
! READ_ONLY CREATE BRANCH
USE BRANCH main;
# A version brings its own columns.
ALTER TABLE animals ADD COLUMN age INTEGER;
SELECT * FROM animals WHERE _index = 0;
> Tom | cat | NULL
SELECT * FROM animals AS OF TAG 'v1' WHERE _index = 0;
> Tom | cat
CREATE BRANCH copy WITH CHANGES;
SELECT count(age), count(*) FROM copy.animals;
> 0 | 2
ALTER BRANCH copy RENAME TO kopie;
DROP BRANCH kopie;
! WRONG_STATE kopie
DROP BRANCH kopie FORCE;
DROP BRANCH IF EXISTS kopie;
DROP TAG v1;
SELECT count(*) FROM versor.tags;
> 0
