package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.client.TokenScope;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a caller must hold to be served: the scope of a token, or nothing. */
enum Access {
    ANYONE,
    READ,
    OPERATE,
    /** The token of the service that the call is about. */
    SIDECAR,
    ADMIN;

    /** The one table of it. A route that is not in it is an admin's. */
    private static final String TABLE = """
        ANYONE   GET    /health
        ANYONE   GET    /ready
        ANYONE   GET    /metrics
        READ     GET    /openapi.yaml
        SIDECAR  POST   /api/v1/services/register
        READ     GET    /api/v1/services
        READ     GET    /api/v1/services/{name}
        SIDECAR  DELETE /api/v1/services/{name}
        SIDECAR  POST   /api/v1/services/{name}/heartbeat
        READ     GET    /api/v1/services/{name}/mirror
        OPERATE  POST   /api/v1/services/{name}/instances/{id}/drain
        OPERATE  POST   /api/v1/services/{name}/instances/{id}/undrain
        READ     GET    /api/v1/policies
        READ     GET    /api/v1/policies/{service}
        OPERATE  PUT    /api/v1/policies/{service}
        OPERATE  DELETE /api/v1/policies/{service}
        READ     GET    /api/v1/policies/{service}/history
        OPERATE  POST   /api/v1/policies/{service}/undo
        READ     POST   /api/v1/policies:what-if
        READ     GET    /api/v1/confirmations
        OPERATE  POST   /api/v1/policies/{service}/confirm
        OPERATE  POST   /api/v1/policies/{service}/revert
        READ     GET    /api/v1/canaries
        READ     GET    /api/v1/canaries/{service}
        READ     GET    /api/v1/canaries/{service}/history
        OPERATE  POST   /api/v1/canaries/{service}/weight
        OPERATE  POST   /api/v1/canaries/{service}/start
        OPERATE  POST   /api/v1/canaries/{service}/pause
        OPERATE  POST   /api/v1/canaries/{service}/resume
        OPERATE  POST   /api/v1/canaries/{service}/promote
        OPERATE  POST   /api/v1/canaries/{service}/rollback
        OPERATE  POST   /api/v1/canaries/{service}/withdraw
        READ     GET    /api/v1/breakers
        READ     GET    /api/v1/breakers/{edge}/autopsy
        OPERATE  POST   /api/v1/breakers/{edge}/open
        OPERATE  POST   /api/v1/breakers/{edge}/close
        OPERATE  POST   /api/v1/breakers/{edge}/reset
        READ     GET    /api/v1/topology
        READ     GET    /api/v1/snapshot
        READ     GET    /api/v1/stream
        READ     GET    /api/v1/events
        READ     GET    /api/v1/audit
        OPERATE  POST   /api/v1/audit/unlocks
        READ     GET    /api/v1/requests
        READ     GET    /api/v1/requests/{id}/explain
        READ     POST   /api/v1/explain
        READ     GET    /api/v1/traces
        READ     GET    /api/v1/traces/{id}
        READ     GET    /api/v1/scenario
        OPERATE  POST   /api/v1/scenario/faults/{name}/on
        OPERATE  POST   /api/v1/scenario/faults/{name}/off
        OPERATE  PUT    /api/v1/scenario/load
        OPERATE  POST   /api/v1/scenario/instances/{id}/start
        OPERATE  POST   /api/v1/scenario/instances/{id}/stop
        READ     GET    /api/v1/adoptions
        OPERATE  POST   /api/v1/adoptions
        OPERATE  DELETE /api/v1/adoptions/{id}
        READ     GET    /api/v1/sidecars
        READ     GET    /api/v1/control-planes
        SIDECAR  GET    /api/v1/sidecars/config
        SIDECAR  POST   /api/v1/sidecars/acknowledge
        SIDECAR  POST   /api/v1/sidecars/telemetry
        SIDECAR  POST   /api/v1/sidecars/details
        SIDECAR  POST   /api/v1/sidecars/answers
        READ     GET    /api/v1/authorization
        READ     GET    /api/v1/identities
        SIDECAR  POST   /api/v1/identities/sign
        READ     GET    /api/v1/identities/revoked
        ADMIN    PUT    /api/v1/identities/revoked/{service}
        ADMIN    DELETE /api/v1/identities/revoked/{service}
        READ     GET    /api/v1/authority
        ADMIN    POST   /api/v1/authority/roll
        ADMIN    GET    /api/v1/tokens
        ADMIN    POST   /api/v1/tokens
        ADMIN    DELETE /api/v1/tokens/{name}
        """;

    private static final Map<String, Access> ROUTES = read();

    /** @param path as a route has it */
    static Access of(String method, String path) {
        return ROUTES.getOrDefault(method + " " + path, ADMIN);
    }

    /** By method and path. */
    static Map<String, Access> routes() {
        return ROUTES;
    }

    /** For whom it is, in words. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a token of that scope suffices; whose service a sidecar's token is for is asked by the route. */
    boolean grantedBy(TokenScope scope) {
        return switch (scope) {
            case TokenScope.Admin _ -> true;
            case TokenScope.Operate _ -> this == ANYONE || this == READ || this == OPERATE;
            case TokenScope.Read _ -> this == ANYONE || this == READ;
            case TokenScope.Sidecar _ -> this == ANYONE || this == SIDECAR;
        };
    }

    /** The scopes that suffice. */
    String expected() {
        return switch (this) {
            case ANYONE -> "any";
            case READ -> "read, operate or admin";
            case OPERATE -> "operate or admin";
            case SIDECAR -> "sidecar:SERVICE of the service that it is about, or admin";
            case ADMIN -> "admin";
        };
    }

    private static Map<String, Access> read() {
        Map<String, Access> routes = new TreeMap<>();
        TABLE.lines()
                .map(line -> line.split(" +"))
                .forEach(cells -> routes.put(cells[1] + " " + cells[2], valueOf(cells[0])));
        return routes;
    }
}
