# A store that is whole has no damage, whatever is done to it; a backup of it neither.
CREATE TABLE t(id BIGINT PRIMARY KEY, name TEXT);
INSERT INTO t VALUES (1, 'a'), (2, 'b');
COMMIT VERSION MESSAGE 'one';
CHECK STORE;
> (none)
CREATE BRANCH dev;
OPTIMIZE TABLE t;
INSERT INTO t VALUES (3, 'c');
CALL versor.check_store();
> (none)
# A store that is whole is left as it is by a repair.
CHECK STORE REPAIR;
> (none)
CALL versor.check_store(repair => TRUE);
> (none)
SELECT name FROM t ORDER BY id;
> a
> b
> c
START TRANSACTION;
INSERT INTO t VALUES (9, 'x');
CHECK STORE REPAIR;
! PENDING_CHANGES CHECK STORE REPAIR
ROLLBACK;
INSERT INTO t VALUES (9, 'x');
DELETE FROM t WHERE id = 9;
# The first backup copies all, the next one what is new: files of the log and the root.
BACKUP TO 'backups';
CALL versor.backup('backups');
BACKUP TO 'no/such/folder';
! 58P01 there is no folder
BACKUP 'backups';
! 42601
# In a transaction with writes it would not have them.
START TRANSACTION;
INSERT INTO t VALUES (4, 'd');
BACKUP TO 'backups';
! PENDING_CHANGES BACKUP
ROLLBACK;
# A clone is another store, in a folder that is new or empty.
CLONE TO 'clone';
CLONE STORE TO 'clone';
! WRONG_STATE is not empty
CALL versor.clone_store('clone2');
CLONE TO 'no/such/folder';
! 58P01 there is no folder
CLONE 'clone3';
! 42601
START TRANSACTION;
INSERT INTO t VALUES (4, 'd');
CLONE TO 'clone3';
! PENDING_CHANGES CLONE
ROLLBACK;
