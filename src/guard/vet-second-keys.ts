/**
 * Every part of the second parser's tree that may hold something. A part that is null, false or empty does
 * not count; a part that is not here and holds something is a refusal (INTO, locks, hints ...).
 */
export const KNOWN_KEYS: ReadonlySet<string> = new Set(
  `Query with cte_tables query body Select SetOperation op left right set_quantifier
   projection UnnamedExpr ExprWithAlias Wildcard QualifiedWildcard ObjectName opt_exclude Multiple wildcard_token
   distinct top quantity Constant top_before_distinct from relation joins Table Derived subquery NestedJoin
   table_with_joins join_operator Join Inner Left LeftOuter Right RightOuter FullOuter CrossJoin On Using Natural
   selection group_by Expressions GroupingSets Rollup Cube having qualify window_before_qualify named_window NamedWindow
   order_by kind options asc nulls_first limit_clause LimitOffset limit offset rows fetch
   Identifier CompoundIdentifier Value value Placeholder Number SingleQuotedString Nested Tuple BinaryOp UnaryOp
   expr Expr Function args List Unnamed clauses OrderBy IgnoreOrRespectNulls duplicate_treatment over WindowSpec partition_by
   window_frame start_bound end_bound Preceding Following units filter within_group null_treatment parameters
   Case operand conditions condition result else_result Cast data_type format Convert Extract field syntax
   Substring substring_from substring_for special shorthand Trim trim_what trim_where trim_characters Position in
   Ceil Floor DateTimeField Interval leading_field last_field TypedString AtTimeZone timestamp time_zone
   Between low high InList list InSubquery Exists Subquery Like ILike SimilarTo pattern escape_char negated
   IsNull IsNotNull IsTrue IsNotTrue IsFalse IsNotFalse IsUnknown IsNotUnknown IsDistinctFrom IsNotDistinctFrom
   AnyOp AllOp compare_op is_some
   Pivot Unpivot null_inclusion lateral table aggregate_functions value_column value_source
   Decimal Numeric Dec Varchar Nvarchar CharVarying CharacterVarying Char Character Int Integer BigInt SmallInt Float Double
   Int2 Int4 Int8 Float4 Float8 Text Date Time Timestamp TimestampNtz Bool Boolean Custom Datetime
   PrecisionAndScale Precision IntegerLength length Max explicit alias name columns span
   with_token select_token case_token end_token closing_paren_token attached_token token Word keyword quote_style
   flavor`.split(/\s+/),
);
