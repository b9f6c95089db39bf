# Which formats there are depends on the jars that are there.
IMPORT DEEPLAK '/data/animals' INTO t;
! 0A000 no format DEEPLAK to import from
IMPORT nothing '/data/animals' INTO t BRANCHES main, 'b';
! 0A000 no format nothing to import from
SELECT * FROM versor.import_report;
> (none)
SELECT * FROM versor.commit_properties;
> (none)
