import Checks
import Planning
import StructuredSQL

/// A random table with random data of the kinds that trip checkers up, and a random suite on it.
struct RandomSuite {
    private var random: SplitMix64
    private let schema: String
    private let table: String
    /// Column names by what they hold; every third table has names that need quotes, one has names of 63 bytes.
    private let names: [String: String]
    let rowCount: Int

    init(seed: UInt64) {
        var random = SplitMix64(state: seed)
        let plain = ["i", "n", "f", "t", "b", "at", "mood", "short", "tags", "doc", "g", "m"]
        let style = Int(seed % 3)
        names = Dictionary(
            uniqueKeysWithValues: plain.map { name in
                switch style {
                case 0: (name, name)
                case 1: (name, "Weird \"\(name)\" from; --")
                default: (name, String(repeating: "ü", count: 31 - name.utf8.count / 2 - 1) + name)
                }
            })
        schema = style == 1 ? "My Schema" : "plain"
        table = style == 2 ? String(repeating: "t", count: 63) : style == 1 ? "Select" : "data"
        rowCount = [0, 1, 40, 300][Int(random.next() % 4)]
        self.random = random
    }

    private func column(_ name: String) -> SQL { "\(identifier: names[name] ?? name)" }

    /// A plain table, a partitioned one, a view, a materialized view or an inheritance tree, all with the same rows.
    mutating func script() -> SQL {
        let columns: SQL = """
            \(column("i")) int, \(column("n")) numeric, \(column("f")) float8, \(column("t")) text, \(column("b")) boolean,
            \(column("at")) timestamptz, \(column("mood")) x.mood, \(column("short")) x.short, \(column("tags")) text[],
            \(column("doc")) jsonb, \(column("g")) int, \(column("m")) numeric(8,2)
            """
        let kind = random.next() % 5
        let storage: SQL = kind == 2 || kind == 3 ? "\(identifier: schema, "base")" : "\(identifier: schema, table)"
        var script: SQL = """
            CREATE SCHEMA \(identifier: schema); CREATE SCHEMA x; CREATE TYPE x.mood AS ENUM ('sad', 'ok', 'happy');
            CREATE DOMAIN x.short AS text CHECK (length(value) < 10); CREATE TABLE x.parent (id int, g int);
            INSERT INTO x.parent SELECT i, i % 3 FROM generate_series(1, 5) AS i; INSERT INTO x.parent VALUES (NULL, 1);
            """
        if kind == 1 {
            script += """
                CREATE TABLE \(storage) (\(columns)) PARTITION BY LIST (\(column("g")));
                CREATE TABLE x.part0 PARTITION OF \(storage) FOR VALUES IN (0);
                CREATE TABLE x.part1 PARTITION OF \(storage) DEFAULT;
                """
        } else {
            script += "CREATE TABLE \(storage) (\(columns));"
        }
        if kind == 4 { script += "CREATE TABLE x.child () INHERITS (\(storage));" }
        let seed = Int(random.next() % 1000)
        script += """
            INSERT INTO \(storage)
            SELECT nullif(h % 13, 12), (ARRAY[h % 50, 'NaN', NULL, 0.1, -5, 'Infinity']::numeric[])[1 + h / 7 % 6],
                (ARRAY[h % 9, 'NaN', NULL, '-0', '-Infinity', 1e300]::float8[])[1 + h / 11 % 6],
                (ARRAY['', ' ', 'abc', 'ABC', NULL, 'a@b.example', '2024-02-30', E'x\\ny\\t\\\\', 'NULL'])[1 + h / 3 % 9],
                (ARRAY[true, false, NULL])[1 + h % 3],
                (ARRAY[now(), NULL, 'infinity', now() - interval '3 days', now() + interval '1 day']::timestamptz[])[1 + h / 5 % 5],
                (ARRAY['sad', 'ok', NULL]::x.mood[])[1 + h / 2 % 3], (ARRAY['', 'dd', NULL])[1 + h / 13 % 3],
                CASE h % 4 WHEN 0 THEN '{}'::text[] WHEN 1 THEN NULL WHEN 2 THEN '{a,NULL}' ELSE '{b}' END,
                (ARRAY['{}', '[1]', 'null', NULL, '{"a": 1.10}']::jsonb[])[1 + h / 17 % 5], h % 4,
                (ARRAY[h % 5 / 4.0, 'NaN', NULL, -1.5]::numeric[])[1 + h / 19 % 4]
            FROM (SELECT abs(hashint4(i + \(SQL(quotedByServer: String(seed))))) AS h
                FROM generate_series(1, \(SQL(quotedByServer: String(rowCount)))) AS i) AS hashes;
            """
        if kind == 4 { script += "INSERT INTO x.child SELECT * FROM ONLY \(storage) LIMIT 7;" }
        if kind == 2 { script += "CREATE VIEW \(identifier: schema, table) AS SELECT * FROM \(storage)" }
        if kind == 3 { script += "CREATE MATERIALIZED VIEW \(identifier: schema, table) AS SELECT * FROM \(storage)" }
        return script
    }

    /// All optimisations, one or a few.
    mutating func optimisations() -> Set<Optimisation> {
        let all = Optimisation.allCases
        switch random.next() % 3 {
        case 0: return [pick(all)]
        case 1: return Set(all.filter { _ in random.next() % 2 == 0 })
        default: return Set(all)
        }
    }

