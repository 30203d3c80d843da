// swift-tools-version: 6.2
import PackageDescription

/// One list for every target: the language mode and the upcoming features the whole package is written in.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "assay",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "assay", targets: ["assay"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibPQ",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"]), .brew(["libpq"])]
        ),

        // The pure half: values in, values out, no server.
        .target(name: "ExactJSON", swiftSettings: settings),
        .target(name: "StructuredSQL", swiftSettings: settings),
        .target(name: "Statistics", swiftSettings: settings),
        .target(name: "Catalog", dependencies: ["StructuredSQL"], swiftSettings: settings),
        .target(
            name: "Checks",
            dependencies: ["Catalog", "ExactJSON", "Statistics", "StructuredSQL"],
            // Pages that are made from the kinds.
            exclude: ["Kinds/README.md", "OTHER-TOOLS.md"],
            swiftSettings: settings
        ),
        .target(
            name: "Comparison", dependencies: ["Catalog", "ExactJSON", "Statistics", "StructuredSQL"],
            swiftSettings: settings
        ),
        .target(name: "ServiceLevels", dependencies: ["Checks"], swiftSettings: settings),
        .target(
            name: "CheckFiles",
            dependencies: [
                "Catalog", "Checks", "Comparison", "ExactJSON", "ServiceLevels", "StructuredSQL", "Yams",
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Planning", dependencies: ["Catalog", "Checks", "ExactJSON", "StructuredSQL"], swiftSettings: settings
        ),
        .target(
            name: "Reporting",
            dependencies: [
                "Catalog", "CheckFiles", "Checks", "Comparison", "ExactJSON", "Planning", "ServiceLevels", "Statistics",
                "StructuredSQL",
            ],
            swiftSettings: settings
        ),

        .target(name: "Importing", dependencies: ["ExactJSON"], swiftSettings: settings),

        // The half that talks to a server.
        .target(name: "Postgres", dependencies: ["CLibPQ", "StructuredSQL"], swiftSettings: settings),
        .target(
            name: "Introspection",
            dependencies: ["Catalog", "Postgres", "StructuredSQL"],
            resources: [.embedInCode("Queries")],
            swiftSettings: settings
        ),
        .target(
            name: "Results",
            dependencies: [
                "Checks", "Comparison", "ExactJSON", "Postgres", "ServiceLevels", "StructuredSQL",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            resources: [.embedInCode("Migrations")],
            swiftSettings: settings
        ),
        .target(
            name: "Execution",
            dependencies: [
                "Catalog", "Checks", "Comparison", "ExactJSON", "Introspection", "Planning", "Postgres",
                "StructuredSQL",
            ],
            swiftSettings: settings
        ),
        .target(name: "EmbeddedPostgres", resources: [.embedInCode("Resources")], swiftSettings: settings),

        .executableTarget(
            name: "assay",
            dependencies: [
                "Catalog", "CheckFiles", "Checks", "Comparison", "EmbeddedPostgres", "ExactJSON", "Execution",
                "Importing",
                "Introspection",
                "Planning", "Postgres", "Reporting", "Results", "ServiceLevels", "StructuredSQL",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            resources: [.embedInCode("Resources")],
            swiftSettings: settings
        ),

        // Tests. TestSupport starts one throwaway PostgreSQL per test process and lends databases of it.
        .target(
            name: "TestSupport",
            dependencies: [
                "Catalog", "CheckFiles", "Checks", "EmbeddedPostgres", "ExactJSON", "Execution", "Planning", "Postgres",
                "StructuredSQL",
            ],
            path: "Tests/TestSupport",
            swiftSettings: settings
        ),
        .testTarget(name: "StructuredSQLTests", dependencies: ["StructuredSQL"], swiftSettings: settings),
        .testTarget(name: "ImportingTests", dependencies: ["ExactJSON", "Importing"], swiftSettings: settings),
        .testTarget(name: "StatisticsTests", dependencies: ["Statistics"], swiftSettings: settings),
        .testTarget(name: "ExactJSONTests", dependencies: ["ExactJSON"], swiftSettings: settings),
        .testTarget(
            name: "ServiceLevelsTests", dependencies: ["Checks", "ServiceLevels"], swiftSettings: settings),
        .testTarget(
            name: "ChecksTests", dependencies: ["Catalog", "Checks", "StructuredSQL"], swiftSettings: settings),
        .testTarget(
            name: "CheckFilesTests",
            dependencies: ["CheckFiles", "Checks", "ExactJSON", "StructuredSQL", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "PlanningTests",
            dependencies: ["Catalog", "CheckFiles", "Checks", "Planning", "StructuredSQL"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ReportingTests",
            dependencies: [
                "Catalog", "CheckFiles", "Checks", "ExactJSON", "Reporting", "ServiceLevels", "StructuredSQL",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "PostgresTests", dependencies: ["Postgres", "StructuredSQL", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "Catalog", "CheckFiles", "Checks", "Comparison", "EmbeddedPostgres", "ExactJSON", "Execution",
                "Introspection", "Planning", "Postgres", "Results", "ServiceLevels", "StructuredSQL", "TestSupport",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["assay", "Postgres", "StructuredSQL", "TestSupport"],
            exclude: ["Cases", "Fixtures"],
            swiftSettings: settings
        ),

        // Measures the program against hand-written SQL: `make bench`. Neither a test nor a product.
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "EmbeddedPostgres", "ExactJSON", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/Benchmarks",
            exclude: ["Figures", "Workloads"],
            swiftSettings: settings
        ),
    ]
)
