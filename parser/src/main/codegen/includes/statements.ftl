<#-- Statements about branches, commits and transactions. -->

/** A character literal, which may go on in the next line. */
SqlLiteral TextLiteral() :
{
    final SqlNode text;
}
{
    text = StringLiteral() { return TextParts.joined(text); }
}

/** A name of a branch or tag: an identifier, a character literal or a parameter. */
SqlNode RefName() :
{
    final SqlNode name;
    final SqlLiteral text;
}
{
    name = SimpleIdentifier() { return name; }
|
    text = TextLiteral() {
        return new SqlIdentifier(text.getValueAs(String.class), text.getParserPosition());
    }
|
    name = DynamicParam() { return name; }
}

/** A character literal or a parameter. */
SqlNode TextOrParameter() :
{
    final SqlNode text;
}
{
    (
        text = TextLiteral()
    |
        text = DynamicParam()
    )
    { return text; }
}

/** A revision: a name is as good as a text here. */
SqlNode Revision() :
{
    final SqlNode text;
    final SqlIdentifier name;
}
{
    text = TextOrParameter() { return text; }
|
    name = SimpleIdentifier() {
        return SqlLiteral.createCharString(name.getSimple(), name.getParserPosition());
    }
}

VersionKind VersionKindWord() :
{
}
{
    <BRANCH> { return VersionKind.BRANCH; }
|
    <COMMIT> { return VersionKind.COMMIT; }
|
    <TAG> { return VersionKind.TAG; }
}

/** AS OF BRANCH 'x'. */
SqlNode SystemTimeAll(SqlNode table) :
{
}
{
    <FOR> <SYSTEM_TIME> <ALL>
    { return new SqlSystemTimeAll(table.getParserPosition().plus(getPos()), table); }
}

RevisionClause AsOf() :
{
    final VersionKind kind;
    final SqlNode revision;
}
{
    <AS> <OF> kind = VersionKindWord() revision = TextOrParameter() {
        return new RevisionClause(kind, revision);
    }
}

/** The same in a statement, where no alias can follow: a name is as good as a text. */
RevisionClause AsOfRevision() :
{
    final VersionKind kind;
    final SqlNode revision;
}
{
    <AS> <OF> kind = VersionKindWord() revision = Revision() {
        return new RevisionClause(kind, revision);
    }
}

/** A table in FROM, in another version. */
SqlNode VersionedTable(SqlNode table) :
{
    final RevisionClause clause;
}
{
    clause = AsOf() {
        return new SqlVersionedTable(Span.of(table).end(this), table, clause);
    }
}

boolean IfNotExists() :
{
}
{
    [ LOOKAHEAD(3) <IF> <NOT> <EXISTS> { return true; } ]
    { return false; }
}

boolean IfExists() :
{
}
{
    [ LOOKAHEAD(2) <IF> <EXISTS> { return true; } ]
    { return false; }
}

SqlNode VersorCreate() :
{
    final Span s;
    final SqlNode statement;
}
{
    <CREATE> { s = span(); }
    (
        <OR> <REPLACE>
        (
            statement = CreateBranch(s, true)
        |
            statement = CreateView(s, true)
        )
    |
        statement = CreateTable(s)
    |
        statement = CreateBranch(s, false)
    |
        statement = CreateTag(s)
    |
        statement = CreateView(s, false)
    )
    { return statement; }
}

SqlNode VersorDrop() :
{
    final Span s;
    final SqlNode statement;
}
{
    <DROP> { s = span(); }
    (
        statement = DropTable(s)
    |
        statement = DropBranch(s)
    |
        statement = DropTag(s)
    |
        statement = DropView(s)
    )
    { return statement; }
}

SqlNode CreateBranch(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlNode name;
    RevisionClause start = null;
    boolean withChanges = false;
}
{
    <BRANCH> ifNotExists = IfNotExists() name = RefName()
    [ start = AsOfRevision() ]
    [ <WITH> <CHANGES> { withChanges = true; } ]
    {
        return new SqlCreateBranch(s.end(this), replace, ifNotExists, name, start, withChanges);
    }
}

