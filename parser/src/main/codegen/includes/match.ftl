<#-- Row patterns of MATCH_RECOGNIZE, where Calcite's grammar says less than the standard's. -->

/** A{2,3}?: a part of a pattern, and how often it stands there. */
SqlNode RowPatternFactor() :
{
    final SqlNode e;
    SqlLiteral least;
    SqlLiteral most = null;
    boolean reluctant = false;
}
{
    e = RowPatternPrimary()
    (
        LOOKAHEAD({ getToken(1).kind == STAR || getToken(1).kind == PLUS || getToken(1).kind == HOOK || getToken(1).kind == LBRACE && getToken(2).kind != MINUS })
        (
            <STAR> { least = LITERAL_ZERO; }
        |
            <PLUS> { least = LITERAL_ONE; }
        |
            <HOOK> { least = LITERAL_ZERO; most = LITERAL_ONE; }
        |
            <LBRACE>
            (
                least = UnsignedNumericLiteral() { most = least; }
                [ <COMMA> { most = null; } [ most = UnsignedNumericLiteral() ] ]
            |
                <COMMA> most = UnsignedNumericLiteral() { least = LITERAL_ZERO; }
            )
            <RBRACE>
        )
        [ <HOOK> { reluctant = true; } ]
        { return RowPatterns.repeated(e, least, most, reluctant, span().end(e)); }
    |
        { return e; }
    )
}

SqlNode RowPatternPrimary() :
{
    final Span s;
    SqlNode e;
    final List<SqlNode> list = new ArrayList<SqlNode>();
}
{
    e = SimpleIdentifier() { return e; }
|
    <CARET> { return RowPatterns.FIRST_ROW.createCall(getPos()); }
|
    <DOLLAR> { return RowPatterns.LAST_ROW.createCall(getPos()); }
|
    LOOKAHEAD(2)
    <LPAREN> { s = span(); } <RPAREN> { return RowPatterns.NOTHING.createCall(s.end(this)); }
|
    <LPAREN> e = PatternExpression() <RPAREN> { return e; }
|
    <LBRACE> { s = span(); }
    <MINUS> e = PatternExpression() <MINUS> <RBRACE> {
        return SqlStdOperatorTable.PATTERN_EXCLUDE.createCall(s.end(this), e);
    }
|
    <PERMUTE> { s = span(); }
    <LPAREN>
    e = PatternExpression() { list.add(e); }
    ( <COMMA> e = PatternExpression() { list.add(e); } )*
    <RPAREN> { return SqlStdOperatorTable.PATTERN_PERMUTE.createCall(s.end(this), list); }
}

/** Which rows ALL ROWS PER MATCH shows beside those of matches; SHOW EMPTY MATCHES if nothing is said. */
RowPatterns.OtherRows OtherRows() :
{
}
{
    <SHOW> <EMPTY> <MATCHES> { return RowPatterns.OtherRows.EMPTY_MATCHES; }
|
    <OMIT> <EMPTY> <MATCHES> { return RowPatterns.OtherRows.NONE; }
|
    <WITH> <UNMATCHED> <ROWS> { return RowPatterns.OtherRows.UNMATCHED; }
|
    { return RowPatterns.OtherRows.EMPTY_MATCHES; }
}

/** CLASSIFIER(A): the last variable among some. */
SqlCall ClassifierOf() :
{
    final Span s;
    final SqlNode variable;
}
{
    <CLASSIFIER> { s = span(); } <LPAREN> variable = SimpleIdentifier() <RPAREN> {
        return SqlStdOperatorTable.CLASSIFIER.createCall(s.end(this), variable);
    }
}

/** MATCH_RECOGNIZE behind whatever gives rows, and the name of its own rows. */
SqlNode NamedMatch(SqlNode tableRef) :
{
    final SqlNode match;
    final SqlIdentifier alias;
    SqlNodeList columns = null;
}
{
    match = MatchRecognize(tableRef)
    (
        [ <AS> ] alias = SimpleIdentifier()
        [ columns = ParenthesizedSimpleIdentifierList() ]
        {
            final List<SqlNode> named = new ArrayList<SqlNode>();
            named.add(NamedJoins.query(match, columns));
            named.add(alias);
            if (columns != null) {
                named.addAll(columns.getList());
            }
            return SqlStdOperatorTable.AS.createCall(Span.of(match).end(this), named);
        }
    |
        { return match; }
    )
}
