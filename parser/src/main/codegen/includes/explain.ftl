<#-- EXPLAIN in the spellings of the standard's kin and of PostgreSQL. -->

SqlNode VersorExplain() :
{
    final Span s;
    final SqlNode statement;
    ExplainOptions wanted = new ExplainOptions();
}
{
    <EXPLAIN> { s = span(); }
    (
        <PLAN> [ LOOKAHEAD(2) <AS> <JSON> { wanted.json(); } ] <FOR>
    |
        LOOKAHEAD(2, <LPAREN> (<ANALYZE> | <FORMAT>))
        <LPAREN> ExplainOption(wanted) ( <COMMA> ExplainOption(wanted) )* <RPAREN>
    |
        [ <ANALYZE> { wanted.analyze(); } ]
    )
    (
        statement = VersorWith()
    |
        statement = SqlQueryOrDml()
    )
    { return new SqlExplainPlan(s.end(statement), statement, wanted); }
}

void ExplainOption(ExplainOptions wanted) :
{
}
{
    <ANALYZE> [ <TRUE> ] { wanted.analyze(); }
|
    <FORMAT> ( <JSON> { wanted.json(); } | <TEXT> )
}
