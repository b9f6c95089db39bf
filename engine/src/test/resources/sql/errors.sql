CREATE TABLE animals(name TEXT, age INTEGER NOT NULL);
INSERT INTO animals VALUES ('Tom', 3);
SELEC 1;
! 42601
SELECT 1 FROM;
! 42601
SELECT * FROM animalz;
! 42P01 did you mean animals?
SELECT * FROM main.animalz;
! 42P01 did you mean animals?
SELECT * FROM nobranch.animals;
! 42P01 nobranch
SELECT * FROM animals AS OF BRANCH 'mian';
! 3F000 mian
SELECT * FROM animals AS OF TAG 'v1';
! 3F000 no tag 'v1'
SELECT * FROM animals AS OF COMMIT 'main';
! 3F000 main
SELECT nme FROM animals;
! 42703 did you mean name?
SELECT a.name FROM animals;
! 42P01 a
SELECT name FROM animals a, animals b;
! 42702 ambiguous
SELECT nofunction(1);
! 42883 nofunction
SELECT ARRAY[1] + 1;
! 42804
SELECT name, count(*) FROM animals GROUP BY age;
! 42803
SELECT (SELECT x FROM (VALUES (1), (2)) AS v(x));
! 21000 more than one row
INSERT INTO animals VALUES ('Rex');
! 42601 1 values for 2 columns of animals
INSERT INTO animals(name, nam) VALUES ('Rex', 1);
! 42703 no column nam in animals; did you mean name?
INSERT INTO animals(name, name) VALUES ('Rex', 'x');
! 42701 twice
INSERT INTO animals(name) VALUES ('Rex');
! NOT_NULL column age of animals, row 1
INSERT INTO animalz VALUES (1);
! 42P01 did you mean animals?
UPDATE animals SET nme = 'x';
! 42703 no column nme
UPDATE animals SET age = NULL;
! NOT_NULL column age of animals, row 1
UPDATE animals SET age = age / 0;
! 22012 division by zero
DELETE FROM animals AS OF BRANCH 'main';
! 42601
DELETE FROM versor.log;
! READ_ONLY
SELECT * FROM versor.nolog;
! 42P01 nolog
SELECT * FROM TABLE(versor.diff('nothing', 'main', 'main'));
! 3F000
CALL versor.comit_version('x');
! 42883 did you mean commit_version?
CALL versor.drop_branch();
! 42883 argument name is missing
USE BRANCH nowhere;
! 3F000 nowhere
CREATE BRANCH main;
! 42710 main
CREATE BRANCH "a..b";
! 42602
CREATE TABLE animals(x INTEGER);
! TABLE_EXISTS animals
CREATE TABLE t(x INTEGER, x INTEGER);
! COLUMN_EXISTS
CREATE TABLE t(x EMBEDDING(0));
! 42601 EMBEDDING
CREATE TABLE t(x INTEGER DEFAULT 'abc');
! INVALID_VALUE column x
MERGE BRANCH nowhere;
! 3F000 nowhere
# A statement that fails changes nothing.
SELECT * FROM animals;
> Tom | 3
# Signs that are nothing alone are told at their place, and so are names of versions.
SELECT 5 @ 3;
! 42601 unexpected "@"
SELECT 5 # 3;
! 42601 unexpected "#"
SELECT a.* FROM animals b;
! 42P01 a.*: FROM has no table with that name
SELECT q.anmal FROM (SELECT 1 AS animal) q;
! 42703 did you mean animal?
