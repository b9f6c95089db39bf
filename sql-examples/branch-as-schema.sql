-- A branch is a schema: name it before the table, or make it the current one.
USE BRANCH main;
DROP BRANCH IF EXISTS experiment FORCE;
DROP TABLE IF EXISTS scores;

CREATE TABLE scores (player TEXT, points INTEGER);
INSERT INTO scores VALUES ('ann', 10), ('bob', 20);
COMMIT VERSION MESSAGE 'Scores';
CREATE BRANCH experiment;

-- Write to the branch without leaving main.
UPDATE experiment.scores SET points = points + 100 WHERE player = 'ann';
SELECT * FROM main.scores ORDER BY player;
SELECT * FROM experiment.scores ORDER BY player;

-- The current branch is what an unqualified name means.
SET SCHEMA 'experiment';
SELECT player, points FROM scores WHERE points > 100;
SELECT name, has_changes, is_current FROM versor.branches ORDER BY name;

-- A revision is a schema as well, one that cannot be written.
SELECT COUNT(*) AS rows_then FROM "experiment~0".scores WHERE points > 100;
USE BRANCH main;