SqlNode DropBranch(Span s) :
{
    final boolean ifExists;
    final SqlNode name;
    boolean force = false;
}
{
    <BRANCH> ifExists = IfExists() name = RefName()
    [ <FORCE> { force = true; } ]
    { return new SqlDropBranch(s.end(this), ifExists, name, force); }
}

SqlNode CreateTag(Span s) :
{
    final SqlNode name;
    RevisionClause target = null;
    SqlNode message = null;
}
{
    <TAG> name = RefName()
    [ target = AsOfRevision() ]
    [ <MESSAGE> message = TextOrParameter() ]
    { return new SqlCreateTag(s.end(this), name, target, message); }
}

SqlNode DropTag(Span s) :
{
    final boolean ifExists;
    final SqlNode name;
}
{
    <TAG> ifExists = IfExists() name = RefName()
    { return new SqlDropTag(s.end(this), ifExists, name); }
}

SqlNode VersorCommit() :
{
    final Span s;
    SqlNode message = null;
    SqlNode author = null;
    boolean allowEmpty = false;
}
{
    <COMMIT> { s = span(); }
    (
        <VERSION>
        [ <MESSAGE> message = TextOrParameter() ]
        [ <AUTHOR> author = TextOrParameter() ]
        [ <ALLOW> <EMPTY> { allowEmpty = true; } ]
        { return new SqlCommitVersion(s.end(this), message, author, allowEmpty); }
    |
        [ <WORK> | <TRANSACTION> ]
        { return new SqlTransaction(s.end(this), TransactionKind.COMMIT, null); }
    )
}

SqlNode VersorRollback() :
{
    final Span s;
    SqlIdentifier savepoint = null;
}
{
    <ROLLBACK> { s = span(); }
    [ <WORK> | <TRANSACTION> ]
    [ <TO> [ LOOKAHEAD(2) <SAVEPOINT> ] savepoint = SimpleIdentifier() ]
    {
        return new SqlTransaction(
            s.end(this),
            savepoint == null ? TransactionKind.ROLLBACK : TransactionKind.ROLLBACK_TO_SAVEPOINT,
            savepoint);
    }
}

SqlNode VersorBegin() :
{
    final Span s;
}
{
    <BEGIN> { s = span(); } [ <WORK> | <TRANSACTION> ] TransactionModes()
    { return new SqlTransaction(s.end(this), TransactionKind.BEGIN, null); }
}

SqlNode VersorStart() :
{
    final Span s;
}
{
    <START> { s = span(); } <TRANSACTION> TransactionModes()
    { return new SqlTransaction(s.end(this), TransactionKind.BEGIN, null); }
}

/** All but READ ONLY and SERIALIZABLE are what a transaction is anyway. */
void TransactionModes() :
{
}
{
    [ TransactionMode() ( [ <COMMA> ] TransactionMode() )* ]
}

void TransactionMode() :
{
}
{
    <ISOLATION> <LEVEL>
    (
        <READ> ( <UNCOMMITTED> | <COMMITTED> )
    |
        <REPEATABLE> <READ>
    |
        <SERIALIZABLE> { SqlTransaction.refuseSerializable(getPos()); }
    )
|
    <READ> ( <WRITE> | <ONLY> { SqlTransaction.refuseReadOnly(getPos()); } )
|
    [ <NOT> ] <DEFERRABLE>
}

/** END is COMMIT and ABORT is ROLLBACK to PostgreSQL. */
SqlNode VersorEnd() :
{
    final Span s;
    final TransactionKind kind;
}
{
    ( <END> { kind = TransactionKind.COMMIT; } | <ABORT> { kind = TransactionKind.ROLLBACK; } )
    { s = span(); }
    [ <WORK> | <TRANSACTION> ]
    { return new SqlTransaction(s.end(this), kind, null); }
}

SqlNode VersorSavepoint() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <SAVEPOINT> { s = span(); } name = SimpleIdentifier()
    { return new SqlTransaction(s.end(this), TransactionKind.SAVEPOINT, name); }
}

