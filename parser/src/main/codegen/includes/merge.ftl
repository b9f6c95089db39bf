<#-- MERGE INTO, whole: Calcite's knows one UPDATE and one INSERT, without conditions. -->

SqlNode VersorMergeInto() :
{
    final Span s;
    final SqlIdentifier table;
    SqlIdentifier alias = null;
    final SqlNode source;
    final SqlNode condition;
    final List<MergeWhen> whens = new ArrayList<MergeWhen>();
    final SqlNodeList returning;
}
{
    <MERGE> { s = span(); } <INTO> table = CompoundTableIdentifier()
    [ [ <AS> ] alias = SimpleIdentifier() ]
    <USING> source = TableRef()
    <ON> condition = Expression(ExprContext.ACCEPT_SUB_QUERY)
    ( MergeWhenClause(whens) )+
    returning = Returning()
    {
        return new SqlMergeInto(
            s.end(this), table, alias, source, condition, whens, returning);
    }
}

void MergeWhenClause(List<MergeWhen> whens) :
{
    final boolean matched;
    SqlNode condition = null;
    final MergeAction action;
}
{
    <WHEN>
    (
        <MATCHED> { matched = true; }
        [ <AND> condition = Expression(ExprContext.ACCEPT_SUB_QUERY) ]
        <THEN>
        ( action = MergeUpdate() | action = MergeDelete() | action = MergeNothing() )
    |
        <NOT> <MATCHED> { matched = false; }
        [ <BY> <TARGET> ]
        [ <AND> condition = Expression(ExprContext.ACCEPT_SUB_QUERY) ]
        <THEN>
        ( action = MergeInsert() | action = MergeNothing() )
    )
    { whens.add(new MergeWhen(matched, Optional.ofNullable(condition), action)); }
}

MergeAction MergeUpdate() :
{
    final SqlNodeList columns = new SqlNodeList(getPos());
    final SqlNodeList values = new SqlNodeList(getPos());
}
{
    <UPDATE> Assignments(columns, values)
    { return new MergeAction.Update(columns, values); }
}

MergeAction MergeDelete() :
{
}
{
    <DELETE> { return new MergeAction.Delete(); }
}

MergeAction MergeNothing() :
{
}
{
    <DO> <NOTHING> { return new MergeAction.Nothing(); }
}

MergeAction MergeInsert() :
{
    final List<SqlIdentifier> columns = new ArrayList<SqlIdentifier>();
    SqlNodeList values = null;
    Overriding overriding = Overriding.NONE;
    SqlNode row;
    final Span s;
}
{
    <INSERT> { s = span(); }
    [ KeyColumns(columns) ]
    (
        overriding = Overriding() <VALUES> row = RowConstructor()
        { values = new SqlNodeList(((SqlCall) row).getOperandList(), row.getParserPosition()); }
    |
        <DEFAULT_> <VALUES>
    )
    { return new MergeAction.Insert(s.end(this), columns, overriding, Optional.ofNullable(values)); }
}
