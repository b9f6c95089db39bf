<#-- Operators that PostgreSQL has and the standard has not. -->

void InfixCast(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec type;
}
{
    <INFIX_CAST> { checkNonQueryExpression(exprContext); }
    (
        <INTERVAL> { IntervalWords.cast(list, getPos()); }
    |
        type = DataType()
        {
            list.add(new SqlParserUtil.ToTreeListItem(SqlLibraryOperators.INFIX_CAST, s.pos()));
            list.add(type);
        }
    )
}

/** Into JSON: x -> 'key' gives JSON, x ->> 'key' text; a number counts the elements of an array. */
void JsonArrow(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlOperator arrow;
}
{
    (
        <JSON_ARROW> { arrow = JsonArrows.JSON; }
    |
        <JSON_TEXT_ARROW> { arrow = JsonArrows.TEXT; }
    |
        <JSON_PATH_ARROW> { arrow = JsonArrows.AT_PATH; }
    |
        <JSON_PATH_TEXT_ARROW> { arrow = JsonArrows.TEXT_AT_PATH; }
    )
    {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(arrow, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}

/** Whether arrays and JSON have what others have. */
void ContainmentOperator(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlOperator operator;
}
{
    (
        <CONTAINS_ALL> { operator = Containment.CONTAINS; }
    |
        <CONTAINED_IN> { operator = Containment.CONTAINED; }
    |
        <HAVE_COMMON> { operator = Containment.OVERLAP; }
    )
    {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(operator, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}

/** JSON_OBJECTAGG(…) FILTER (WHERE c), which Calcite's grammar has for other aggregates. */
SqlNode FilteredJsonObject() :
{
    SqlNode node;
}
{
    node = JsonObjectAggFunctionCall() [ LOOKAHEAD(2) node = FilterOf(node) ]
    { return node; }
}

SqlNode FilteredJsonArray() :
{
    SqlNode node;
}
{
    node = JsonArrayAggFunctionCall() [ LOOKAHEAD(2) node = FilterOf(node) ]
    { return node; }
}

SqlNode FilterOf(SqlNode aggregate) :
{
    final Span s;
    final SqlNode condition;
}
{
    <FILTER> { s = span(); } <LPAREN> <WHERE> condition = Expression(ExprContext.ACCEPT_SUB_QUERY) <RPAREN>
    { return SqlStdOperatorTable.FILTER.createCall(s.end(this), aggregate, condition); }
}

void BitOr(List<Object> list, ExprContext exprContext, Span s) :
{
}
{
    <VERTICAL_BAR>
    {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(BitOperators.OR, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}

/** A number that runs into letters: without this, 12abc would be 12, named abc. */
<DEFAULT, DQID, BTID> TOKEN :
{
    < NUMBER_WITH_LETTERS:
        ( <DIGITS> ( "." (<DIGITS>)? )? | "." <DIGITS> )
        (
            ["a"-"d", "f"-"z", "A"-"D", "F"-"Z", "_"]
        |
            ["e", "E"] ["a"-"z", "A"-"Z", "_"]
        |
            ["e", "E"] (["+", "-"])? <DIGITS> ["a"-"z", "A"-"Z", "_"]
        )
        (["a"-"z", "A"-"Z", "0"-"9", "_"])* >
|
    < #DIGITS: (["0"-"9"])+ >
}

/** x AT TIME ZONE 'Europe/Berlin'. */
void AtTimeZone(List<Object> list, ExprContext exprContext, Span s) :
{
}
{
    <AT> <TIME> <ZONE>
    {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(TimeZones.AT, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}
