-- Files become rows: pictures from a folder, and a list in CSV with a line that does not fit.
USE BRANCH main;
DROP TABLE IF EXISTS drawings;
DROP TABLE IF EXISTS parts;
DROP TABLE IF EXISTS rejects;

CREATE TABLE drawings (images IMAGE, filename VARCHAR);
COPY drawings FROM 'pictures';
SELECT filename, SHAPE(images) AS shape FROM drawings;

CREATE TABLE parts (item TEXT NOT NULL, amount INTEGER, size TENSOR(FLOAT32, 2), added DATE);
COPY parts FROM 'files/parts.csv' ON ERROR SKIP INTO rejects MAX ERRORS 10;
SELECT * FROM parts;
SELECT line_no, column_name, reason, raw FROM rejects;
