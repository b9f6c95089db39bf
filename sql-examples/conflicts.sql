-- Two people labelled the same pictures differently; the merge keeps both answers until somebody decides.
USE BRANCH main;
DROP BRANCH IF EXISTS second_opinion FORCE;
DROP TABLE IF EXISTS labels;

CREATE TABLE labels (picture TEXT, label CLASS_LABEL('cat', 'dog', 'fox'), note TEXT);
INSERT INTO labels VALUES ('p1', 'cat', NULL), ('p2', 'cat', NULL), ('p3', 'dog', NULL);
COMMIT VERSION MESSAGE 'First guesses';
CREATE BRANCH second_opinion;

UPDATE labels SET label = 'fox' WHERE picture = 'p1';
UPDATE labels SET label = 'dog' WHERE picture = 'p2';
COMMIT VERSION MESSAGE 'Ada looked again';

UPDATE second_opinion.labels SET label = 'dog', note = 'blurred' WHERE picture = 'p1';
UPDATE second_opinion.labels SET label = 'fox' WHERE picture = 'p2';
UPDATE second_opinion.labels SET note = 'sleeping' WHERE picture = 'p3';
CALL versor.commit_version('Grace looked again', 'second_opinion');

-- What would happen, and what is kept when nobody is right yet. The notes do not conflict.
MERGE BRANCH second_opinion DRY RUN;
MERGE BRANCH second_opinion USING CONFLICTS;
SELECT base_picture, base_label, our_label, their_label FROM "labels$conflicts";

-- Grace was right about the first; the second was neither.
RESOLVE CONFLICTS ON labels USING THEIRS WHERE base_picture = 'p1';
UPDATE "labels$conflicts" SET our_label = 'cat', our_note = 'both wrong' WHERE base_picture = 'p2';
DELETE FROM "labels$conflicts";
COMMIT VERSION;
SELECT * FROM labels;

-- Who said what, when.
SELECT picture, c.message AS label_by
FROM TABLE(versor.blame('labels')) b
JOIN labels l ON l._rowid = b._rowid
JOIN versor.commits c ON c.commit_id = b.label_commit;
