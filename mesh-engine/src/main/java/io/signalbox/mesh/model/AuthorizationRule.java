package io.signalbox.mesh.model;

/**
 * One sentence about who may call a service, or may not.
 *
 * @param name unique in its policy; 1 to 63 of letters, digits, {@code . _ -}
 * @param match whose calls, and which; it looks at nothing that a caller can say of itself, so neither at header fields nor
 *     at the query. {@link #UNKNOWN} among the sources stands for callers that prove no identity.
 */
public record AuthorizationRule(String name, Authorization.Action action, RouteMatch match) {

    /** In {@code sources}: whoever proves no identity. A service of that name can be named by its SPIFFE id alone. */
    public static final String UNKNOWN = "unknown";

    public AuthorizationRule {
        Names.version("authorization.rules.name", name);
        InvalidValueException.unless(
                match.headers().isEmpty(),
                "match.headers",
                "given",
                "left out: a caller writes its header fields itself, so they prove nothing");
        InvalidValueException.unless(
                match.query().isEmpty(),
                "match.query",
                "given",
                "left out: applications read queries in too many ways for a rule to be sure of one");
    }

    /** Whether it looks at nothing but who calls, and so holds for connections that are no requests. */
    public boolean isOfCallersAlone() {
        return match.methods().isEmpty()
                && match.path().isEmpty()
                && match.pathPrefix().isEmpty()
                && match.pathTemplate().isEmpty();
    }
}
