# What the standard's tools ask for: every branch is a schema.
CREATE TABLE t(id BIGINT PRIMARY KEY, name VARCHAR(20) DEFAULT 'x' COMMENT 'a name', price DECIMAL(8, 2) NOT NULL, at_ TIMESTAMP(3), vec EMBEDDING(3), UNIQUE (name, price));
COMMENT ON TABLE t IS 'things';
CREATE VIEW v AS SELECT name, price * 2 AS twice FROM t;
COMMIT VERSION MESSAGE 'one';
CREATE BRANCH side;
DROP VIEW side.v;
SELECT schema_name FROM information_schema.schemata ORDER BY 1;
> information_schema
> main
> side
> versor
SELECT table_schema, table_name, table_type, remarks FROM INFORMATION_SCHEMA.TABLES WHERE table_schema IN ('main', 'side') ORDER BY 1, 2;
> main | t | BASE TABLE | things
> main | v | VIEW | NULL
> side | t | BASE TABLE | things
SELECT table_name FROM information_schema.tables WHERE table_schema = 'versor' AND table_name LIKE 'comm%' ORDER BY 1;
> commit_parents
> commit_properties
> commits
SELECT column_name, ordinal_position, column_default, is_nullable, data_type, character_maximum_length, numeric_precision, numeric_scale, datetime_precision, remarks FROM information_schema.columns WHERE table_schema = 'main' AND table_name = 't' ORDER BY 2;
> id | 1 | NULL | NO | BIGINT | NULL | 19 | 0 | NULL | NULL
> name | 2 | 'x' | YES | VARCHAR | 20 | NULL | NULL | NULL | a name
> price | 3 | NULL | NO | DECIMAL | NULL | 8 | 2 | NULL | NULL
> at_ | 4 | NULL | YES | TIMESTAMP | NULL | NULL | NULL | 3 | NULL
> vec | 5 | NULL | YES | EMBEDDING | NULL | NULL | NULL | NULL | NULL
SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'v';
> name | VARCHAR
> twice | DECIMAL
SELECT table_schema, view_definition, is_updatable FROM information_schema.views;
> main | SELECT name, price * 2 AS twice FROM t | NO
SELECT constraint_schema, constraint_name, constraint_type FROM information_schema.table_constraints ORDER BY 1, 2;
> main | t_key1 | UNIQUE
> main | t_pkey | PRIMARY KEY
> side | t_key1 | UNIQUE
> side | t_pkey | PRIMARY KEY
SELECT k.column_name, k.ordinal_position FROM information_schema.key_column_usage k JOIN information_schema.table_constraints c ON c.constraint_name = k.constraint_name AND c.constraint_schema = k.constraint_schema WHERE k.table_schema = ? AND c.constraint_type = 'UNIQUE' ORDER BY 2;
! 07001
SELECT k.column_name, k.ordinal_position FROM information_schema.key_column_usage k JOIN information_schema.table_constraints c ON c.constraint_name = k.constraint_name AND c.constraint_schema = k.constraint_schema WHERE k.table_schema = 'main' AND c.constraint_type = 'UNIQUE' ORDER BY 2;
> name | 1
> price | 2
SELECT table_name, column_name, constraint_name FROM information_schema.constraint_column_usage WHERE table_schema = 'side' ORDER BY 3, 2;
> t | name | t_key1
> t | price | t_key1
> t | id | t_pkey
SELECT COUNT(*) FROM information_schema.referential_constraints;
> 0
# A view that cannot be read any more has no columns, and the rest is shown.
ALTER TABLE t RENAME TO u;
SELECT table_name, count(*) FROM information_schema.columns WHERE table_schema = 'main' GROUP BY table_name;
> u | 5
SELECT count(*) FROM information_schema.sequences;
> 0
SELECT * FROM information_schema.nothing;
! 42P01 no table or schema nothing in information_schema
INSERT INTO information_schema.tables VALUES (1);
! READ_ONLY
CREATE BRANCH "information_schema";
! 42602 the name is reserved
# Procedures and table functions, as DatabaseMetaData lists them.
SELECT routine_schema, routine_name, routine_type, data_type FROM information_schema.routines WHERE routine_name LIKE '%branch' OR routine_name LIKE 'diff%' ORDER BY routine_name;
> versor | create_branch | PROCEDURE | NULL
> versor | diff | FUNCTION | TABLE
> versor | diff_summary | FUNCTION | TABLE
> versor | drop_branch | PROCEDURE | NULL
> versor | merge_branch | PROCEDURE | NULL
> versor | rename_branch | PROCEDURE | NULL
> versor | reset_branch | PROCEDURE | NULL
SELECT p.ordinal_position, p.parameter_name, p.parameter_mode, p.data_type, p.numeric_precision, p.parameter_default FROM information_schema.routines r JOIN information_schema.parameters p USING (specific_schema, specific_name) WHERE r.routine_name = 'cherry_pick' ORDER BY 1;
> 1 | commit | IN | VARCHAR | NULL | NULL
> 2 | branch | IN | VARCHAR | NULL | NULL
> 3 | strategy | IN | VARCHAR | NULL | 'FAIL'
> 4 | message | IN | VARCHAR | NULL | NULL
> 5 | parent | IN | INTEGER | 10 | NULL
SELECT COUNT(*) FROM information_schema.parameters WHERE specific_schema = 'main';
> 0
CREATE VIEW routine_names AS SELECT routine_name FROM information_schema.routines;
SELECT COUNT(*) FROM routine_names WHERE routine_name = 'blame';
> 1
# A tag or commit is a schema while it is current: tools list what is in the one they are in.
COMMIT VERSION MESSAGE 'listed';
CREATE TAG listed;
ALTER TABLE u ADD COLUMN later INTEGER;
USE COMMIT 'listed';
SELECT COUNT(*) FROM information_schema.schemata WHERE LENGTH(schema_name) = 40;
> 1
SELECT LENGTH(table_schema), COUNT(*) FROM information_schema.columns WHERE table_name = 'u' AND table_schema <> 'side' GROUP BY table_schema ORDER BY 1;
> 4 | 6
> 40 | 5
USE BRANCH main;
SELECT COUNT(*) FROM information_schema.schemata WHERE LENGTH(schema_name) = 40;
> 0
