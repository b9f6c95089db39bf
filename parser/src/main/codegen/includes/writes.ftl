<#-- INSERT, UPDATE and DELETE: Calcite's know nothing behind the rows or the condition. -->

SqlNode VersorInsert() :
{
    final Span s;
    SqlNode table;
    final SqlIdentifier name;
    SqlIdentifier alias = null;
    final List<SqlIdentifier> columns = new ArrayList<SqlIdentifier>();
    Overriding overriding = Overriding.NONE;
    final SqlNode rows;
    OnConflict conflict = null;
    final SqlNodeList returning;
}
{
    <INSERT> { s = span(); } <INTO> name = CompoundTableIdentifier()
    ( table = TableHints(name) | { table = name; } )
    [ <AS> alias = SimpleIdentifier() ]
    [ LOOKAHEAD(2) InsertColumns(columns) ]
    (
        rows = DefaultRow()
    |
        overriding = Overriding() rows = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    )
    [ conflict = OnConflict() ]
    returning = Returning()
    {
        return new SqlInsertInto(
            s.end(this), table, alias, columns, overriding, rows, conflict, returning);
    }
}

SqlNode VersorUpdate() :
{
    final Span s;
    SqlNode table;
    final SqlIdentifier name;
    SqlIdentifier alias = null;
    final SqlNodeList columns = new SqlNodeList(getPos());
    final SqlNodeList values = new SqlNodeList(getPos());
    SqlNode source = null;
    SqlNode condition = null;
    final SqlNodeList returning;
}
{
    <UPDATE> { s = span(); } name = CompoundTableIdentifier()
    ( table = TableHints(name) | { table = name; } )
    [ [ <AS> ] alias = SimpleIdentifier() ]
    Assignments(columns, values)
    [ <FROM> source = FromClause() ]
    [ condition = Where() ]
    returning = Returning()
    {
        return new SqlUpdateTable(
            s.end(this), table, alias, new MergeAction.Update(columns, values), source, condition,
            returning);
    }
}

SqlNode VersorDelete() :
{
    final Span s;
    SqlNode table;
    final SqlIdentifier name;
    SqlIdentifier alias = null;
    SqlNode source = null;
    SqlNode condition = null;
    final SqlNodeList returning;
}
{
    <DELETE> { s = span(); } <FROM> name = CompoundTableIdentifier()
    ( table = TableHints(name) | { table = name; } )
    [ [ <AS> ] alias = SimpleIdentifier() ]
    [ <USING> source = FromClause() ]
    [ condition = Where() ]
    returning = Returning()
    { return new SqlDeleteFrom(s.end(this), table, alias, source, condition, returning); }
}

/** WITH in front of a query, or of a statement that changes rows. */
SqlNode VersorWith() :
{
    final SqlNodeList tables;
    SqlNode statement;
    final List<Object> queries = new ArrayList<Object>();
}
{
    tables = WithList()
    (
        (
            statement = VersorInsert()
        |
            statement = VersorUpdate()
        |
            statement = VersorDelete()
        |
            statement = VersorMergeInto()
        )
        { return ((SqlRowChange) statement).under(tables); }
    |
        statement = LeafQueryOrExpr(ExprContext.ACCEPT_QUERY) { queries.add(statement); }
        ( AddSetOpQuery(queries, ExprContext.ACCEPT_QUERY) )*
        statement = OrderByLimitOpt(addWith(tables, SqlParserUtil.toTree(queries)))
        { return statement; }
    )
}

/** WITH x AS (INSERT ...), which does not exist. */
SqlNode ChangeInWith() :
{
}
{
    <LPAREN> ( <INSERT> | <UPDATE> | <DELETE> | <MERGE> )
    {
        if (true) {
            throw SqlRowChange.absentIn(token.image, getPos());
        }
        return null;
    }
}

/** Empty where nothing is returned. */
SqlNodeList Returning() :
{
    final SqlNodeList items = new SqlNodeList(getPos());
}
{
    [ <RETURNING> AddSelectItem(items) ( <COMMA> AddSelectItem(items) )* ]
    { return items; }
}

void InsertColumns(List<SqlIdentifier> columns) :
{
    SqlIdentifier column;
}
{
    <LPAREN> column = CompoundIdentifier() { columns.add(column); }
    ( <COMMA> column = CompoundIdentifier() { columns.add(column); } )*
    <RPAREN>
}

/** DEFAULT VALUES is a row of nothing. */
SqlNode DefaultRow() :
{
    final Span s;
}
{
    <DEFAULT_> { s = span(); } <VALUES>
    {
        return SqlStdOperatorTable.VALUES.createCall(
            s.end(this), SqlStdOperatorTable.ROW.createCall(s.end(this)));
    }
}

Overriding Overriding() :
{
    Overriding overriding = Overriding.USER;
}
{
    <OVERRIDING> ( <SYSTEM> { overriding = Overriding.SYSTEM; } | <USER> ) <VALUE>
    { return overriding; }
|
    { return Overriding.NONE; }
}

OnConflict OnConflict() :
{
    final Span s;
    final List<SqlIdentifier> key = new ArrayList<SqlIdentifier>();
    SqlIdentifier constraint = null;
    final SqlNodeList columns = new SqlNodeList(getPos());
    final SqlNodeList values = new SqlNodeList(getPos());
    SqlNode condition = null;
}
{
    <ON> { s = span(); } <CONFLICT>
    [
        KeyColumns(key)
    |
        <ON> <CONSTRAINT> constraint = SimpleIdentifier()
    ]
    <DO>
    (
        <NOTHING>
    |
        <UPDATE> Assignments(columns, values)
        [ <WHERE> condition = Expression(ExprContext.ACCEPT_SUB_QUERY) ]
    )
    {
        return new OnConflict(
            s.end(this),
            key,
            Optional.ofNullable(constraint),
            columns.isEmpty()
                ? Optional.<MergeAction.Update>empty()
                : Optional.of(new MergeAction.Update(columns, values)),
            Optional.ofNullable(condition));
    }
}

/** SET c = e, ... */
void Assignments(SqlNodeList columns, SqlNodeList values) :
{
}
{
    <SET> Assignment(columns, values) ( <COMMA> Assignment(columns, values) )*
}

void Assignment(SqlNodeList columns, SqlNodeList values) :
{
    final SqlIdentifier column;
    final List<SqlIdentifier> several = new ArrayList<SqlIdentifier>();
    final SqlNodeList row;
}
{
    column = CompoundIdentifier() <EQ> { columns.add(column); } AddAssigned(values)
|
    InsertColumns(several) <EQ> [ <ROW> ]
    row = ParenthesizedQueryOrCommaListWithDefault(ExprContext.ACCEPT_SUB_QUERY)
    {
        columns.addAll(several);
        values.addAll(SqlRowItem.of(row, several));
    }
}

/** What SET gives a column. */
void AddAssigned(List<SqlNode> list) :
{
}
{
    <DEFAULT_> { list.add(SqlStdOperatorTable.DEFAULT.createCall(getPos())); }
|
    AddExpression(list, ExprContext.ACCEPT_SUB_QUERY)
}
