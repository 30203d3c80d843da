import Catalog
import CheckFiles
import Checks
import Planning
import StructuredSQL
import Testing

/// The statements that a distributed engine gets, as text: none was here to run them.
struct DistributedPlanTests {
    private static let integer = DataType(formatted: "integer", baseName: "int4", category: .numeric)

    private static func relation(
        _ name: String, _ columns: [String], _ distribution: Distribution?, rows: Double? = nil
    ) -> Relation {
        var relation = Relation(
            name: RelationName(schema: "shop", name: name), kind: .table,
            columns: columns.map { Column(name: $0, type: integer) }, estimatedRowCount: rows)
        relation.distribution = distribution
        return relation
    }

    private static let gigabyte = 1 << 30
    private static let relations = [
        relation(
            "orders", ["id", "customer", "country", "seller"], Distribution(.sharded(by: "customer"), colocation: 1)),
        relation("customers", ["id", "country"], Distribution(.sharded(by: "id"), colocation: 1)),
        relation("countries", ["id"], Distribution(.reference, colocation: 2)),
        relation("sellers", ["id"], Distribution(.sharded(by: "id"), colocation: 3, sizeBytes: gigabyte)),
        relation("clicks", ["id"], Distribution(.sharded(by: "id"), colocation: 4, sizeBytes: 90 * gigabyte)),
        relation("local", ["id"], nil),
    ]

    private func plan(_ checks: String, gathering: Set<String> = []) throws -> Plan {
        let project = ProjectLoader.load([SourceFile(path: "orders.yaml", text: "dataset: shop.orders\n" + checks)])
        try #require(project.diagnostics.isEmpty, "\(project.diagnostics)")
        var context = PlanningContext(
            catalog: CatalogSnapshot(
                relations: Dictionary(uniqueKeysWithValues: Self.relations.map { ($0.name, $0) })))
        context.ignoresCosts = true
        context.gatheredAggregates = gathering
        return Planner.plan(project.checks, in: context)
    }

    private func statements(_ plan: Plan) -> [String] { plan.scans.map { $0.firstStatement(in: plan).literalText } }

    @Test
    func countsRideInOneScanThatIsSplit() throws {
        let plan = try plan(
            "columns: {id: [not_null, {in_range: [0, 5]}]}\nchecks: [{metric: avg(id), fail: value > 6}]")
        #expect(
            statements(plan) == [
                """
                SELECT count(*) FILTER (WHERE "id" IS NULL),
                    count(*),
                    count(*) FILTER (WHERE NOT ("id" >= '0' AND "id" <= '5')),
                    ((avg(id)))::pg_catalog.text
                FROM "shop"."orders"
                """
            ])
    }

    @Test
    func whatCannotBeSplitIsKeptApart() throws {
        let checks = "checks: [{metric: stddev(id), fail: value > 6}, {metric: sum(id), fail: value > 6}]"
        let plan = try plan(checks, gathering: ["stddev(id)"])
        #expect(
            Set(statements(plan)) == [
                "SELECT ((stddev(id)))::pg_catalog.text FROM \"shop\".\"orders\" HAVING true",
                "SELECT ((sum(id)))::pg_catalog.text\nFROM \"shop\".\"orders\"\nHAVING true",
            ])
        let reasons = plan.scans.flatMap(\.choices).map(\.reason)
        #expect(reasons == ["the engine cannot split stddev(id): every row travels to one server"])
    }

    @Test(arguments: [
        ("countries.id", "country", Form.beside), ("customers.id", "customer", .beside),
        ("customers.id", "seller", .keys),
        ("sellers.id", "seller", .keys), ("local.id", "seller", .keys), ("clicks.id", "seller", .orphans),
    ])
    func parentsAreJoinedAsFarAsTheyAreAtHand(target: String, column: String, form: Form) throws {
        let plan = try plan("columns: {\(column): [{references: shop.\(target)}]}")
        let statement = try #require(statements(plan).first { $0.contains("EXISTS") })
        let table = "\"shop\".\"\(target.split(separator: ".")[0])\""
        let own = "\"shop\".\"orders\".\"\(column)\""
        let keys = "SELECT DISTINCT \"id\" FROM \(table) AS \"assay_parent\" WHERE \"id\" IS NOT NULL"
        let expected =
            switch form {
            case .beside:
                """
                SELECT count(*) FROM "shop"."orders" WHERE (\(own) IS NOT NULL AND \
                NOT EXISTS (SELECT 1 FROM \(table) AS "assay_parent" WHERE "assay_parent"."id" = \(own)))
                """
            case .keys:
                """
                WITH "assay_keys" AS MATERIALIZED (\(keys))
                SELECT count(*) FROM "shop"."orders" WHERE (\(own) IS NOT NULL AND \
                NOT EXISTS (SELECT 1 FROM "assay_keys" AS "assay_parent" WHERE "assay_parent"."id" = \(own)))
                """
            case .orphans:
                """
                WITH "assay_keys" AS MATERIALIZED (SELECT "\(column)" FROM "shop"."orders" WHERE (\(own) IS NOT NULL) \
                EXCEPT \(keys))
                SELECT count(*) FROM "shop"."orders" WHERE (\
                EXISTS (SELECT 1 FROM "assay_keys" WHERE "assay_keys"."\(column)" = \(own)))
                """
            }
        #expect(statement == expected)
    }

    enum Form: Sendable {
        case beside, keys, orphans
    }

    @Test
    func keysThatMayBeOnSeveralServersAreGrouped() throws {
        let plan = try plan("checks: [{unique: [id]}, {unique: [customer, id]}]")
        #expect(
            Set(statements(plan)) == [
                """
                SELECT coalesce(sum("assay:count"), 0), (SELECT count(*) FROM "shop"."orders")
                FROM (SELECT "id", count(*) AS "assay:count" FROM "shop"."orders" GROUP BY "id" \
                HAVING count(*) > 1 AND "id" IS NOT NULL)
                    AS assay_groups
                """,
                """
                SELECT coalesce(sum("assay:count") FILTER (WHERE "assay:count" > 1 AND "customer" IS NOT NULL AND "id" IS NOT NULL), 0), \
                coalesce(sum("assay:count"), 0)
                FROM (SELECT "customer", "id", count(*) AS "assay:count" FROM "shop"."orders" GROUP BY "customer", "id") AS assay_groups
                """,
            ])
        let fetches = RowFetchPlanner.fetches(of: plan, failing: [0: 2]).map(\.statement.literalText)
        #expect(
            fetches == [
                """
                WITH "assay_keys" AS MATERIALIZED
                    (SELECT "id" FROM "shop"."orders" GROUP BY "id" HAVING count(*) > 1 AND "id" IS NOT NULL)
                SELECT '{1}', NULL, pg_catalog.json_build_object('id'::pg_catalog.text, "id", \
                'customer'::pg_catalog.text, "customer", 'country'::pg_catalog.text, "country", \
                'seller'::pg_catalog.text, "seller")::pg_catalog.text \
                FROM (SELECT * FROM "shop"."orders") AS assay_rows
                WHERE EXISTS (SELECT 1 FROM "assay_keys" WHERE "assay_keys"."id" = "assay_rows"."id")
                ORDER BY "id" LIMIT '1000'
                """
            ])
    }
}
