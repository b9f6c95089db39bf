<#-- Statements about tables and views. -->

SqlNode CreateTable(Span s) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final List<ColumnDeclaration> columns = new ArrayList<ColumnDeclaration>();
    final List<TableConstraint> constraints = new ArrayList<TableConstraint>();
    final List<LikeClause> likes = new ArrayList<LikeClause>();
    SqlNodeList names = SqlNodeList.EMPTY;
    SqlNode query = null;
    boolean data = true;
}
{
    <TABLE> ifNotExists = IfNotExists() name = CompoundIdentifier()
    (
        LOOKAHEAD(<AS> | <LPAREN> SimpleIdentifier() ( <COMMA> | <RPAREN> ))
        [ names = ParenthesizedSimpleIdentifierList() ]
        <AS> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
        [ <WITH> [ <NO> { data = false; } ] <DATA> ]
    |
        <LPAREN> TableElement(columns, likes, constraints)
        ( <COMMA> TableElement(columns, likes, constraints) )*
        <RPAREN>
    )
    {
        return new SqlCreateTable(
            s.end(this), ifNotExists, name, columns, likes, constraints, names, query, data);
    }
}

void TableElement(
    List<ColumnDeclaration> columns, List<LikeClause> likes, List<TableConstraint> constraints) :
{
    SqlIdentifier name = null;
    final ColumnDeclaration column;
    final EnumSet<LikeClause.Part> parts;
    final TableConstraint constraint;
}
{
    LOOKAHEAD(ConstraintStart())
    [ <CONSTRAINT> name = SimpleIdentifier() ]
    constraint = Constraint(name) { constraints.add(constraint); }
|
    <LIKE> name = CompoundIdentifier() parts = LikeParts()
    { likes.add(new LikeClause(name, columns.size(), parts)); }
|
    column = Column() { columns.add(column); }
}

/** What LIKE takes beside names and types. */
EnumSet<LikeClause.Part> LikeParts() :
{
    final EnumSet<LikeClause.Part> parts = EnumSet.noneOf(LikeClause.Part.class);
    boolean including;
    SqlIdentifier word;
}
{
    (
        ( <INCLUDING> { including = true; } | <EXCLUDING> { including = false; } )
        (
            <ALL> { LikeClause.change(parts, including, token.image, getPos()); }
        |
            word = SimpleIdentifier()
            { LikeClause.change(parts, including, word.getSimple(), word.getParserPosition()); }
        )
    )*
    { return parts; }
}

void ConstraintStart() :
{
}
{
    <CONSTRAINT>
|
    <PRIMARY> <KEY> <LPAREN>
|
    <UNIQUE> <LPAREN>
|
    <CHECK> <LPAREN>
}

TableConstraint Constraint(SqlIdentifier name) :
{
    final List<SqlIdentifier> columns = new ArrayList<SqlIdentifier>();
    final SqlNode condition;
}
{
    <PRIMARY> <KEY> KeyColumns(columns) {
        return new TableConstraint(TableConstraint.Kind.PRIMARY_KEY, Optional.ofNullable(name), columns, Optional.empty());
    }
|
    <UNIQUE> KeyColumns(columns) {
        return new TableConstraint(TableConstraint.Kind.UNIQUE, Optional.ofNullable(name), columns, Optional.empty());
    }
|
    <CHECK> <LPAREN> condition = Expression(ExprContext.ACCEPT_SUB_QUERY) <RPAREN> {
        return new TableConstraint(TableConstraint.Kind.CHECK, Optional.ofNullable(name), columns, Optional.of(condition));
    }
}

void KeyColumns(List<SqlIdentifier> columns) :
{
    SqlIdentifier column;
}
{
    <LPAREN> column = SimpleIdentifier() { columns.add(column); }
    ( <COMMA> column = SimpleIdentifier() { columns.add(column); } )*
    <RPAREN>
}

ColumnDeclaration Column() :
{
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
    boolean notNull = false;
    SqlNode defaultValue = null;
    IdentityDeclaration identity = null;
    final List<TableConstraint> constraints = new ArrayList<TableConstraint>();
    SqlNode comment = null;
}
{
    name = SimpleIdentifier()
    (
        type = AbsentIntervalType()
    |
        type = DataType()
    )
    (
        <NOT> <NULL> { notNull = true; }
    |
        <NULL>
    |
        <DEFAULT_> defaultValue = Expression(ExprContext.ACCEPT_SUB_QUERY)
    |
        <GENERATED> identity = Identity()
    |
        ColumnConstraint(name, constraints)
    |
        <COMMENT> comment = TextLiteral()
    )*
    {
        return new ColumnDeclaration(
            name, type, notNull, Optional.ofNullable(defaultValue),
            Optional.ofNullable(identity), constraints, Optional.ofNullable(comment));
    }
}