SqlNode VersorRelease() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <RELEASE> { s = span(); } [ LOOKAHEAD(2) <SAVEPOINT> ] name = SimpleIdentifier()
    { return new SqlTransaction(s.end(this), TransactionKind.RELEASE_SAVEPOINT, name); }
}

SqlNode VersorUse() :
{
    final Span s;
    final VersionKind kind;
    final SqlNode revision;
}
{
    <USE> { s = span(); } kind = VersionKindWord() revision = Revision()
    { return new SqlUse(s.end(this), kind, revision); }
}

SqlNode VersorCheckout() :
{
    final Span s;
    final SqlNode revision;
}
{
    <CHECKOUT> { s = span(); } <BRANCH> revision = Revision()
    { return new SqlUse(s.end(this), VersionKind.BRANCH, revision); }
}

SqlNode VersorSetSchema() :
{
    final Span s;
    final SqlNode schema;
}
{
    <SET> { s = span(); } <SCHEMA> schema = Revision()
    { return new SqlSetSchema(s.end(this), schema); }
}

SqlNode VersorMergeBranch() :
{
    final Span s;
    final SqlNode source;
    final MergeClauses clauses = new MergeClauses();
}
{
    <MERGE> { s = span(); } <BRANCH> source = Revision()
    (
        MergeClause(clauses)
    |
        <SQUASH> { clauses.put(MergeClauses.Clause.SQUASH, source, getPos()); }
    |
        <DRY> <RUN> { clauses.put(MergeClauses.Clause.DRY_RUN, source, getPos()); }
    )*
    { return new SqlMergeBranch(s.end(this), source, clauses); }
}

/** A clause of what brings changes from elsewhere. */
void MergeClause(MergeClauses clauses) :
{
    final SqlParserPos pos;
    final SqlNode node;
}
{
    <INTO> { pos = getPos(); } node = RefName()
    { clauses.put(MergeClauses.Clause.INTO, node, pos); }
|
    <USING> { pos = getPos(); } ( <FAIL> | <OURS> | <THEIRS> | <CONFLICTS> )
    {
        clauses.put(
            MergeClauses.Clause.USING,
            new SqlIdentifier(token.image.toUpperCase(Locale.ROOT), getPos()),
            pos);
    }
|
    <MESSAGE> { pos = getPos(); } node = TextOrParameter()
    { clauses.put(MergeClauses.Clause.MESSAGE, node, pos); }
}

/** PARENT n. */
void ParentClause(MergeClauses clauses) :
{
    final SqlParserPos pos;
    final SqlNode node;
}
{
    <PARENT> { pos = getPos(); }
    (
        node = UnsignedNumericLiteral()
    |
        node = DynamicParam()
    )
    { clauses.put(MergeClauses.Clause.PARENT, node, pos); }
}

SqlNode VersorReset() :
{
    final Span s;
    SqlNode name = null;
    SqlNode commit = null;
    boolean soft = false;
}
{
    <RESET> { s = span(); } <BRANCH>
    [ name = RefName() ]
    [
        <TO> <COMMIT> commit = Revision()
        (
            <HARD>
        |
            <SOFT> { soft = true; }
        )
    ]
    { return new SqlResetBranch(s.end(this), name, commit, soft); }
}

SqlNode VersorRestore() :
{
    final Span s;
    final SqlIdentifier table;
    final SqlNode commit;
}
{
    <RESTORE> { s = span(); } <TABLE> table = CompoundIdentifier() <TO> <COMMIT> commit = Revision()
    { return new SqlRestoreTable(s.end(this), table, commit); }
}

SqlNode VersorRevert() :
{
    final Span s;
    final SqlNode commit;
    final MergeClauses clauses = new MergeClauses();
}
{
    <REVERT> { s = span(); } <COMMIT> commit = Revision()
    ( MergeClause(clauses) | ParentClause(clauses) )*
    { return new SqlRevertCommit(s.end(this), commit, clauses); }
}

