-- A folder of pictures under version control, step by step.
-- Run it with:  ./versor sql-examples/tutorial.sql      (as often as you like)

-- Start clean: on main, without what an earlier run of this script left behind.
USE BRANCH main;
DROP BRANCH IF EXISTS dog_flipped FORCE;
DROP TABLE IF EXISTS animals;

-- 1. A table is a dataset: columns are tensors, cells are samples. An IMAGE keeps its bytes as
--    they are; a CLASS_LABEL is a number with a name.
CREATE TABLE animals (images IMAGE('jpeg'), labels CLASS_LABEL('cat', 'dog'));

-- 2. Add a cat, look at it, and commit. Files are looked up beside this script.
INSERT INTO animals VALUES (READ_FILE('pictures/cat_1.jpg'), 'cat');
SELECT _index, images, labels FROM animals;
COMMIT VERSION MESSAGE 'Added image of a cat';

-- 3. Add a dog and commit again.
INSERT INTO animals VALUES (READ_FILE('pictures/dog_1.jpg'), 'dog');
COMMIT VERSION MESSAGE 'Added image of a dog';
SELECT COUNT(*) AS samples FROM animals;

-- 4. The first version is still there.
SELECT COUNT(*) AS samples FROM animals AS OF COMMIT 'HEAD~1';

-- 5. The log, newest first. What is not committed has no entry.
SELECT commit_id, branch, author, committed_at, message FROM versor.log LIMIT 2;

-- 6. Flip the dog on a branch of its own.
CREATE BRANCH dog_flipped;
USE BRANCH dog_flipped;
UPDATE animals SET images = ENCODE_IMAGE(TRANSPOSE(DECODE_IMAGE(images), 1, 0, 2), 'jpeg') WHERE _index = 1;
COMMIT VERSION MESSAGE 'Flipped the dog';

-- 7. On the branch the picture lies on its side; on main nothing has changed.
SELECT _index, images, SHAPE(images) AS shape FROM dog_flipped.animals;
SELECT _index, images, SHAPE(images) AS shape FROM main.animals;

-- 8. What is different between two versions, in numbers and row by row.
SELECT table_name, tensor_name, rows_added, rows_updated, rows_deleted
  FROM TABLE(versor.diff_summary('main', 'dog_flipped')) WHERE tensor_name IS NOT NULL;
SELECT diff_type, from_images, to_images, to_labels
  FROM TABLE(versor.diff('animals', 'main', 'dog_flipped'));

-- 9. Back on main, add a second dog, but do not commit. It is stored, and seen by all on main.
USE BRANCH main;
INSERT INTO animals VALUES (READ_FILE('pictures/dog_2.jpg'), 'dog');
SELECT table_name, tensor_name, rows_added, rows_updated, rows_deleted
  FROM versor.status WHERE tensor_name IS NOT NULL;
SELECT COUNT(*) AS on_main FROM main.animals;
SELECT COUNT(*) AS on_branch FROM dog_flipped.animals;

-- 10. Changed your mind? Drop what is not committed.
RESET BRANCH;
SELECT COUNT(*) AS samples FROM animals;

-- 11. Merge the branch: main gets the flipped dog, byte for byte the branch's.
MERGE BRANCH dog_flipped;
SELECT _index, SHAPE(images) AS shape, labels FROM animals;
SELECT m.images = d.images AS same_bytes
  FROM main.animals m JOIN dog_flipped.animals d ON m._rowid = d._rowid WHERE m._index = 1;
SELECT branch, message, parents FROM versor.log LIMIT 1;
