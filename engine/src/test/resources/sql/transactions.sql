CREATE TABLE t(id INTEGER);
BEGIN;
INSERT INTO t VALUES (1);
SAVEPOINT a;
INSERT INTO t VALUES (2);
SELECT id FROM t;
> 1
> 2
ROLLBACK TO SAVEPOINT a;
SELECT id FROM t;
> 1
# A failing statement takes back itself alone.
INSERT INTO t VALUES (3), ('x');
! INVALID_VALUE row 2
INSERT INTO t VALUES (4);
SELECT id FROM t;
> 1
> 4
# One branch a transaction; version statements want no pending writes.
CREATE BRANCH b;
! PENDING_CHANGES CREATE BRANCH
RELEASE SAVEPOINT nothing;
! 3B001 nothing
ROLLBACK;
SELECT count(*) FROM t;
> 0
BEGIN;
INSERT INTO t VALUES (5);
# COMMIT VERSION takes the writes along and ends the transaction.
COMMIT VERSION MESSAGE 'five';
ROLLBACK;
SELECT id FROM t AS OF COMMIT 'HEAD';
> 5
SAVEPOINT outside;
! 25P01 BEGIN
CREATE BRANCH other;
BEGIN;
INSERT INTO t VALUES (6);
INSERT INTO other.t VALUES (7);
! 0A000 main
COMMIT;
SELECT count(*) FROM t;
> 2
SELECT count(*) FROM other.t;
> 1
# DDL is part of a transaction.
BEGIN;
CREATE TABLE u(x INTEGER);
INSERT INTO u VALUES (1);
SELECT * FROM u;
> 1
ROLLBACK;
SELECT * FROM u;
! 42P01 u
