# DROP and TRUNCATE of several tables: all of them, or none.
CREATE TABLE a(i INTEGER GENERATED ALWAYS AS IDENTITY, v INTEGER);
CREATE TABLE b(i INTEGER PRIMARY KEY);
CREATE TABLE c(i INTEGER);
CREATE VIEW va AS SELECT v FROM a;
CREATE VIEW vva AS SELECT v + 1 AS w FROM va;
CREATE VIEW vb AS SELECT i FROM b;
INSERT INTO a (v) VALUES (1), (2);
INSERT INTO b VALUES (1);
TRUNCATE a, b, main.a;
= 3
INSERT INTO a (v) VALUES (3) RETURNING i;
> 3
INSERT INTO b VALUES (1);
TRUNCATE TABLE a, nowhere;
! 42P01 nowhere
TRUNCATE a, b RESTART IDENTITY CASCADE;
= 2
INSERT INTO a (v) VALUES (4) RETURNING i;
> 1
CREATE BRANCH other AS OF BRANCH main WITH CHANGES;
TRUNCATE a, other.b;
! 0A000 one statement writes one branch
DROP TABLE a, nowhere;
! 42P01 nowhere
DROP TABLE a, va;
! 42809 va
SELECT COUNT(*) FROM a;
> 1
# RESTRICT keeps what views read, CASCADE takes the views along; without a word, they stay.
DROP TABLE c, a RESTRICT;
! 2BP01 view va reads what is dropped; DROP … CASCADE drops it, too
DROP VIEW va RESTRICT;
! 2BP01 view vva
DROP TABLE c, a, a CASCADE;
SELECT view_name FROM versor.views;
> vb
DROP TABLE IF EXISTS b, c RESTRICT;
! 2BP01 view vb
DROP TABLE IF EXISTS b, c;
SELECT * FROM vb;
! 42P01
DROP VIEW IF EXISTS vb, nowhere CASCADE;
SHOW TABLES;
DROP TABLE other.a, other.b;
DROP VIEW other.va, other.vb, other.vva;
DROP TABLE a,;
! 42601