SqlNode VersorCherryPick() :
{
    final Span s;
    final SqlNode commit;
    final MergeClauses clauses = new MergeClauses();
}
{
    <CHERRY> { s = span(); } <PICK> <COMMIT> commit = Revision()
    ( MergeClause(clauses) | ParentClause(clauses) )*
    { return new SqlCherryPick(s.end(this), commit, clauses); }
}

/** CALL versor.merge_branch('b', strategy => 'OURS'). */
SqlNode VersorCall() :
{
    final Span s;
    final SqlIdentifier name;
    final List<SqlCallProcedure.Argument> arguments = new ArrayList<SqlCallProcedure.Argument>();
}
{
    <CALL> { s = span(); } name = CompoundIdentifier()
    <LPAREN>
    [
        CallArgument(arguments)
        ( <COMMA> CallArgument(arguments) )*
    ]
    <RPAREN>
    { return new SqlCallProcedure(s.end(this), name, arguments); }
}

void CallArgument(List<SqlCallProcedure.Argument> arguments) :
{
    SqlIdentifier name = null;
    final SqlNode value;
}
{
    [ LOOKAHEAD(2) name = ParameterName() <NAMED_ARGUMENT_ASSIGNMENT> ]
    value = Expression(ExprContext.ACCEPT_NON_QUERY)
    { arguments.add(new SqlCallProcedure.Argument(Optional.ofNullable(name), value)); }
}

/** A name before an arrow can be nothing else, so some that are reserved will do. */
SqlIdentifier ParameterName() :
{
    final SqlIdentifier name;
}
{
    name = SimpleIdentifier() { return name; }
|
    ( <FROM> | <TABLE> ) { return new SqlIdentifier(token.image, getPos()); }
}

SqlNode VersorResolve() :
{
    final Span s;
    final SqlIdentifier table;
    boolean theirs = false;
    SqlNode condition = null;
}
{
    <RESOLVE> { s = span(); } <CONFLICTS> <ON> table = CompoundIdentifier() <USING>
    ( <OURS> | <THEIRS> { theirs = true; } )
    [ <WHERE> condition = Expression(ExprContext.ACCEPT_SUB_QUERY) ]
    { return new SqlResolveConflicts(s.end(this), table, theirs, condition); }
}

SqlNode VersorShow() :
{
    final Span s;
    final ShowKind kind;
    final List<SqlNode> arguments = new ArrayList<SqlNode>();
    SqlNode node;
}
{
    <SHOW> { s = span(); }
    (
        <LOG> { kind = ShowKind.LOG; } [ node = Revision() { arguments.add(node); } ]
    |
        <BRANCHES> { kind = ShowKind.BRANCHES; }
    |
        <TAGS> { kind = ShowKind.TAGS; }
    |
        <STATUS> { kind = ShowKind.STATUS; }
    |
        <TABLES> { kind = ShowKind.TABLES; }
    |
        <VIEWS> { kind = ShowKind.VIEWS; }
    |
        <REFLOG> { kind = ShowKind.REFLOG; }
    |
        <CONFLICTS> { kind = ShowKind.CONFLICTS; }
    |
        <DIFF> { kind = ShowKind.DIFF; }
        [ ShownRevision(arguments) [ ShownRevision(arguments) ] ]
    |
        <COLUMNS> ( <FROM> | <IN> ) { kind = ShowKind.COLUMNS; } ShownTable(arguments)
    |
        <CREATE>
        (
            <TABLE> { kind = ShowKind.CREATE_TABLE; }
        |
            <VIEW> { kind = ShowKind.CREATE_VIEW; }
        )
        ShownTable(arguments)
    )
    { return new SqlShow(s.end(this), kind, arguments); }
}

/** Texts side by side are two revisions here, not one text. */
void ShownRevision(List<SqlNode> arguments) :
{
    final SqlNode node;
}
{
    node = StringLiteral() { arguments.addAll(TextParts.of(node)); }
|
    node = DynamicParam() { arguments.add(node); }
|
    node = SimpleIdentifier() {
        arguments.add(
            SqlLiteral.createCharString(((SqlIdentifier) node).getSimple(), node.getParserPosition()));
    }
}

