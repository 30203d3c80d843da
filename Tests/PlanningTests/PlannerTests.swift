import Catalog
import CheckFiles
import Checks
import Planning
import StructuredSQL
import Testing

struct PlannerTests {
    private static let integer = DataType(formatted: "integer", baseName: "int4", category: .numeric)
    private static let text = DataType(formatted: "text", baseName: "text", category: .string)
    private static let numeric = DataType(formatted: "numeric(12,2)", baseName: "numeric", category: .numeric)
    private static let instant = DataType(
        formatted: "timestamp with time zone", baseName: "timestamptz", category: .dateTime)

    private let orders = Relation(
        name: RelationName(schema: "shop", name: "orders"),
        kind: .table,
        columns: [
            Column(name: "id", type: integer), Column(name: "customer", type: integer),
            Column(name: "status", type: text), Column(name: "amount", type: numeric),
            Column(name: "created", type: instant),
        ],
        constraints: [
            Constraint(name: "orders_pkey", kind: .primaryKey, columns: ["id"]),
            Constraint(name: "NOT NULL", kind: .notNull, columns: ["id"]),
        ],
        sizeBytes: 8192,
        indexedLeadingColumns: ["created"]
    )

    private let customers = Relation(
        name: RelationName(schema: "shop", name: "customers"), kind: .table,
        columns: [Column(name: "id", type: integer)])

    private func plan(_ suite: String, usesProofs: Bool = true) throws -> Plan {
        let project = ProjectLoader.load([SourceFile(path: "orders.yaml", text: suite)])
        try #require(project.diagnostics.isEmpty, "\(project.diagnostics)")
        let context = PlanningContext(
            catalog: CatalogSnapshot(
                relations: [orders.name: orders, customers.name: customers],
                visibleNames: [orders.name, customers.name]),
            usesProofs: usesProofs)
        return Planner.plan(project.checks, in: context)
    }