void ColumnConstraint(SqlIdentifier column, List<TableConstraint> constraints) :
{
    SqlIdentifier name = null;
    TableConstraint.Kind kind;
    SqlNode condition = null;
}
{
    [ <CONSTRAINT> name = SimpleIdentifier() ]
    (
        <PRIMARY> <KEY> { kind = TableConstraint.Kind.PRIMARY_KEY; }
    |
        <UNIQUE> { kind = TableConstraint.Kind.UNIQUE; }
    |
        <CHECK> <LPAREN> condition = Expression(ExprContext.ACCEPT_SUB_QUERY) <RPAREN>
        { kind = TableConstraint.Kind.CHECK; }
    )
    {
        constraints.add(new TableConstraint(
            kind, Optional.ofNullable(name), Collections.singletonList(column),
            Optional.ofNullable(condition)));
    }
}

IdentityDeclaration Identity() :
{
    final boolean always;
    SqlNode start = null;
    SqlNode increment = null;
    SqlNode ignored;
    String missing = null;
}
{
    always = Always()
    <AS> <IDENTITY>
    [
        <LPAREN>
        (
            <START> [ <WITH> ] start = SignedNumber()
        |
            <INCREMENT> [ <BY> ] increment = SignedNumber()
        |
            <CACHE> ignored = SignedNumber()
        |
            <NO> ( <MINVALUE> | <MAXVALUE> | <CYCLE> )
        |
            <MINVALUE> ignored = SignedNumber() { missing = "MINVALUE"; }
        |
            <MAXVALUE> ignored = SignedNumber() { missing = "MAXVALUE"; }
        |
            <CYCLE> { missing = "CYCLE"; }
        )*
        <RPAREN>
    ]
    {
        return new IdentityDeclaration(
            always, Optional.ofNullable(start), Optional.ofNullable(increment),
            Optional.ofNullable(missing));
    }
}

boolean Always() :
{
}
{
    <ALWAYS> { return true; }
|
    <BY> <DEFAULT_> { return false; }
}

SqlNode SignedNumber() :
{
    boolean negative = false;
    final SqlNumericLiteral number;
}
{
    [ <MINUS> { negative = true; } | <PLUS> ]
    number = UnsignedNumericLiteral()
    { return negative ? SqlLiteral.createNegative(number, getPos()) : number; }
}

List<SqlIdentifier> DroppedNames() :
{
    final List<SqlIdentifier> names = new ArrayList<SqlIdentifier>();
    SqlIdentifier name;
}
{
    name = CompoundIdentifier() { names.add(name); }
    ( <COMMA> name = CompoundIdentifier() { names.add(name); } )*
    { return names; }
}

DropBehavior DropBehavior() :
{
}
{
    <CASCADE> { return DropBehavior.CASCADE; }
|
    <RESTRICT> { return DropBehavior.RESTRICT; }
|
    { return DropBehavior.UNSAID; }
}

SqlNode DropTable(Span s) :
{
    final boolean ifExists;
    final List<SqlIdentifier> names;
    final DropBehavior behavior;
}
{
    <TABLE> ifExists = IfExists() names = DroppedNames() behavior = DropBehavior()
    { return new SqlDropTable(s.end(this), ifExists, names, behavior); }
}

SqlNode VersorAlter() :
{
    final Span s;
    final boolean ifExists;
    final SqlIdentifier name;
    final SqlNode branch;
    final SqlNode newName;
    final SqlIdentifier newView;
    final TableAlteration alteration;
}
{
    <ALTER> { s = span(); }
    (
        <TABLE> ifExists = IfExists() name = CompoundIdentifier() alteration = Alteration()
        { return new SqlAlterTable(s.end(this), ifExists, name, alteration); }
    |
        <BRANCH> branch = RefName() <RENAME> <TO> newName = RefName()
        { return new SqlRenameBranch(s.end(this), branch, newName); }
    |
        <VIEW> name = CompoundIdentifier() <RENAME> <TO> newView = SimpleIdentifier()
        { return new SqlRenameView(s.end(this), name, newView); }
    )
}

