<#-- Statements about branches, commits and transactions. -->

/** A name, as an identifier or a character literal. */
SqlIdentifier RefName() :
{
    final SqlIdentifier name;
    final SqlNode text;
}
{
    name = SimpleIdentifier() { return name; }
|
    text = StringLiteral() {
        return new SqlIdentifier(((SqlLiteral) text).getValueAs(String.class), text.getParserPosition());
    }
}

/** A character literal or a parameter. */
SqlNode TextOrParameter() :
{
    final SqlNode text;
}
{
    (
        text = StringLiteral()
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
    final SqlIdentifier name;
    RevisionClause start = null;
    boolean withChanges = false;
}
{
    <BRANCH> ifNotExists = IfNotExists() name = RefName()
    [ start = AsOf() ]
    [ <WITH> <CHANGES> { withChanges = true; } ]
    {
        return new SqlCreateBranch(s.end(this), replace, ifNotExists, name, start, withChanges);
    }
}

SqlNode DropBranch(Span s) :
{
    final boolean ifExists;
    final SqlIdentifier name;
    boolean force = false;
}
{
    <BRANCH> ifExists = IfExists() name = RefName()
    [ <FORCE> { force = true; } ]
    { return new SqlDropBranch(s.end(this), ifExists, name, force); }
}

SqlNode CreateTag(Span s) :
{
    final SqlIdentifier name;
    RevisionClause target = null;
    SqlNode message = null;
}
{
    <TAG> name = RefName()
    [ target = AsOf() ]
    [ <MESSAGE> message = TextOrParameter() ]
    { return new SqlCreateTag(s.end(this), name, target, message); }
}

SqlNode DropTag(Span s) :
{
    final boolean ifExists;
    final SqlIdentifier name;
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
    <BEGIN> { s = span(); } [ <WORK> | <TRANSACTION> ]
    { return new SqlTransaction(s.end(this), TransactionKind.BEGIN, null); }
}

SqlNode VersorStart() :
{
    final Span s;
}
{
    <START> { s = span(); } <TRANSACTION>
    { return new SqlTransaction(s.end(this), TransactionKind.BEGIN, null); }
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
    SqlIdentifier target = null;
    String strategy = null;
    SqlNode message = null;
    boolean squash = false;
    boolean dryRun = false;
}
{
    <MERGE> { s = span(); } <BRANCH> source = Revision()
    [ <INTO> target = RefName() ]
    [
        <USING>
        (
            <FAIL> { strategy = "FAIL"; }
        |
            <OURS> { strategy = "OURS"; }
        |
            <THEIRS> { strategy = "THEIRS"; }
        |
            <CONFLICTS> { strategy = "CONFLICTS"; }
        )
    ]
    [ <MESSAGE> message = TextOrParameter() ]
    [ <SQUASH> { squash = true; } ]
    [ <DRY> <RUN> { dryRun = true; } ]
    {
        return new SqlMergeBranch(s.end(this), source, target, strategy, message, squash, dryRun);
    }
}

SqlNode VersorReset() :
{
    final Span s;
    SqlIdentifier name = null;
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
    int parent = 0;
}
{
    <REVERT> { s = span(); } <COMMIT> commit = Revision()
    [ <PARENT> parent = UnsignedIntLiteral() ]
    { return new SqlRevertCommit(s.end(this), commit, parent); }
}

SqlNode VersorCherryPick() :
{
    final Span s;
    final SqlNode commit;
}
{
    <CHERRY> { s = span(); } <PICK> <COMMIT> commit = Revision()
    { return new SqlCherryPick(s.end(this), commit); }
}

SqlNode VersorResolve() :
{
    final Span s;
    final SqlIdentifier table;
    boolean theirs = false;
}
{
    <RESOLVE> { s = span(); } <CONFLICTS> <ON> table = CompoundIdentifier() <USING>
    ( <OURS> | <THEIRS> { theirs = true; } )
    { return new SqlResolveConflicts(s.end(this), table, theirs); }
}

SqlNode VersorShow() :
{
    final Span s;
    ShowKind kind;
    SqlNode from = null;
    SqlNode to = null;
}
{
    <SHOW> { s = span(); }
    (
        <LOG> { kind = ShowKind.LOG; } [ from = Revision() ]
    |
        <BRANCHES> { kind = ShowKind.BRANCHES; }
    |
        <TAGS> { kind = ShowKind.TAGS; }
    |
        <STATUS> { kind = ShowKind.STATUS; }
    |
        <TABLES> { kind = ShowKind.TABLES; }
    |
        <DIFF> { kind = ShowKind.DIFF; } [ from = Revision() [ to = Revision() ] ]
    )
    { return new SqlShow(s.end(this), kind, from, to); }
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

SqlNode VersorCheckStore() :
{
    final Span s;
    boolean repair = false;
}
{
    <CHECK> { s = span(); } <STORE> [ <REPAIR> { repair = true; } ]
    { return new SqlCheckStore(s.end(this), repair); }
}
