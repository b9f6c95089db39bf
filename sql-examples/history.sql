-- Every version of a row, what each commit changed, and the way back.
USE BRANCH main;
DROP TABLE IF EXISTS prices;

CREATE TABLE prices (item TEXT, price DECIMAL(8, 2));
INSERT INTO prices VALUES ('tea', 2.50), ('coffee', 3.00);
COMMIT VERSION MESSAGE 'Opening';
UPDATE prices SET price = 3.20 WHERE item = 'coffee';
COMMIT VERSION MESSAGE 'Beans cost more';
UPDATE prices SET price = 3.50 WHERE item = 'coffee';
DELETE FROM prices WHERE item = 'tea';
COMMIT VERSION MESSAGE 'A mistake';

SELECT item, price, message FROM prices FOR SYSTEM_TIME ALL;
SELECT diff_type, from_item, from_price, to_price, c.message
FROM "prices$diff" d JOIN versor.commits c ON c.commit_id = d.to_commit
WHERE diff_type <> 'added';

-- The last commit is taken back by a new one; the hash says that the table is what it was.
REVERT COMMIT 'HEAD';
SELECT message FROM versor.log LIMIT 2;
SELECT TABLE_HASH('prices') = TABLE_HASH('prices', 'main~2') AS same_content;
SELECT change_type, item, price FROM TABLE(versor.changes('prices', 'main~1', 'main'));