TableAlteration Alteration() :
{
    boolean flag;
    SqlIdentifier column;
    final SqlIdentifier newName;
    final ColumnDeclaration declaration;
    SqlIdentifier constraintName = null;
    final TableConstraint constraint;
    final TableAlteration alteration;
    final SqlNode value;
    final IdentityDeclaration identity;
    final SqlDataTypeSpec type;
    SqlNode using = null;
    SqlNode number = null;
}
{
    LOOKAHEAD(<ADD> ConstraintStart())
    <ADD> [ <CONSTRAINT> constraintName = SimpleIdentifier() ]
    constraint = Constraint(constraintName)
    { return new TableAlteration.AddConstraint(constraint); }
|
    <ADD> [ LOOKAHEAD(2) <COLUMN> ] flag = IfNotExists() declaration = Column()
    { return new TableAlteration.AddColumn(flag, declaration); }
|
    LOOKAHEAD(2)
    <DROP> <CONSTRAINT> flag = IfExists() constraintName = SimpleIdentifier()
    { return new TableAlteration.DropConstraint(flag, constraintName); }
|
    <DROP> [ LOOKAHEAD(2) <COLUMN> ] flag = IfExists() column = SimpleIdentifier()
    { return new TableAlteration.DropColumn(flag, column); }
|
    LOOKAHEAD(2)
    <RENAME> <TO> newName = SimpleIdentifier()
    { return new TableAlteration.RenameTable(newName); }
|
    <RENAME> [ LOOKAHEAD(2) <COLUMN> ] column = SimpleIdentifier() <TO> newName = SimpleIdentifier()
    { return new TableAlteration.RenameColumn(column, newName); }
|
    <ALTER> [ LOOKAHEAD(2) <COLUMN> ] column = SimpleIdentifier()
    (
        LOOKAHEAD(2)
        <SET> <NOT> <NULL> { return new TableAlteration.SetNotNull(column, true); }
    |
        LOOKAHEAD(2)
        <DROP> <NOT> <NULL> { return new TableAlteration.SetNotNull(column, false); }
    |
        LOOKAHEAD(2)
        <SET> <DEFAULT_> value = Expression(ExprContext.ACCEPT_SUB_QUERY)
        { return new TableAlteration.SetDefault(column, Optional.of(value)); }
    |
        LOOKAHEAD(2)
        <DROP> <DEFAULT_> { return new TableAlteration.SetDefault(column, Optional.<SqlNode>empty()); }
    |
        <DROP> <IDENTITY> flag = IfExists()
        { return new TableAlteration.DropIdentity(column, flag); }
    |
        LOOKAHEAD(2)
        [ <SET> <DATA> ] <TYPE> type = DataType() [ <USING> using = Expression(ExprContext.ACCEPT_SUB_QUERY) ]
        { return new TableAlteration.SetType(column, type, Optional.ofNullable(using)); }
    |
        <ADD> <GENERATED> identity = Identity()
        { return new TableAlteration.AddIdentity(column, identity); }
    |
        LOOKAHEAD(2)
        <SET> <GENERATED> flag = Always()
        { return new TableAlteration.SetGenerated(column, flag); }
    |
        <RESTART> [ [ <WITH> ] number = SignedNumber() ]
        { return new TableAlteration.RestartIdentity(column, Optional.ofNullable(number)); }
    |
        alteration = SetProperty(column) { return alteration; }
    )
|
    alteration = SetProperty(null) { return alteration; }
}

TableAlteration SetProperty(SqlIdentifier column) :
{
    final SqlNode key;
    final SqlNode value;
}
{
    (
        <SET> <PROPERTY> key = TextOrParameter() <EQ>
        (
            value = TextOrParameter()
        |
            <NULL> { value = SqlLiteral.createNull(getPos()); }
        )
    |
        <UNSET> <PROPERTY> key = TextOrParameter() { value = SqlLiteral.createNull(getPos()); }
    )
    { return new TableAlteration.SetProperty(Optional.ofNullable(column), key, value); }
}

SqlNode VersorTruncate() :
{
    final Span s;
    final List<SqlIdentifier> tables;
    boolean restart = false;
}
{
    <TRUNCATE> { s = span(); } [ LOOKAHEAD(2) <TABLE> ] tables = DroppedNames()
    [ ( <RESTART> { restart = true; } | <CONTINUE> ) <IDENTITY> ]
    [ <CASCADE> | <RESTRICT> ]
    { return new SqlTruncateTable(s.end(this), tables, restart); }
}

SqlNode CreateView(Span s, boolean replace) :
{
    final SqlIdentifier name;
    final boolean ifNotExists;
    SqlNodeList columns = null;
    final Span as;
    final SqlNode query;
}
{
    <VIEW> ifNotExists = IfNotExists() name = CompoundIdentifier()
    [ columns = ParenthesizedSimpleIdentifierList() ]
    <AS> { as = span(); } query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    [
        <WITH> [ <CASCADED> | <LOCAL> ] <CHECK> { SqlCreateView.refuseCheckOption(getPos()); } <OPTION>
    ]
    {
        return new SqlCreateView(
            s.end(this), replace, ifNotExists, name, columns, query, as.end(this));
    }
}

SqlNode DropView(Span s) :
{
    final boolean ifExists;
    final List<SqlIdentifier> names;
    final DropBehavior behavior;
}
{
    <VIEW> ifExists = IfExists() names = DroppedNames() behavior = DropBehavior()
    { return new SqlDropView(s.end(this), ifExists, names, behavior); }
}

SqlNode VersorCommentOn() :
{
    final Span s;
    SqlCommentOn.Kind kind = SqlCommentOn.Kind.TABLE;
    final SqlIdentifier name;
    SqlNode text = null;
}
{
    <COMMENT> { s = span(); } <ON>
    (
        <TABLE>
    |
        <COLUMN> { kind = SqlCommentOn.Kind.COLUMN; }
    |
        <VIEW> { kind = SqlCommentOn.Kind.VIEW; }
    )
    name = CompoundIdentifier() <IS>
    (
        text = TextOrParameter()
    |
        <NULL>
    )
    { return new SqlCommentOn(s.end(this), kind, name, text); }
}
