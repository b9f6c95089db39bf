<#-- Types that Calcite does not have. -->

SqlTypeNameSpec VersorTypeName() :
{
    final Span s;
    final String name;
    String dtype = null;
    final List<Integer> extents = new ArrayList<Integer>();
    final List<String> texts = new ArrayList<String>();
    int extent;
}
{
    (
        ( <TEXT> | <JSON> | <LIST> | <BBOX> | <KEYPOINTS> | <SEGMENT_MASK> | <BINARY_MASK> | <POLYGON> | <POINT_CLOUD> )
        { s = span(); name = token.image.toUpperCase(Locale.ROOT); }
    |
        ( <IMAGE> | <AUDIO> | <VIDEO> | <CLASS_LABEL> )
        { s = span(); name = token.image.toUpperCase(Locale.ROOT); }
        [
            <LPAREN> TypeText(texts) ( <COMMA> TypeText(texts) )* <RPAREN>
        ]
    |
        <EMBEDDING> { s = span(); name = "EMBEDDING"; }
        <LPAREN> extent = UnsignedIntLiteral() { extents.add(extent); } <RPAREN>
    |
        <TENSOR> { s = span(); name = "TENSOR"; }
        <LPAREN> dtype = DtypeWord() ( <COMMA> Extent(extents) )* <RPAREN>
    )
    { return new SqlTensorTypeSpec(s.end(this), name, dtype, extents, texts); }
}

/** Other databases' and the standard's names for types that Calcite knows by another. */
SqlTypeNameSpec CustomaryTypeName() :
{
    int length = -1;
    final Span s;
    final String name;
}
{
    <FLOAT> { s = span(); }
    <LPAREN> length = UnsignedIntLiteral() <RPAREN>
    { return CustomaryTypes.floatOf(length, s.end(this)); }
|
    <CLOB> { s = span(); }
    [ <LPAREN> length = UnsignedIntLiteral() <RPAREN> ]
    { return CustomaryTypes.text(length, s.end(this)); }
|
    <BLOB> { s = span(); }
    [ <LPAREN> length = UnsignedIntLiteral() <RPAREN> ]
    { return CustomaryTypes.bytes(length, s.end(this)); }
|
    <BYTEA> { return CustomaryTypes.bytes(length, getPos()); }
|
    (
        <DATETIME>
    |
        LOOKAHEAD({ CustomaryTypes.isName(getToken(1).image) })
        <IDENTIFIER>
    )
    { s = span(); name = token.image; }
    [ <LPAREN> length = UnsignedIntLiteral() <RPAREN> ]
    { return CustomaryTypes.named(name, length, s.end(this)); }
}

/** Types of other databases that no column can have: who says so knows what does their work. */
SqlTypeNameSpec AbsentTypeName() :
{
    final Span s;
}
{
    <BIT> { s = span(); }
    [ <VARYING> ]
    [ <LPAREN> UnsignedIntLiteral() <RPAREN> ]
    { return new SqlTensorTypeSpec(s.end(this), "BIT", null, List.<Integer>of(), List.<String>of()); }
}

SqlDataTypeSpec AbsentIntervalType() :
{
    final Span s;
}
{
    <INTERVAL> { s = span(); }
    [ IntervalQualifier() ]
    {
        return new SqlDataTypeSpec(
            new SqlTensorTypeSpec(s.end(this), "INTERVAL", null, List.<Integer>of(), List.<String>of()),
            s.end(this));
    }
}

void TypeText(List<String> texts) :
{
    final SqlLiteral text;
}
{
    text = TextLiteral() { texts.add(text.getValueAs(String.class)); }
}

void Extent(List<Integer> extents) :
{
    final int extent;
}
{
    <STAR> { extents.add(SqlTensorTypeSpec.RAGGED); }
|
    extent = UnsignedIntLiteral() { extents.add(extent); }
}

/** A dtype, or a word of SQL for one. Which words mean something is not the parser's business. */
String DtypeWord() :
{
    final SqlIdentifier word;
}
{
    ( <BOOLEAN> | <TINYINT> | <SMALLINT> | <INTEGER> | <INT> | <BIGINT> | <REAL> | <DOUBLE> | <FLOAT> )
    { return token.image.toUpperCase(Locale.ROOT); }
|
    word = SimpleIdentifier() { return word.getSimple().toUpperCase(Locale.ROOT); }
}

/** A type that nobody knows, with arguments: who says so can tell names that are near. */
SqlTypeNameSpec UnknownTypeName() :
{
    final Span s;
    final String name;
}
{
    <IDENTIFIER> { s = span(); name = token.image; }
    <LPAREN> TypeArgument() ( <COMMA> TypeArgument() )* <RPAREN>
    { return new SqlTensorTypeSpec(s.end(this), name, null, List.<Integer>of(), List.<String>of()); }
}

void TypeArgument() :
{
    final List<String> texts = new ArrayList<String>();
    final List<Integer> extents = new ArrayList<Integer>();
}
{
    Extent(extents)
|
    TypeText(texts)
|
    DtypeWord()
}
