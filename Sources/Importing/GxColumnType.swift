/// A type as Great Expectations names it: by SQLAlchemy's class, and of pandas' or Spark's by theirs.
struct GxColumnType: Hashable {
    /// Types of PostgreSQL of which the column must have one.
    let spellings: [String]
    /// Whether the name is one of PostgreSQL's or of its SQLAlchemy dialect, and means just these types.
    let isOfPostgres: Bool

    /// Reads a name; `nil` for one that stands for no type of PostgreSQL by itself.
    init?(_ name: String) {
        if let spellings = Self.foreign[name] {
            (self.spellings, isOfPostgres) = (spellings, false)
            return
        }
        let plain = name.lowercased().replacing("_", with: " ")
        let base = plain.prefix { $0 != "(" }.split(separator: " ").joined(separator: " ")
        // SQLAlchemy names arrays and enums without saying of what.
        guard Self.own.contains(base) else { return nil }
        (spellings, isOfPostgres) = (Self.families[plain] ?? [plain], true)
    }

    /// Names that stand for several types.
    private static let families = [
        "timestamp": ["timestamp", "timestamptz"], "time": ["time", "timetz"],
        "float": ["double precision", "real"],
    ]

    private static let own: Set<String> = [
        "bigint", "bit", "bool", "boolean", "bytea", "char", "character", "character varying", "cidr", "citext", "date",
        "decimal", "double precision", "float", "float4", "float8", "hstore", "inet", "int", "int2", "int4", "int8",
        "integer", "interval", "json", "jsonb", "macaddr", "macaddr8", "money", "numeric", "oid", "real", "regclass",
        "smallint", "text", "time", "time with time zone", "time without time zone", "timestamp",
        "timestamp with time zone", "timestamp without time zone", "timestamptz", "timetz", "tsquery", "tsvector",
        "uuid", "varchar", "xml", "daterange", "int4range", "int8range", "numrange", "tsrange", "tstzrange",
    ]

    private static let texts = ["text", "varchar", "char"]
    private static let wholes = ["smallint", "integer", "bigint"]
    private static let floats = ["real", "double precision"]
    private static let times = ["timestamp", "timestamptz"]

    /// Classes of SQLAlchemy that are no type of one database, and types of pandas and Spark.
    private static let foreign: [String: [String]] = [
        "Integer": wholes, "BigInteger": ["bigint"], "SmallInteger": ["smallint"], "String": texts, "Text": ["text"],
        "Unicode": texts, "UnicodeText": ["text"], "Numeric": ["numeric"] + floats, "Float": floats,
        "Double": ["double precision"], "Boolean": ["boolean"], "Date": ["date"], "DateTime": times, "DATETIME": times,
        "Time": ["time", "timetz"], "Interval": ["interval"], "LargeBinary": ["bytea"], "Uuid": ["uuid"],
        "STRING": texts, "NVARCHAR": ["varchar"], "DOUBLE": ["double precision"],
        "TINYINT": ["smallint"], "INT64": ["bigint"], "FLOAT64": ["double precision"], "BOOL": ["boolean"],
        "int": wholes, "long": ["bigint"], "int8": ["smallint"], "int16": ["smallint"], "int32": ["integer"],
        "int64": ["bigint"], "Int8": ["smallint"], "Int16": ["smallint"], "Int32": ["integer"], "Int64": ["bigint"],
        "uint8": ["smallint"], "uint16": ["integer"], "uint32": ["bigint"], "float": floats, "float32": ["real"],
        "float64": ["double precision"], "str": texts, "string": texts, "bool": ["boolean"],
        "bytes": ["bytea"], "datetime64": times, "datetime64[ns]": times, "Timestamp": times, "datetime": times,
        "dict": ["json", "jsonb"], "ByteType": ["smallint"], "ShortType": ["smallint"], "IntegerType": ["integer"],
        "LongType": ["bigint"], "FloatType": ["real"], "DoubleType": ["double precision"], "DecimalType": ["numeric"],
        "StringType": texts, "BooleanType": ["boolean"], "DateType": ["date"], "TimestampType": ["timestamptz"],
        "TimestampNTZType": ["timestamp"], "BinaryType": ["bytea"],
    ]
}
