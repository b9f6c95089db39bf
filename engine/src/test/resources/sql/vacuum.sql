# What no version needs goes; a dropped branch with its commits, unless a branch or tag reaches them.
CREATE TABLE t(id BIGINT, name TEXT);
INSERT INTO t VALUES (1, 'a');
COMMIT VERSION MESSAGE 'one';
VACUUM;
> (none)
CREATE BRANCH b;
USE BRANCH b;
INSERT INTO t VALUES (2, 'b');
COMMIT VERSION MESSAGE 'two';
CREATE TAG kept;
USE BRANCH main;
DROP BRANCH b FORCE;
VACUUM OLDER THAN INTERVAL '0' SECOND;
> (none)
SELECT count(*) FROM t AS OF TAG 'kept';
> 2
DROP TAG kept;
# It is condemned, and readable for as long as the age says.
VACUUM;
> log/00000002/0000000000000000.log | 512 | log of dropped branch number 2 | false
CREATE BRANCH c;
VACUUM DRY RUN;
> log/00000002/0000000000000000.log | 512 | log of dropped branch number 2 | false
VACUUM DRY RUN OLDER THAN INTERVAL '0' SECOND;
> log/00000002/0000000000000000.log | 512 | log of dropped branch number 2 | true
CALL versor.vacuum(dry_run => TRUE, older_than => '0 days');
> log/00000002/0000000000000000.log | 512 | log of dropped branch number 2 | true
CALL versor.vacuum(older_than => '0 seconds');
> log/00000002/0000000000000000.log | 512 | log of dropped branch number 2 | true
VACUUM OLDER THAN '0 days';
> (none)
SELECT * FROM t;
> 1 | a
SELECT count(*) FROM versor.commits;
> 1
# Ages are of days and smaller.
VACUUM OLDER THAN INTERVAL '1' MONTH;
! 22023 an age is an interval of days or smaller
VACUUM OLDER THAN INTERVAL -'1' DAY;
! 22023 an age is
VACUUM OLDER THAN 'soon';
! 22023 found soon
CALL versor.vacuum(older_than => 'soon');
! 22023 found soon
VACUUM OLDER THAN NULL;
! 22004 the age
