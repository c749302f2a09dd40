-- The procedures through which SQL Server is read (2017 or newer; 2016 lacks string_agg). Run once in the database, again
-- after a change, by somebody who may create a schema; then: grant execute on schema::plumbline to <the login>, and
-- grant select on the tables that are read. They run as their caller, so that nothing is read which the login may not read.
-- Names are looked up in the catalogue and quoted by quotename; values come as parameters and never into the text.
if schema_id('plumbline') is null exec('create schema plumbline');
go

-- One row a column: name, type as it is declared, YES when it may be null. A second set: 1 when a unique index lies within
-- the key's columns, 0 when none does, null for a view.
create or alter procedure plumbline.describe_table @table nvarchar(600), @key nvarchar(max)
as
begin
  set nocount on;
  declare @id int = object_id(@table);
  select c.name, plumbline.type_text(c.object_id, c.column_id) as type,
    case when c.is_nullable = 1 then 'YES' else 'NO' end as nullable
  from sys.columns c
  where c.object_id = @id
  order by c.column_id;

  select case
    when objectproperty(@id, 'IsTable') = 0 then null
    when exists (
      select 1
      from sys.indexes i
      where i.object_id = @id and i.is_unique = 1 and i.has_filter = 0
        and not exists (
          select 1
          from sys.index_columns ic
          join sys.columns c on c.object_id = ic.object_id and c.column_id = ic.column_id
          where ic.object_id = i.object_id and ic.index_id = i.index_id and ic.is_included_column = 0
            and c.name not in (select [value] from openjson(@key))
        )
    ) then 'YES' else 'NO' end as key_is_unique;
end;
go

-- A column's type with its length or precision, as it may stand in a conversion.
create or alter function plumbline.type_text(@object int, @column int) returns nvarchar(200)
as
begin
  return (
    select case
      when t.name in ('nvarchar', 'nchar') then t.name + '(' + iif(c.max_length = -1, 'max', convert(varchar(10), c.max_length / 2)) + ')'
      when t.name in ('varchar', 'char', 'varbinary', 'binary') then t.name + '(' + iif(c.max_length = -1, 'max', convert(varchar(10), c.max_length)) + ')'
      when t.name in ('decimal', 'numeric') then t.name + '(' + convert(varchar(10), c.precision) + ',' + convert(varchar(10), c.scale) + ')'
      when t.name in ('datetime2', 'datetimeoffset', 'time') then t.name + '(' + convert(varchar(10), c.scale) + ')'
      when t.name = 'timestamp' then 'binary(8)'
      else t.name
    end
    from sys.columns c
    join sys.types t on t.user_type_id = c.system_type_id
    where c.object_id = @object and c.column_id = @column
  );
end;
go

-- A column as text that a feed reads: ISO times (Z where the zone is known), a decimal point, hexadecimal bytes.
create or alter function plumbline.text_of(@object int, @name sysname) returns nvarchar(1000)
as
begin
  declare @type sysname, @column nvarchar(300) = 's.' + quotename(@name);
  select @type = t.name
  from sys.columns c
  join sys.types t on t.user_type_id = c.system_type_id
  where c.object_id = @object and c.name = @name;
  return case
    when @type is null then null
    when @type = 'datetimeoffset' then 'convert(nvarchar(40), switchoffset(' + @column + ', 0), 127)'
    when @type in ('datetime', 'datetime2', 'smalldatetime', 'date') then 'convert(nvarchar(40), ' + @column + ', 126)'
    when @type in ('money', 'smallmoney') then 'convert(nvarchar(40), ' + @column + ', 2)'
    when @type in ('float', 'real') then 'convert(nvarchar(40), ' + @column + ', 3)'
    when @type in ('binary', 'varbinary', 'timestamp') then 'convert(nvarchar(max), convert(varbinary(8000), ' + @column + '), 2)'
    when @type = 'bit' then 'case ' + @column + ' when 1 then N''true'' when 0 then N''false'' end'
    else 'convert(nvarchar(max), ' + @column + ')'
  end;
end;
go

-- A text that text_of gave, as the column's value again: the text of an expression over json_value(@after, '$[i]').
create or alter function plumbline.value_of(@object int, @name sysname, @source nvarchar(200)) returns nvarchar(1000)
as
begin
  declare @type sysname, @text nvarchar(200);
  select @type = t.name, @text = plumbline.type_text(c.object_id, c.column_id)
  from sys.columns c
  join sys.types t on t.user_type_id = c.system_type_id
  where c.object_id = @object and c.name = @name;
  return 'convert(' + @text + ', ' + @source + case
    when @type in ('binary', 'varbinary', 'timestamp') then ', 2'
    when @type = 'datetimeoffset' then ', 127'
    when @type in ('datetime', 'datetime2', 'smalldatetime', 'date') then ', 126'
    else '' end + ')';
end;
go

-- The moment before which everything is settled, in UTC: when the oldest open transaction began, else now. The age of
-- other people's transactions needs VIEW SERVER STATE; without it the overlap must be longer than the longest of them.
create or alter procedure plumbline.clock
as
begin
  set nocount on;
  declare @now datetime2(7) = sysutcdatetime(), @oldest datetime2(7);
  begin try
    select @oldest = min(dateadd(second, datediff(second, getdate(), @now), a.transaction_begin_time))
    from sys.dm_tran_active_transactions a
    join sys.dm_tran_session_transactions st on st.transaction_id = a.transaction_id
    where st.session_id <> @@spid;
  end try
  begin catch
    set @oldest = null;
  end catch;
  select convert(nvarchar(40), coalesce(iif(@oldest < @now, @oldest, @now), @now), 126) as settled;
