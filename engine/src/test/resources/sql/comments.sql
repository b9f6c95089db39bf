# Comments and properties belong to versions, and are merged key by key.
CREATE TABLE t(id INT, x TENSOR(FLOAT32, 3));
ALTER TABLE t SET PROPERTY 'source' = 'camera 1';
ALTER TABLE t ALTER COLUMN x SET PROPERTY 'unit' = 'm';
COMMENT ON TABLE t IS 'points';
COMMENT ON COLUMN t.x IS 'where';
SELECT * FROM versor.properties;
> t | NULL | source | camera 1
> t | x | unit | m
COMMIT VERSION MESSAGE 'one';
CREATE BRANCH side;
ALTER TABLE t SET PROPERTY 'source' = 'camera 2';
COMMIT VERSION MESSAGE 'ours';
ALTER TABLE side.t SET PROPERTY 'license' = 'CC0';
ALTER TABLE side.t ALTER COLUMN x SET PROPERTY 'unit' = NULL;
COMMENT ON TABLE side.t IS 'many points';
CALL versor.commit_version('theirs', 'side');
MERGE BRANCH side;
SELECT * FROM versor.properties;
> t | NULL | license | CC0
> t | NULL | source | camera 2
SELECT comment FROM versor.tables WHERE table_name = 't';
> many points
SELECT * FROM TABLE(versor.schema_diff('main~2', 'main'));
> t | NULL | comment | points | many points
> t | NULL | property license | NULL | CC0
> t | NULL | property source | camera 1 | camera 2
> t | x | property unit | m | NULL
USE COMMIT 'main~2';
SELECT * FROM versor.properties;
> t | NULL | source | camera 1
> t | x | unit | m
USE BRANCH main;
# The same key on both sides.
ALTER TABLE t SET PROPERTY 'source' = 'ours';
COMMIT VERSION MESSAGE 'source, ours';
ALTER TABLE side.t SET PROPERTY 'source' = 'theirs';
CALL versor.commit_version('source, theirs', 'side');
MERGE BRANCH side;
! MERGE_CONFLICT property source was changed to 'ours' here and to 'theirs' there
MERGE BRANCH side USING CONFLICTS;
! MERGE_CONFLICT property source
MERGE BRANCH side USING THEIRS;
SELECT "value" FROM versor.properties WHERE key = 'source';
> theirs
# How the branches came to where they are.
SELECT name, operation, message FROM versor.reflog WHERE name = 'main';
> main | merge | Merge side into main
> main | commit | source, ours
> main | merge | Merge side into main
> main | commit | ours
> main | commit | one
RESET BRANCH main TO COMMIT 'main~1' HARD;
SELECT operation, author, r.commit_id = CURRENT_COMMIT(), moved_at IS NOT NULL FROM versor.reflog r WHERE name = 'main' LIMIT 1;
> reset hard | ann | true | true
SELECT operation, message, moved_at IS NULL FROM versor.reflog WHERE name = 'side';
> commit | source, theirs | false
> commit | theirs | false
> branch | NULL | true
