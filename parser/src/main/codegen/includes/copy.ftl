<#-- COPY: tables from files and into files. -->

SqlNode VersorCopy() :
{
    final Span s;
    final SqlNode query;
    final SqlIdentifier table;
    final List<CopyField> fields = new ArrayList<CopyField>();
    final SqlNode file;
    final List<CopyOption> settings = new ArrayList<CopyOption>();
    CopyErrors errors = CopyErrors.STOP;
}
{
    <COPY> { s = span(); }
    (
        <LPAREN> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) <RPAREN>
        <TO> file = TextOrParameter() CopyOptions(settings)
        { return new SqlCopyTo(s.end(this), query, fields, file, settings); }
    |
        table = CompoundIdentifier()
        [ <LPAREN> CopiedColumn(fields) ( <COMMA> CopiedColumn(fields) )* <RPAREN> ]
        (
            <FROM> file = TextOrParameter() CopyOptions(settings) [ errors = OnError() ]
            { return new SqlCopyFrom(s.end(this), table, fields, file, settings, errors); }
        |
            <TO> file = TextOrParameter() CopyOptions(settings)
            { return new SqlCopyTo(s.end(this), table, fields, file, settings); }
        )
    )
}

/** A column, and what it is called in the file: a name, or a position from 1. */
void CopiedColumn(List<CopyField> fields) :
{
    final SqlIdentifier column;
    SqlNode source = null;
}
{
    column = SimpleIdentifier()
    [
        <FROM>
        (
            source = StringLiteral()
        |
            source = UnsignedNumericLiteral()
        )
    ]
    { fields.add(new CopyField(column, Optional.ofNullable(source))); }
}

void CopyOptions(List<CopyOption> settings) :
{
}
{
    [
        [ <WITH> ]
        <LPAREN> CopyOptionOf(settings) ( <COMMA> CopyOptionOf(settings) )* <RPAREN>
    ]
}

void CopyOptionOf(List<CopyOption> settings) :
{
    final SqlIdentifier name;
    final List<SqlNode> values = new ArrayList<SqlNode>();
}
{
    name = CopyOptionName()
    [
        CopyOptionValue(values)
    |
        <LPAREN> CopyOptionValue(values) ( <COMMA> CopyOptionValue(values) )* <RPAREN>
    ]
    { settings.add(new CopyOption(name, values)); }
}

/** In this place a name can be nothing else, so reserved words that are options will do. */
SqlIdentifier CopyOptionName() :
{
    final SqlIdentifier name;
}
{
    name = SimpleIdentifier() { return name; }
|
    ( <ESCAPE> | <NULL> | <SKIP_> ) { return new SqlIdentifier(token.image, getPos()); }
}

/** Words are names; TRUE, FALSE and ON too. */
void CopyOptionValue(List<SqlNode> values) :
{
    final SqlNode value;
}
{
    (
        value = TextOrParameter()
    |
        value = NumericLiteral()
    |
        value = SimpleIdentifier()
    |
        ( <TRUE> | <FALSE> | <ON> ) { value = new SqlIdentifier(token.image, getPos()); }
    )
    { values.add(value); }
}

CopyErrors OnError() :
{
    SqlIdentifier into = null;
    SqlNode most = null;
}
{
    <ON> <ERROR>
    (
        <STOP> { return CopyErrors.STOP; }
    |
        <SKIP_>
        [ <INTO> into = CompoundIdentifier() ]
        [ <MAX> <ERRORS> most = UnsignedOrParameter() ]
        { return new CopyErrors(true, Optional.ofNullable(into), Optional.ofNullable(most)); }
    )
}

SqlNode UnsignedOrParameter() :
{
    final SqlNode number;
}
{
    (
        number = UnsignedNumericLiteral()
    |
        number = DynamicParam()
    )
    { return number; }
}