end;
go

-- From which watermark a later look must read: the greatest that is there, never after the clock (@settled in UTC, @local as
-- the clocks on the wall showed it), less the overlap. For a rowversion it is what no open transaction can fall below.
create or alter procedure plumbline.reach @table nvarchar(600), @watermark sysname, @overlap bigint, @settled nvarchar(40), @local nvarchar(40)
as
begin
  set nocount on;
  declare @id int = object_id(@table), @type sysname, @sql nvarchar(max);
  declare @name nvarchar(600) = quotename(object_schema_name(@id)) + '.' + quotename(object_name(@id));
  select @type = t.name
  from sys.columns c
  join sys.types t on t.user_type_id = c.system_type_id
  where c.object_id = @id and c.name = @watermark;
  if @type is null throw 50001, 'The table has no such watermark column.', 1;
  if @type = 'timestamp'
  begin
    select convert(nvarchar(40), convert(binary(8), convert(bigint, min_active_rowversion()) - 1), 2) as reached;
    return;
  end;
  set @sql = N'select ' + case
    when @type = 'datetimeoffset' then N'convert(nvarchar(40), switchoffset(dateadd(second, -@overlap, iif(max(s.w) < @utc, max(s.w), @utc)), 0), 127)'
    when @type in ('datetime', 'datetime2', 'smalldatetime') then N'convert(nvarchar(40), dateadd(second, -@overlap, iif(max(s.w) < @wall, max(s.w), @wall)), 126)'
    when @type = 'date' then N'convert(nvarchar(40), convert(date, dateadd(second, -@overlap, iif(convert(datetime2, max(s.w)) < @wall, convert(datetime2, max(s.w)), @wall))), 126)'
    else N'convert(nvarchar(40), max(s.w) - @overlap)'
  end + N' as reached from (select ' + quotename(@watermark) + N' as w from ' + @name + N') s having max(s.w) is not null';
  declare @utc datetimeoffset(7) = todatetimeoffset(convert(datetime2(7), @settled, 126), 0);
  declare @wall datetime2(7) = convert(datetime2(7), @local, 126);
  exec sp_executesql @sql, N'@overlap bigint, @utc datetimeoffset(7), @wall datetime2(7)', @overlap, @utc, @wall;
end;
go

-- At most @rows rows in order: with a watermark by watermark and key (@part 'marked'), those without one, and tables without
-- any, by key ('unmarked'). Only rows after the place @after (a JSON list of texts) or, when @from is given as well, from
-- that watermark on. First the cells as texts, then the row's place.
create or alter procedure plumbline.read_rows @table nvarchar(600), @columns nvarchar(max), @key nvarchar(max),
  @watermark sysname, @part nvarchar(10), @after nvarchar(max), @from nvarchar(100), @rows int
as
begin
  set nocount on;
  declare @id int = object_id(@table);
  declare @name nvarchar(600) = quotename(object_schema_name(@id)) + '.' + quotename(object_name(@id));
  declare @places table (place int primary key, name sysname);
  if @watermark is not null and @part = 'marked' insert into @places values (0, @watermark);
  insert into @places
  select row_number() over (order by convert(int, [key])) - 1 + (select count(*) from @places), [value] from openjson(@key);
  if exists (
    select [value] from openjson(@columns) union all select name from @places
    except select name from sys.columns where object_id = @id
  ) throw 50001, 'A column is not there.', 1;

  declare @cells nvarchar(max), @place nvarchar(max), @order nvarchar(max), @ways nvarchar(max), @where nvarchar(max);
  select @cells = string_agg(plumbline.text_of(@id, [value]), ', ') within group (order by convert(int, [key])) from openjson(@columns);
  select @place = string_agg(plumbline.text_of(@id, name), ', ') within group (order by place),
    @order = string_agg(convert(nvarchar(max), 's.' + quotename(name)), ', ') within group (order by place)
  from @places;
  -- (a, b) > (x, y) written out, so that an index is used.
  select @ways = string_agg('(' + coalesce(equal.text + ' and ', '') + 's.' + quotename(p.name) + ' > '
      + plumbline.value_of(@id, p.name, 'json_value(@after, ''$[' + convert(varchar(10), p.place) + ']'')') + ')', ' or ')
    within group (order by p.place)
  from @places p
  outer apply (
    select string_agg(convert(nvarchar(max), 's.' + quotename(q.name) + ' = '
      + plumbline.value_of(@id, q.name, 'json_value(@after, ''$[' + convert(varchar(10), q.place) + ']'')')), ' and ')
      within group (order by q.place) as text
    from @places q
    where q.place < p.place
  ) equal;
  set @where = case
    when @after is not null and @from is not null and @part = 'marked'
      then ' and (' + @ways + ' or s.' + quotename(@watermark) + ' >= ' + plumbline.value_of(@id, @watermark, '@from') + ')'
    when @after is not null then ' and (' + @ways + ')'
    when @from is not null and @part = 'marked'
      then ' and s.' + quotename(@watermark) + ' >= ' + plumbline.value_of(@id, @watermark, '@from')
    else '' end
    + case
      when @watermark is null then ''
      when @part = 'marked' then ' and s.' + quotename(@watermark) + ' is not null'
      else ' and s.' + quotename(@watermark) + ' is null' end;
  declare @sql nvarchar(max) = N'select top (@rows) ' + @cells + N', ' + @place + N' from ' + @name + N' s where 1 = 1' + @where + N' order by ' + @order;
  exec sp_executesql @sql, N'@after nvarchar(max), @from nvarchar(100), @rows int', @after, @from, @rows;
end;
go