    @Test
    func rowChecksShareOneScanAndTheirTotal() throws {
        let plan = try plan(
            """
            dataset: shop.orders
            columns:
              status: [not_null, {accepted_values: [new, paid], nulls: fail}]
              amount: {in_range: [0, 100], severity: now, fail: percent > 1}
            checks:
              - expect: amount < 50 or status = 'paid'
              - metric: avg(amount)
                fail: value > 60
            """)
        #expect(plan.scans.count == 1)
        #expect(
            plan.scans[0].statement(in: plan).literalText == """
                SELECT count(*) FILTER (WHERE "status" IS NULL),
                    count(*),
                    count(*) FILTER (WHERE ("status" = ANY ('{"new","paid"}')) IS NOT TRUE),
                    count(*) FILTER (WHERE NOT ("amount" >= '0' AND "amount" <= '100')),
                    count(*) FILTER (WHERE NOT (amount < 50 or status = 'paid')),
                    ((avg(amount)))::pg_catalog.text
                FROM "shop"."orders"
                HAVING true
                """)
    }

    @Test
    func aFilterGuardsTheConditionItStandsBefore() throws {
        let plan = try plan(
            """
            dataset: shop.orders
            checks:
              - {expect: 100 / customer > 1, where: customer <> 0}
            """)
        let statement = plan.scans[0].statement(in: plan).literalText
        #expect(
            statement.contains(
                "count(*) FILTER (WHERE CASE WHEN (customer <> 0) THEN (NOT (100 / customer > 1))"))
        #expect(statement.contains("count(*) FILTER (WHERE customer <> 0)"))
    }

    @Test
    func whatWouldSpoilTheScanStandsApart() throws {
        let plan = try plan(
            """
            dataset: shop.orders
            time: created
            columns:
              customer: [not_null, {references: shop.customers.id}, {distinct_count: {min: 1}}]
            checks:
              - unique: [customer, created]
              - fresh: 6h
              - {metric: "percentile_cont(0.5) within group (order by amount)", fail: value > 1}
              - {metric: sum(amount), where: status = 'paid', fail: value > 1}
            """)
        #expect(plan.scans.count { $0.isShared } == 2)
        #expect(plan.scans.count { !$0.isShared } == 5)
        let statements = plan.scans.map { $0.statement(in: plan).literalText }
        #expect(
            statements.contains { $0.contains("NOT EXISTS (SELECT FROM \"shop\".\"customers\" AS \"assay_parent\"") })
        #expect(statements.contains { $0.contains("GROUP BY \"customer\", \"created\"") })
        #expect(!statements.contains { $0.contains("NOT IN") })
    }

    @Test
    func constraintsProveWhatTheyImply() throws {
        let suite = """
            dataset: shop.orders
            columns:
              id: [not_null, unique]
              status: not_null
            checks:
              - unique: [id, status]
              - {unique: [status], id: status_unique}
            """
        let proved = try plan(suite).checks.filter { planned in
            if case .proved = planned.answer { true } else { false }
        }
        #expect(
            proved.map(\.check.id) == [
                "shop.orders.id.not_null", "shop.orders.id.unique", "shop.orders.id_status.unique",
            ])
        #expect(
            try plan(suite, usesProofs: false).checks.allSatisfy { planned in
                if case .rows = planned.answer { true } else { false }
            })
    }

    @Test(arguments: [
        (
            "dataset: shop.order\ncolumns: {id: not_null}", "relation \"shop.order\" does not exist",
            "Did you mean \"shop.orders\"?"
        ),
        ("dataset: orders\ncolumns: {id: not_null}", "relation \"orders\" does not exist", "There is \"shop.orders\"."),
        (
            "dataset: shop.orders\ncolumns: {amuont: not_null}", "column \"amuont\" does not exist in shop.orders",
            "Did you mean \"amount\"?"
        ),
        (
            "dataset: shop.orders\npii: {emial: hash}\ncolumns: {id: not_null}",
            "column \"emial\" does not exist in shop.orders", nil
        ),
        (
            "dataset: shop.orders\ncolumns: {customer: {references: shop.nobody.id}}",
            "relation \"shop.nobody.id\" of \"to\" does not exist", nil
        ),
        (
            "dataset: shop.orders\ncolumns: {amount: {fresh: 6h}}",
            "column \"amount\" is numeric(12,2), not a date or a timestamp", nil
        ),
        ("dataset: shop.orders\nchecks: [{fresh: 6h}]", "no time column", nil),
    ])
    func namesWhatIsNotThere(suite: String, message: String, hint: String?) throws {
        guard case .impossible(let failure) = try plan(suite).checks[0].answer else {
            Issue.record("the check was planned")
            return
        }
        #expect(failure.message == message)
        if let hint { #expect(failure.hint == hint) }
    }

    @Test
    func aCheckThatFailsMoreThanItKeepsGetsItsOwnLimitedFetch() throws {
        let plan = try plan(
            """
            dataset: shop.orders
            keep: 10
            columns:
              status: not_null
              amount: {in_range: {min: 0}}
              customer: not_null
            """)
        let fetches = RowFetchPlanner.fetches(of: plan, failing: [0: 3, 1: 5000, 2: 10])
        #expect(fetches.count == 2)
        #expect(fetches[0].wanted.map(\.check) == [0, 2])
        #expect(!fetches[0].statement.literalText.contains("LIMIT"))
        #expect(fetches[1].wanted.map(\.check) == [1])
        #expect(fetches[1].statement.literalText.hasSuffix("LIMIT '10'"))
    }

    @Test
    func uniquenessOfFewColumnsSpeaksForMore() throws {
        let plan = try plan(
            """
            dataset: shop.orders
            checks:
              - unique: [customer, created, status]
              - unique: [customer, created]
              - {unique: [created, customer], id: again}
              - {unique: [created, customer], nulls: fail, id: nulls}
              - {unique: [created, customer], where: amount > 0, id: filtered}
            """)
        let implied = Dictionary(
            uniqueKeysWithValues: plan.scans.filter { !$0.isShared }.map { ($0.checks[0], $0.impliedBy.first) })
        #expect(implied["shop.orders.customer_created_status.unique"]??.check == "shop.orders.customer_created.unique")
        #expect(implied["shop.orders.customer_created_status.unique"]??.isSame == false)
        #expect(implied["shop.orders.again"]??.isSame == true)
        for id in ["customer_created.unique", "nulls", "filtered"] {
            #expect(implied["shop.orders.\(id)"] == .some(nil))
        }
        let implication = try #require(implied["shop.orders.customer_created_status.unique"] ?? nil)
        #expect(implication.holds(for: ["0", "7"]))
        #expect(!implication.holds(for: ["2", "7"]))
    }
}