/** DESCRIBE t is short for SHOW COLUMNS FROM t. */
SqlNode VersorDescribe() :
{
    final Span s;
    final List<SqlNode> arguments = new ArrayList<SqlNode>();
}
{
    ( <DESCRIBE> | <DESC> ) { s = span(); } [ <TABLE> ] ShownTable(arguments)
    { return new SqlShow(s.end(this), ShowKind.COLUMNS, arguments); }
}

void ShownTable(List<SqlNode> arguments) :
{
    final SqlNode table;
}
{
    (
        table = CompoundIdentifier()
    |
        table = DynamicParam()
    )
    { arguments.add(table); }
}

SqlNode VersorOptimize() :
{
    final Span s;
    final SqlIdentifier table;
}
{
    <OPTIMIZE> { s = span(); } <TABLE> table = CompoundIdentifier()
    { return new SqlOptimizeTable(s.end(this), table); }
}

SqlNode VersorVacuum() :
{
    final Span s;
    boolean dryRun = false;
    SqlNode age = null;
}
{
    <VACUUM> { s = span(); }
    [ <DRY> <RUN> { dryRun = true; } ]
    [ <OLDER> <THAN> age = Expression(ExprContext.ACCEPT_NON_QUERY) ]
    { return new SqlVacuum(s.end(this), dryRun, age); }
}

SqlNode VersorExpireHistory() :
{
    final Span s;
    SqlNode branch = null;
    SqlNode age = null;
    SqlNode commit = null;
    SqlNode last = null;
    boolean dryRun = false;
}
{
    <EXPIRE> { s = span(); } <HISTORY> [ <OF> <BRANCH> branch = RefName() ]
    (
        <OLDER> <THAN> age = Expression(ExprContext.ACCEPT_NON_QUERY)
    |
        <BEFORE> <COMMIT> commit = Revision()
    )
    [ <KEEP> <LAST> ( last = UnsignedNumericLiteral() | last = DynamicParam() ) ]
    [ <DRY> <RUN> { dryRun = true; } ]
    { return new SqlExpireHistory(s.end(this), branch, age, commit, last, dryRun); }
}

SqlNode VersorSquashHistory() :
{
    final Span s;
    SqlNode branch = null;
    final SqlNode from;
    final SqlNode to;
    boolean dryRun = false;
}
{
    <SQUASH> { s = span(); } <HISTORY> [ <OF> <BRANCH> branch = RefName() ]
    <FROM> <COMMIT> from = Revision() <TO> <COMMIT> to = Revision()
    [ <DRY> <RUN> { dryRun = true; } ]
    { return new SqlSquashHistory(s.end(this), branch, from, to, dryRun); }
}

SqlNode VersorBackup() :
{
    final Span s;
    final SqlNode folder;
}
{
    <BACKUP> { s = span(); } <TO> folder = TextOrParameter()
    { return new SqlBackup(s.end(this), folder); }
}

SqlNode VersorClone() :
{
    final Span s;
    final SqlNode folder;
}
{
    <CLONE> { s = span(); } [ <STORE> ] <TO> folder = TextOrParameter()
    { return new SqlClone(s.end(this), folder); }
}

SqlNode VersorCheckStore() :
{
    final Span s;
    boolean repair = false;
}
{
    <CHECK> { s = span(); } <STORE> [ <REPAIR> { repair = true; } ]
    { return new SqlCheckStore(s.end(this), repair); }
}

SqlNode VersorImport() :
{
    final Span s;
    final SqlIdentifier format;
    final SqlNode path;
    final SqlIdentifier table;
    final List<SqlNode> branches = new ArrayList<SqlNode>();
    SqlNode branch;
}
{
    <IMPORT> { s = span(); } format = SimpleIdentifier() path = TextOrParameter()
    <INTO> table = CompoundIdentifier()
    [
        <BRANCHES> branch = RefName() { branches.add(branch); }
        ( <COMMA> branch = RefName() { branches.add(branch); } )*
    ]
    {
        return new SqlImport(
            s.end(this), format, path, table, new SqlNodeList(branches, SqlParserPos.ZERO));
    }
}