    /// The suite as YAML text.
    mutating func suite(checkCount: Int) -> String {
        var lines = [
            "dataset: '\(SQL.quoted(identifier: schema)).\(SQL.quoted(identifier: table))'",
            "time: {column: \(yaml(names["at"] ?? "")), zone: Europe/Berlin}", "keep: all", "checks:",
        ]
        for number in 0..<checkCount {
            let nulls = pick(["", ", nulls: fail", ", nulls: pass"])
            let filter = pick(["", "", ", where: \(yaml(sql(pick(["%i > 3", "%b", "%n < 10 or %t is null"]))))"])
            let kind = kind()
            let name = String(kind.prefix { $0 != ":" })
            let options = KindCatalogue.kind(named: name)?.definition.optionsWithoutEffect ?? []
            let readsNulls = !options.contains("nulls")
            lines.append("  - {id: c\(number), \(kind)\(readsNulls ? nulls : "")\(filter)}")
        }
        return lines.joined(separator: "\n")
    }

    private mutating func kind() -> String {
        let any = pick(["i", "n", "f", "t", "b", "at", "mood", "short", "tags", "doc", "g", "m"])
        let text = pick(["t", "short"])
        func on(_ name: String, _ kind: String, _ rest: String = "") -> String {
            "\(kind): {column: \(yaml(names[name] ?? ""))\(rest)}"
        }
        switch random.next() % 26 {
        case 0: return on(any, "not_null")
        case 1: return on(pick(["t", "short", "tags", "doc"]), "not_empty", pick(["", ", trim: true"]))
        case 2: return "unique: {columns: [\(yaml(names[any] ?? ""))]}"
        case 3: return "unique: {columns: [\(yaml(names["g"] ?? "")), \(yaml(names[pick(["t", "f", "b"])] ?? ""))]}"
        case 4: return on(text, "accepted_values", ", values: ['', abc, dd, 'NULL']")
        case 5: return on("f", "rejected_values", ", values: [NaN, '-0']")
        case 6:
            return on(pick(["n", "f", "i", "m"]), "in_range", pick([", min: 0", ", max: 5", ", above: 0, below: 9"]))
        case 7: return on(text, "matches", ", regex: '^[a-z]*$'")
        case 8: return on(text, "like", ", pattern: 'a%', case_insensitive: true")
        case 9: return on(pick(["t", "tags"]), "length", ", min: 1, max: 3")
        case 10: return on("t", "format", pick([", is: email", ", is: iso_date", ", is: url", ", is: ip"]))
        case 11: return "references: {columns: [\(yaml(names["i"] ?? ""))], to: x.parent.id}"
        case 12:
            return
                "references: {columns: [\(yaml(names["i"] ?? "")), \(yaml(names["g"] ?? ""))], to: x.parent, to_columns: [id, g]}"
        // Divides by zero on some tables: an error then, fused as alone.
        case 13:
            return "expect: \(yaml(sql(pick(["%i < 9", "10 / nullif(%g, 0) > 3", "10 / %g > 3", "%t = upper(%t)"]))))"
        case 14: return "row_count: {min: \(random.next() % 60)}"
        case 15: return on("at", "not_in_future")
        case 16:
            let aggregate = pick([
                "sum(%i)", "max(%n)", "count(distinct %t)", "avg(%f)", "avg(%m)", "avg( %i )", "count(%t)", "min(%m)",
                "Max(%i)", "sum(%m)",
            ])
            return "metric: \(yaml(sql(aggregate))), fail: value > 40"
        case 17: return "distinct_count: {columns: [\(yaml(names[pick(["t", "g", "mood", "i", "at"])] ?? ""))], max: 4}"
        case 18: return "sequence_without_gaps: {every: day, group_by: \(yaml(names["g"] ?? ""))}, on_empty: skip"
        case 19:
            return on(
                pick(["n", "f", "i", "m"]), pick(["non_negative", "positive", "not_zero", "is_integer", "finite"]))
        case 20: return on(text, pick(["not_blank", "trimmed", "no_placeholder"]))
        case 21:
            let columns = "[\(yaml(names[any] ?? "")), \(yaml(names["i"] ?? ""))]"
            return "\(pick(["complete", "any_complete"])): {columns: \(columns)}"
        case 22: return "null_together: {columns: [\(yaml(names["n"] ?? "")), \(yaml(names["t"] ?? ""))]}"
        case 23: return on(pick(["n", "f", "m"]), "multiple_of", ", step: 0.5")
        case 24: return on(any, "required_if", ", condition: \(yaml(sql("%i > 3")))")
        case 25: return "different_columns: {columns: [\(yaml(names["i"] ?? "")), \(yaml(names["g"] ?? ""))]}"
        default: return "fresh: {within: 1h}"
        }
    }

    /// `%name` as a quoted column.
    private func sql(_ template: String) -> String {
        template.replacing(#/%([a-z]+)/#) { match in
            SQL.quoted(identifier: names[String(match.output.1)] ?? "")
        }
    }

    private func yaml(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int(random.next() % UInt64(elements.count))]
    }
}

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
