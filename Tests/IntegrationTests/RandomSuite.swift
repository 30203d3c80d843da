import Checks
import Planning
import StructuredSQL

/// A random table with random data of the kinds that trip checkers up, and a random suite on it.
struct RandomSuite {
    private var random: SplitMix64
    private let seed: Int
    private let schema: String
    private let table: String
    /// Column names by what they hold; every third table has names that need quotes, one has names of 63 bytes.
    private let names: [String: String]
    let rowCount: Int

    /// With `namesLikeOurs` columns are called what statements call columns of their own.
    init(seed: UInt64, namesLikeOurs: Bool = false) {
        self.seed = Int(seed)
        var random = SplitMix64(state: seed)
        let plain = ["i", "n", "f", "t", "b", "at", "mood", "short", "tags", "doc", "g", "m"]
        let style = namesLikeOurs ? 3 : Int(seed % 3)
        let ours = [
            "i": "n", "n": "m", "f": "f", "t": "value", "b": "h", "at": "period", "mood": "rows", "short": "q",
            "tags": "x", "doc": "edges", "g": "p", "m": "width",
        ]
        names = Dictionary(
            uniqueKeysWithValues: plain.map { name in
                switch style {
                case 0: (name, name)
                case 3: (name, ours[name] ?? name)
                case 1: (name, "Weird \"\(name)\" from; --")
                default: (name, String(repeating: "ü", count: 31 - name.utf8.count / 2 - 1) + name)
                }
            })
        schema = style == 1 ? "My Schema" : "plain"
        table = style == 2 ? String(repeating: "t", count: 63) : style == 1 ? "Select" : "data"
        rowCount = [0, 1, 40, 300][Int(random.next() % 4)]
        self.random = random
    }

    /// What a column is called in this suite's table.
    func columnName(_ name: String) -> String { names[name] ?? name }

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

    /// The dataset as a suite names it.
    private var dataset: String { "\(SQL.quoted(identifier: schema)).\(SQL.quoted(identifier: table))" }

    /// A window that has some of the rows, or none at all.
    mutating func window() -> (from: String, to: String)? {
        switch random.next() % 4 {
        case 0: ("2000-01-01", "2100-01-01")
        case 1: ("yesterday", "tomorrow")
        default: nil
        }
    }

    /// The suite as YAML text: kinds in turn, beginning anywhere, with options at random.
    mutating func suite(checkCount: Int) -> String {
        var lines = [
            "dataset: \(yaml(dataset))", "time: {column: \(yaml(names["at"] ?? "")), zone: Europe/Berlin}", "keep: all",
            "checks:",
        ]
        let kinds = KindCatalogue.names.sorted()
        let first = seed * checkCount
        for number in 0..<checkCount {
            let name = kinds[(first + number) % kinds.count]
            let definition = KindCatalogue.kind(named: name)?.definition
            var options = [
                "nulls": pick(["", "fail", "pass"]),
                "where": pick(["", "", yaml(sql(pick(["%i > 3", "%b", "%n < 10 or %t is null"])))]),
                "group_by": pick(["", "", "", "[\(yaml(names["g"] ?? ""))]"]),
                "sample": pick(["", "", "", "", "{percent: 50, seed: 7}", "{percent: 60, method: blocks}"]),
            ]
            for option in definition?.optionsWithoutEffect ?? [] { options[option] = nil }
            let written = options.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
                .map { ", \($0.key): \($0.value)" }.joined()
            lines.append("  - {id: c\(number), \(check(of: name))\(written)}")
        }
        return lines.joined(separator: "\n")
    }

    /// A suite with every form of every kind, each by group where it can be.
    mutating func exhaustiveSuite(groupedBy group: String) -> String {
        var lines = ["dataset: \(yaml(dataset))", "time: {column: \(yaml(names["at"] ?? "")), zone: UTC}", "checks:"]
        for (kind, templates) in KindTemplates.byKind.sorted(by: { $0.key < $1.key }) {
            for (number, template) in templates.enumerated() {
                let takesGroups = KindCatalogue.kind(named: kind)?.definition.allowsGroups == true
                let grouping = takesGroups ? ", group_by: [\(yaml(columnName(group)))]" : ""
                lines.append("  - {id: \(kind)\(number), \(filled(template))\(grouping)}")
            }
        }
        return lines.joined(separator: "\n")
    }

    /// A check of a kind, with columns and parameters at random.
    private mutating func check(of kind: String) -> String {
        filled(pick(KindTemplates.byKind[kind] ?? [""]))
    }

    private mutating func filled(_ template: String) -> String {
        let any = pick(["i", "n", "f", "t", "b", "at", "mood", "short", "tags", "doc", "g", "m"])
        return
            template
            .replacing("@any", with: "@" + any).replacing("@text", with: "@" + pick(["t", "short"]))
            .replacing("@number", with: "@" + pick(["n", "f", "i", "m"])).replacing("@dataset", with: yaml(dataset))
            .replacing(#/\{\{(.*?)\}\}/#) { yaml(sql(String($0.output.1))) }
            .replacing(#/@([a-z]+)/#) { yaml(names[String($0.output.1)] ?? "") }
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
