import CheckFiles
import StructuredSQL

/// The sample project and warehouse, inside the binary.
enum DemoProject {
    /// The files of `checks/`, with their paths there.
    static let files: [SourceFile] = [
        ("assay.yaml", PackageResources.assay_yaml),
        ("ml/scores_v1.yaml", PackageResources.scores_v1_yaml),
        ("ml/scores_v2.yaml", PackageResources.scores_v2_yaml),
        ("shop/customers.yaml", PackageResources.customers_yaml),
        ("shop/daily_revenue.yaml", PackageResources.daily_revenue_yaml),
        ("shop/no_double_charges.sql", PackageResources.no_double_charges_sql),
        ("shop/orders.yaml", PackageResources.orders_yaml),
        ("shop/paid_orders_have_payment.sql", PackageResources.paid_orders_have_payment_sql),
        ("shop/payments.yaml", PackageResources.payments_yaml),
        ("shop/products.yaml", PackageResources.products_yaml),
        ("shop/staging_orders.yaml", PackageResources.staging_orders_yaml),
        ("shop/traffic.yaml", PackageResources.traffic_yaml),
        ("sla/revenue_dashboard.yaml", PackageResources.revenue_dashboard_yaml),
    ].map { SourceFile(path: $0.0, text: String(decoding: $0.1, as: UTF8.self)) }

    /// Fills the warehouse.
    static var warehouseScript: SQL {
        SQL(quotedByServer: String(decoding: PackageResources.shop_sql, as: UTF8.self))
    }

    /// The roles a real warehouse would have: one owns the data, one runs checks and can only read.
    static let roleScript: SQL = """
        CREATE ROLE warehouse_owner;
        CREATE ROLE assay_runner LOGIN;
        GRANT pg_read_all_data TO assay_runner
        """
}
