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
CHECK STORE REPAIR;
! 0A000 CHECK STORE REPAIR
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
