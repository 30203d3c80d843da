/// The part of a server's catalog that a run needs: the relations its checks name, and near misses for messages.
package struct CatalogSnapshot: Sendable, Hashable {
    /// Relations by the name the check files use for them.
    package var relations: [RelationName: Relation]
    /// Names of all relations the role may see, for "did you mean".
    package var visibleNames: [RelationName]

    package init(relations: [RelationName: Relation], visibleNames: [RelationName] = []) {
        self.relations = relations
        self.visibleNames = visibleNames
    }
}
