<#-- Operators that PostgreSQL has and the standard has not. -->

void InfixCast(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec type;
}
{
    <INFIX_CAST> { checkNonQueryExpression(exprContext); }
    type = DataType()
    {
        list.add(new SqlParserUtil.ToTreeListItem(SqlLibraryOperators.INFIX_CAST, s.pos()));
        list.add(type);
    }
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
    )
    {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(arrow, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
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
